"""Validation material, gathered once for a certificate and shared by all documents under it."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import ClassVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from certificates.sealing.authorities import AuthorityUnavailable
from certificates.sealing.chains import chain_to, list_addresses, ocsp_addresses
from certificates.sealing.material import Material
from certificates.sealing.revocation import (
    CertificateRevoked,
    RevocationProblem,
    evidence_of_answer,
    evidence_of_list,
    ocsp_question,
)
from certificates.store import revocation_lists
from certificates.usecases import Bench
from chassis.errors import Category, ServiceError

# Lists come out daily; asking each hour notices the one after the last.
_LIST_KEPT = timedelta(hours=1)


class MaterialNotGood(ServiceError):
    """No chain to a root, or an authority says revoked: there is nothing to prove with."""

    code: ClassVar[str] = "certificates.validation_material_not_good"
    category: ClassVar[Category] = Category.CONFLICT
    detail = "验证材料不完整，或证书已被撤销。"


class AuthorityRevoked(MaterialNotGood):
    """The authority says that the certificate is revoked."""

    code: ClassVar[str] = "certificates.certificate_of_signer_revoked"
    detail = "签章或时间戳证书已被其电子认证机构撤销。"


async def material_of(
    bench: Bench,
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    *,
    not_before: datetime,
    at: datetime,
) -> Material:
    """Return the chain and, for each link below the root, that it is not revoked.

    OCSP answers are fetched at ``not_before`` or later: one older than the signature says nothing
    about it. An answer fetched for one document serves all that are older than it. Raises
    ``AuthorityUnavailable`` (try again) or ``MaterialNotGood``.
    """
    line = chain_to(certificate, others, bench.trust_roots, at)
    if line is None:
        raise MaterialNotGood
    # With the root: who validates for archives looks up the issuers of revocation lists among the
    # certificates that are proven to have existed, and a trust anchor is not one of those.
    found = Material(tuple(one.public_bytes(Encoding.DER) for one in line))
    for link, issuer in pairwise(line):
        found += await _statement(bench, link, issuer, not_before, at)
    return found


async def _statement(
    bench: Bench,
    link: x509.Certificate,
    issuer: x509.Certificate,
    not_before: datetime,
    at: datetime,
) -> Material:
    """Return the OCSP answer about a link, or the list that may name it."""
    unavailable: AuthorityUnavailable | None = None
    for url in ocsp_addresses(link):
        try:
            return Material(ocsp_answers=(await answer_at(bench, url, link, issuer, not_before),))
        except AuthorityUnavailable as error:
            unavailable = error
    for url in list_addresses(link):
        try:
            return Material(revocation_lists=(await list_at(bench, url, link, issuer, at),))
        except AuthorityUnavailable as error:
            unavailable = error
    raise unavailable or MaterialNotGood


async def answer_at(
    bench: Bench,
    url: str,
    link: x509.Certificate,
    issuer: x509.Certificate,
    not_before: datetime,
) -> bytes:
    """Return an answer about the certificate fetched at ``not_before`` or later, and keep it."""
    name = hashlib.sha256(link.public_bytes(Encoding.DER)).hexdigest()
    async with bench.database.reading() as tx:
        kept = await revocation_lists.answer_about(tx, name)
    if kept and kept.fetched_at >= not_before:
        return bytes(kept.content)
    now = bench.deps.clock.now()
    content = await bench.authorities.ocsp_answer(url, ocsp_question(link, issuer))

    def check() -> datetime | None:
        answer = ocsp.load_der_ocsp_response(content)
        evidence = evidence_of_answer(answer, link, issuer, now)
        return evidence.issued_at if evidence else None

    issued_at = _checked(url, check)
    async with bench.database.transaction() as tx:
        await revocation_lists.keep_answer(
            tx, certificate=name, content=content, issued_at=issued_at, now=now
        )
    return content


async def list_at(
    bench: Bench, url: str, link: x509.Certificate, issuer: x509.Certificate, at: datetime
) -> bytes:
    """Return the list at ``url`` that may name the certificate, and keep it for an hour.

    An authority that is away leaves the kept list in use until it ends by its own words.
    """
    now = bench.deps.clock.now()
    async with bench.database.reading() as tx:
        kept = await revocation_lists.list_from(tx, url)
    if kept and now - kept.fetched_at < _LIST_KEPT:
        content = bytes(kept.content)
        _check_list(url, content, link, issuer, at)
        return content
    try:
        content = await bench.authorities.revocation_list(url)
    except AuthorityUnavailable:
        if kept is None or _ends_before(kept.content, now):
            raise
        _check_list(url, kept.content, link, issuer, at)
        return bytes(kept.content)
    issued_at = _check_list(url, content, link, issuer, at)
    async with bench.database.transaction() as tx:
        await revocation_lists.keep(tx, url=url, content=content, issued_at=issued_at, now=now)
    return content


def _ends_before(content: bytes, now: datetime) -> bool:
    ends_at = x509.load_der_x509_crl(content).next_update_utc
    return ends_at is not None and ends_at < now


def _check_list(
    url: str, content: bytes, link: x509.Certificate, issuer: x509.Certificate, at: datetime
) -> datetime:
    def check() -> datetime | None:
        evidence = evidence_of_list(x509.load_der_x509_crl(content), link, issuer, at)
        return evidence.issued_at if evidence else None

    return _checked(url, check)


def _checked(url: str, check: Callable[[], datetime | None]) -> datetime:
    try:
        issued_at = check()
    except CertificateRevoked as revoked:
        raise AuthorityRevoked from revoked
    except RevocationProblem as problem:
        raise MaterialNotGood(str(problem)) from problem
    except ValueError as error:
        raise AuthorityUnavailable(url, "unreadable") from error
    if issued_at is None:
        raise AuthorityUnavailable(url, "no answer about this certificate")
    return issued_at
