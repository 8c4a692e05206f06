"""Audit: recompute the log from its own rows and check every signature in it."""

from dataclasses import dataclass

from cryptography import x509

from chassis.audit import Audit, InvariantBroken
from chassis.db import Database
from seal import store
from seal.certificate import SealCertificate
from seal.domain import LogEntry
from seal.errors import SignatureNotVerified


@dataclass(frozen=True)
class LogChecked:
    signatures: int
    audit_rows: int


async def check_log(database: Database, audit: Audit) -> LogChecked:
    """Return how much was checked; raise ``InvariantBroken`` at the first violation.

    Checked: positions dense from 1, each entry chained to the one before, each signature good
    under the certificate the entry names, and the chain of the audit rows.
    """
    async with database.reading() as tx:
        known = await store.certificates(tx)
        certificates = {sha256: _certificate(sha256, der) for sha256, der in known.items()}
        previous: LogEntry | None = None
        async for entry in store.whole_log(tx):
            if not entry.follows(previous):
                after = previous.position if previous else 0
                raise InvariantBroken(f"the log is broken after position {after}")
            _check_signature(entry, certificates)
            previous = entry
        audit_rows = await audit.verify(tx)
    return LogChecked(previous.position if previous else 0, audit_rows)


def _certificate(sha256: bytes, der: bytes) -> SealCertificate:
    certificate = SealCertificate.of((x509.load_der_x509_certificate(der),))
    if certificate.sha256 != sha256:
        raise InvariantBroken(f"the certificate kept as {sha256.hex()} is another one")
    return certificate


def _check_signature(entry: LogEntry, certificates: dict[bytes, SealCertificate]) -> None:
    made = entry.made
    try:
        certificates[made.certificate_sha256].verify([made.hash], [made.signature])
    except (KeyError, SignatureNotVerified) as error:
        raise InvariantBroken(
            f"the signature at position {entry.position} does not verify"
        ) from error
