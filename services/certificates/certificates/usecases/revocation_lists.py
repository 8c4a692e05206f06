"""Keeping the authorities' revocation lists, which the gate holds against every signer."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import httpx
import structlog
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from certificates.domain.entities import Seal
from certificates.domain.presence import present
from certificates.domain.states import SealState
from certificates.sealing.authorities import AuthorityUnavailable
from certificates.sealing.chains import ocsp_addresses
from certificates.sealing.material import Known
from certificates.sealing.revocation import (
    RevocationProblem,
    evidence_of_answer,
    evidence_of_list,
    issuer_among,
)
from certificates.store import revocation_lists, seals
from certificates.usecases import SYSTEM, Bench
from certificates.usecases.decide import move_seal
from certificates.usecases.material import AuthorityRevoked, MaterialNotGood, answer_at
from chassis.db import Transaction
from chassis.errors import Category, ServiceError

_log = structlog.get_logger()
_TIMEOUT_SECONDS = 5.0
# A list of a whole province's seals is a few kB; more is not a list we asked for.
_MOST_BYTES = 10_000_000


async def refresh_revocation_lists(bench: Bench) -> int:
    """Fetch the list of every active seal's authority; return how many seals are revoked.

    A seal whose certificate the authority has revoked is suspended at once. An authority that
    does not answer leaves the last list in use, and says so in the log.
    """
    async with bench.database.reading() as tx:
        active = await seals.in_state(tx, SealState.ACTIVE)
    revoked = 0
    async with httpx.AsyncClient(timeout=_TIMEOUT_SECONDS) as client:
        for seal in active:
            certificate = x509.load_der_x509_certificate(present(seal.signer_certificate))
            for url in _addresses(certificate):
                if content := await _fetch(client, url, certificate, _issuers(bench, seal)):
                    revoked += await _keep(bench, seal, certificate, url, content)
            revoked += await _ask(bench, seal, certificate)
    return revoked


async def _fetch(
    client: httpx.AsyncClient,
    url: str,
    certificate: x509.Certificate,
    issuers: Sequence[x509.Certificate],
) -> bytes | None:
    """Return the list, checked to be the issuer's own; None (and a warning) otherwise."""
    try:
        answer = await client.get(url)
        answer.raise_for_status()
        if len(answer.content) > _MOST_BYTES:
            raise ValueError("too large")  # noqa: TRY301 - one place says that it is unusable
        crl = x509.load_der_x509_crl(answer.content)
    except (httpx.HTTPError, ValueError) as error:
        _log.warning("revocation_list_unavailable", url=url, reason=type(error).__name__)
        return None
    issuer = next((one for one in issuers if one.subject == certificate.issuer), None)
    if (
        issuer is None
        or crl.issuer != certificate.issuer
        or not crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]  # CA keys only
    ):
        _log.error("revocation_list_not_the_issuers", url=url)
        return None
    return answer.content


async def _keep(
    bench: Bench, seal: Seal, certificate: x509.Certificate, url: str, content: bytes
) -> bool:
    crl = x509.load_der_x509_crl(content)
    now = bench.deps.clock.now()
    async with bench.database.transaction() as tx:
        await revocation_lists.keep(
            tx, url=url, content=content, issued_at=_issued_at(crl), now=now
        )
        entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
        if entry is None or entry.revocation_date_utc > now:
            return False
        await _suspend(tx, bench, seal)
        return True


async def _ask(bench: Bench, seal: Seal, certificate: x509.Certificate) -> bool:
    """Ask the authority about this one certificate, where it answers such questions."""
    issuer = issuer_among(certificate, _issuers(bench, seal))
    for url in ocsp_addresses(certificate) if issuer else ():
        try:
            await answer_at(
                bench, url, certificate, present(issuer), not_before=bench.deps.clock.now()
            )
        except AuthorityUnavailable as error:
            _log.warning("ocsp_unavailable", url=url, reason=error.reason)
        except AuthorityRevoked:
            async with bench.database.transaction() as tx:
                await _suspend(tx, bench, seal)
            return True
        except MaterialNotGood:
            _log.error("ocsp_answer_not_the_issuers", url=url)
    return False


async def _suspend(tx: Transaction, bench: Bench, seal: Seal) -> None:
    locked = await seals.lock(tx, seal.id)
    if locked and locked.state is SealState.ACTIVE:
        _log.error("seal_certificate_revoked", seal_id=str(seal.id))
        await move_seal(
            tx,
            bench.deps,
            locked,
            SealState.SUSPENDED,
            actor=SYSTEM,
            reason_code="certificate_revoked",
        )


class RevocationUnknown(ServiceError):
    """Nothing fresh says that the seal's certificate is not revoked, and that is demanded."""

    code: ClassVar[str] = "certificates.revocation_unknown"
    category: ClassVar[Category] = Category.UNAVAILABLE
    detail = "暂时无法确认签章证书未被撤销。"


async def known_of(tx: Transaction, bench: Bench, seal: Seal) -> Known:
    """Return what the gate is told of the seal's certificate beside the revocation lists."""
    answer = await revocation_lists.answer_about(tx, present(seal.signer_sha256))
    return Known(
        ocsp_answers=(bytes(answer.content),) if answer else (),
        authorities=tuple(one.public_bytes(Encoding.DER) for one in _issuers(bench, seal)),
        max_age=bench.deps.rules.revocation_max_age,
        production=bench.deps.rules.production,
    )


def require_fresh(seal: Seal, lists: Sequence[bytes], known: Known, at: datetime) -> None:
    """Raise ``RevocationUnknown`` rather than have sealed what the gate would refuse.

    Nobody did anything wrong when an authority is away: the lane waits, nothing is quarantined.
    """
    if known.max_age is None:
        return
    certificate = x509.load_der_x509_certificate(present(seal.signer_certificate))
    issuer = issuer_among(certificate, map(x509.load_der_x509_certificate, known.authorities))
    if issuer is None:
        raise RevocationUnknown
    try:
        found = [
            evidence_of_list(x509.load_der_x509_crl(one), certificate, issuer, at) for one in lists
        ]
        found += [
            evidence_of_answer(ocsp.load_der_ocsp_response(one), certificate, issuer, at)
            for one in known.ocsp_answers
        ]
    except RevocationProblem as problem:
        raise RevocationUnknown from problem
    if not any(one and one.is_fresh(at, known.max_age) for one in found):
        raise RevocationUnknown


def _issued_at(crl: x509.CertificateRevocationList) -> datetime:
    return crl.last_update_utc


def _issuers(bench: Bench, seal: Seal) -> list[x509.Certificate]:
    chain = [x509.load_der_x509_certificate(link) for link in seal.chain or ()]
    return [*chain, *bench.trust_roots]


def addresses_of(certificate_der: bytes) -> list[str]:
    """Return where the lists are that may name this certificate."""
    return _addresses(x509.load_der_x509_certificate(certificate_der))


def _addresses(certificate: x509.Certificate) -> list[str]:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return []
    names = [name for point in points for name in point.full_name or ()]
    return [name.value for name in names if isinstance(name, x509.UniformResourceIdentifier)]
