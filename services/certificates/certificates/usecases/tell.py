"""Every state change of a certificate is told in its own transaction: ledger entry and event."""

import hashlib
import json

from certificates.domain.entities import Certificate
from certificates.events import certificate_changed
from certificates.store import ledger
from certificates.usecases import Dependencies
from chassis.db import Transaction
from chassis.ids import uuid7

# RFC 6962: leaves and nodes of a Merkle tree are hashed under different first bytes.
_LEAF = b"\x00"


async def tell_change(
    tx: Transaction, deps: Dependencies, certificate: Certificate, *, reinstated: bool = False
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
        },
    )
    await deps.outbox.add(tx, certificate_changed(certificate, reinstated=reinstated))


def leaf_of(certificate: Certificate) -> bytes:
    """Return the ledger's leaf: which certificate is in which state, by digests alone."""
    content = {
        "certificate_id": str(certificate.certificate_id),
        "aggregate_version": certificate.aggregate_version,
        "state": certificate.state.value,
        "record_digest": certificate.record_digest.hex(),
        "file_sha256": certificate.file_sha256,
        "at": certificate.changed_at.isoformat(),
    }
    return hashlib.sha256(_LEAF + json.dumps(content, sort_keys=True).encode()).digest()
