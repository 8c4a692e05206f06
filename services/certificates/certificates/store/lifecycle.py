"""What became of a certificate, and what waits for somebody's attention."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text

from certificates.domain.states import CertificateState
from certificates.store.reading import columns_of, entity_of
from certificates.tables import ledger_entries, organisations, seal_log_entries, seal_logs
from chassis.db import Transaction, within


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a certificate's state; those told before kinds were kept have none."""

    aggregate_version: int
    state: CertificateState
    at: datetime
    actor_kind: str | None
    reason_code: str | None
    fraud: bool | None


@dataclass(frozen=True, slots=True)
class LoggedSignature:
    """A signature that a seal service's log tells of and that no stored file holds."""

    id: UUID
    endpoint: str
    office_id: UUID
    position: int
    outcome: str
    hash: bytes
    client: str
    signed_at: datetime
    intent_id: UUID | None
    noted_at: datetime
    acknowledged_at: datetime | None
    acknowledged_reason: str | None


@dataclass(frozen=True, slots=True)
class UnreadLog:
    """A seal service's log that could not be read on, so that nothing in it is compared."""

    endpoint: str
    office_id: UUID
    position: int
    compared_since: datetime
    read_at: datetime | None
    last_error: str


async def history(tx: Transaction, certificate_id: UUID) -> list[Change]:
    """Return every change of the certificate's state, the first one first."""
    query = select(*columns_of(ledger_entries, Change)).where(
        ledger_entries.c.certificate_id == certificate_id
    )
    rows = await tx.execute(query.order_by(ledger_entries.c.aggregate_version))
    return [Change(**{**row, "state": CertificateState(row["state"])}) for row in rows.mappings()]


async def unexplained(
    tx: Transaction,
    *,
    scopes: Collection[str],
    after: UUID | None,
    limit: int,
    acknowledged: bool = False,
) -> list[LoggedSignature]:
    """Return one page of orphans and unknown signatures of seal services within the scopes.

    Those still open, or those an official has looked into.
    """
    entries = seal_log_entries
    when = entries.c.acknowledged_at
    names = [name for name in LoggedSignature.__dataclass_fields__ if name != "office_id"]
    query = (
        select(*(entries.c[name] for name in names), seal_logs.c.office_id)
        .join(seal_logs, seal_logs.c.endpoint == entries.c.endpoint)
        .join(organisations, organisations.c.organisation_id == seal_logs.c.office_id)
        .where(entries.c.outcome.in_(("orphan", "unknown")))
        .where(when.is_not(None) if acknowledged else when.is_(None))
        .where(text(within("organisations.path")).bindparams(scopes=list(scopes)))
        .order_by(entries.c.id)
        .limit(limit)
    )
    if after:
        query = query.where(entries.c.id > after)
    return [entity_of(LoggedSignature, row) for row in (await tx.execute(query)).mappings()]


async def unread_logs(tx: Transaction, *, scopes: Collection[str]) -> list[UnreadLog]:
    """Return the logs within the scopes whose last reading failed; one an office at the most."""
    query = (
        select(*columns_of(seal_logs, UnreadLog))
        .join(organisations, organisations.c.organisation_id == seal_logs.c.office_id)
        .where(seal_logs.c.last_error.is_not(None))
        .where(text(within("organisations.path")).bindparams(scopes=list(scopes)))
        .order_by(seal_logs.c.endpoint)
    )
    return [entity_of(UnreadLog, row) for row in (await tx.execute(query)).mappings()]
