"""Sign authorised hashes with the bureau's key."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from opentelemetry import metrics

from chassis.db import Transaction
from chassis.ids import uuid7
from chassis.telemetry import SECONDS
from seal import store
from seal.domain import (
    SignatureMade,
    SigningRequest,
    check_algorithms,
    digest_of_secret,
    read_hashes,
)
from seal.errors import ActivationDataInvalid, RequestKeyReused, UnknownCredential
from seal.usecases import Desk

_meter = metrics.get_meter("yuzheng")
_given_out = _meter.create_counter("yuzheng.seal.signatures")
_token_seconds = _meter.create_histogram(
    "yuzheng.seal.token.duration", unit="s", explicit_bucket_boundaries_advisory=SECONDS
)


@dataclass(frozen=True)
class SigningOrder:
    """One call of signatures/signHash as it came in."""

    client: str
    credential: str
    sad: str
    hashes: Sequence[str]
    hash_algorithm: str | None
    signature_algorithm: str
    request_key: str | None


async def sign_hashes(desk: Desk, order: SigningOrder) -> list[bytes]:
    """Return one verified DER signature per hash; each stands in the log before it is returned.

    A repeat under the same request key returns the recorded signatures without touching the key
    or needing a fresh SAD; other hashes under that key raise ``RequestKeyReused``. Everything is
    one transaction: when the token, the check or the database fails, the SAD is unused, the log
    unchanged and no signature left this process.
    """
    if order.credential != desk.credential_id:
        raise UnknownCredential(field="/credentialID")
    check_algorithms(order.hash_algorithm, order.signature_algorithm)
    hashes = read_hashes(order.hashes, desk.hashes_per_call)
    request_id = uuid7()
    request = SigningRequest(
        id=request_id,
        client=order.client,
        request_key=order.request_key or str(request_id),
        credential=order.credential,
        hashes=hashes,
        requested_at=desk.clock.now(),
    )
    async with desk.database.transaction() as tx:
        if not await store.claim_request(tx, request):
            recorded = await _recorded(tx, request)
            _given_out.add(len(recorded), {"outcome": "repeated"})
            return recorded
        await _use_activation(tx, order.sad, request)
        signatures = await _sign_and_verify(desk, request)
        await _log(tx, desk, request, signatures)
    _given_out.add(len(signatures), {"outcome": "signed"})
    return signatures


async def _recorded(tx: Transaction, request: SigningRequest) -> list[bytes]:
    found = await store.find_request(tx, request.client, request.request_key)
    if found.hashes_sha256 != request.hashes_sha256:
        raise RequestKeyReused(field="/clientData")
    return await store.signatures_of_request(tx, found.id)


async def _use_activation(tx: Transaction, sad: str, request: SigningRequest) -> None:
    activation = await store.use_activation(tx, digest_of_secret(sad), request.requested_at)
    if activation is None:
        raise ActivationDataInvalid(field="/SAD")
    activation.check(request)


async def _sign_and_verify(desk: Desk, request: SigningRequest) -> list[bytes]:
    desk.certificate.check_in_force(request.requested_at)
    began = monotonic()
    signatures = await desk.key.sign(request.hashes)
    _token_seconds.record(monotonic() - began)
    # A faulty device or a swapped key shows here and not on ten thousand certificates.
    desk.certificate.verify(request.hashes, signatures)
    return signatures


async def _log(
    tx: Transaction, desk: Desk, request: SigningRequest, signatures: Sequence[bytes]
) -> None:
    sha256, der, now = desk.certificate.sha256, desk.certificate.der, request.requested_at
    await store.keep_certificate(tx, sha256=sha256, der=der, now=now)
    await desk.audit.record(
        tx,
        actor=f"client:{request.client}",
        action="seal.hashes_signed",
        subject=str(request.id),
        detail={
            "credential": request.credential,
            "count": len(request.hashes),
            "request_key": request.request_key,
        },
    )
    made = [
        SignatureMade.under(request, sha256, uuid7(), digest, signature)
        for digest, signature in zip(request.hashes, signatures, strict=True)
    ]
    # Last, because it takes the log's lock, which other calls wait for until we commit.
    await store.append_to_log(tx, made)
