"""Keeping the authorities' revocation lists, which the gate holds against every signer."""

from collections.abc import Sequence
from datetime import datetime

import httpx
import structlog
from cryptography import x509

from certificates.domain.entities import Seal
from certificates.domain.presence import present
from certificates.domain.states import SealState
from certificates.store import revocation_lists, seals
from certificates.usecases import SYSTEM, Bench
from certificates.usecases.decide import move_seal

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
        return True


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
