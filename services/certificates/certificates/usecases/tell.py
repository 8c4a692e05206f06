"""Every state change of a certificate is told in its own transaction: ledger entry and event."""

from dataclasses import dataclass

from certificates.domain.entities import Certificate
from certificates.events import certificate_changed
from certificates.merkle import leaf_hash
from certificates.store import ledger
from certificates.transparency import Leaf, leaf_bytes
from certificates.usecases import Dependencies
from chassis.db import Transaction
from chassis.ids import uuid7

PLATFORM = "platform"
OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Cause:
    """Who moved a certificate, by kind and never by name, and why."""

    actor_kind: str = PLATFORM
    reason_code: str | None = None
    fraud: bool = False


BY_ITSELF = Cause()


async def tell_change(
    tx: Transaction,
    deps: Dependencies,
    certificate: Certificate,
    *,
    reinstated: bool = False,
    cause: Cause = BY_ITSELF,
) -> None:
    """Write the ledger entry and the outbox event of the certificate's present state."""
    await ledger.add(
        tx,
        {
            "id": uuid7(),
            "certificate_id": certificate.certificate_id,
            "aggregate_version": certificate.aggregate_version,
            "state": certificate.state,
            "leaf": leaf_of(certificate),
            "at": certificate.changed_at,
            "actor_kind": cause.actor_kind,
            "reason_code": cause.reason_code,
            "fraud": cause.fraud,
        },
    )
    await deps.outbox.add(tx, certificate_changed(certificate, reinstated=reinstated))


def leaf_of(certificate: Certificate) -> bytes:
    """Return the hash of the log's leaf: which certificate is in which state, by digests alone."""
    leaf = Leaf(
        certificate.certificate_id,
        certificate.aggregate_version,
        certificate.state.value,
        certificate.record_digest,
        certificate.token_hash,
        certificate.changed_at,
    )
    return leaf_hash(leaf_bytes(leaf))
