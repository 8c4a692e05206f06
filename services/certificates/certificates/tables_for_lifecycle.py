"""The tables behind lifecycles: comparison with the seal services' logs, revocations by file."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

_UNSETTLED = "outcome IN ('pending', 'orphan', 'unknown')"
_ACKNOWLEDGED_WHOLE = (
    "(acknowledged_at IS NULL) = (acknowledged_by IS NULL)"
    " AND (acknowledged_at IS NULL) = (acknowledged_reason IS NULL)"
)


def comparison_tables(metadata: MetaData) -> tuple[Table, Table, Table]:
    """Declare digests sent, how far each log was read, and what its entries came to."""
    signing_digests = _digests(metadata)

    # How far each seal service's log was read. The last entry read is asked for again each time:
    # a log whose past changed is noticed.
    seal_logs = Table(
        "seal_logs",
        metadata,
        Column("endpoint", Text, primary_key=True),
        Column("office_id", Uuid, nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("entry_hash", LargeBinary),
        # What was signed before is not ours to explain.
        Column("compared_since", DateTime(timezone=True), nullable=False),
        Column("read_at", DateTime(timezone=True)),
        Column("last_error", Text),
        # Up to when what we hold was looked for in it.
        Column("omissions_until", DateTime(timezone=True)),
    )

    seal_log_entries = Table(
        "seal_log_entries",
        metadata,
        Column("endpoint", ForeignKey("seal_logs.endpoint"), primary_key=True),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        Column("id", Uuid, nullable=False, unique=True),
        Column("hash", LargeBinary, nullable=False),
        Column("entry_hash", LargeBinary, nullable=False),
        Column("certificate_sha256", Text, nullable=False),
        Column("client", Text, nullable=False),
        Column("request_key", Text, nullable=False),
        Column("signed_at", DateTime(timezone=True), nullable=False),
        Column("outcome", Text, nullable=False),
        Column("intent_id", Uuid),
        Column("noted_at", DateTime(timezone=True), nullable=False),
        Column("changed_at", DateTime(timezone=True), nullable=False),
        *_acknowledgement(),
        Index("ix_seal_log_entries_hash", "hash"),
        Index("ix_seal_log_entries_open", "outcome", "id", postgresql_where=_UNSETTLED),
        CheckConstraint(
            "outcome IN ('pending', 'matched', 'orphan', 'unknown', 'earlier', 'canary')",
            name="outcome_known",
        ),
        CheckConstraint(_ACKNOWLEDGED_WHOLE, name="acknowledged_whole"),
    )
    return signing_digests, seal_logs, seal_log_entries


def _digests(metadata: MetaData) -> Table:
    # Every digest we ever asked to have signed. The prepared bytes go when the file is
    # stored; this stays, so that a seal service's log can be compared years later.
    return Table(
        "signing_digests",
        metadata,
        Column("digest", LargeBinary, primary_key=True),
        # certificate, or canary: a trial signature that no file belongs to.
        Column("purpose", Text, nullable=False),
        Column("seal_id", ForeignKey("seals.id"), nullable=False),
        Column("intent_id", Uuid),
        Column("noted_at", DateTime(timezone=True), nullable=False),
        # When a file with this signature was stored, published or quarantined.
        Column("stored_at", DateTime(timezone=True)),
        Index("ix_signing_digests_intent_id", "intent_id"),
        Index(
            "ix_signing_digests_stored_at",
            "stored_at",
            postgresql_where="stored_at IS NOT NULL",
        ),
    )


def _acknowledgement() -> list[Column[Any]]:
    """Return who has looked into a signature; an unknown one takes two, hence the approval."""
    return [
        Column("acknowledged_at", DateTime(timezone=True)),
        Column("acknowledged_by", Text),
        Column("acknowledged_reason", Text),
        Column("approval_id", Uuid),
    ]


def revocation_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Declare jobs and their rows."""
    # Revocations by file: what was handed in, what each row came to.
    revocation_jobs = Table(
        "revocation_jobs",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("state", Text, nullable=False),
        Column("organisation_id", Uuid, nullable=False),
        Column("format", Text, nullable=False),
        Column("header", ARRAY(Text), nullable=False),
        Column("file_sha256", Text, nullable=False),
        Column("rows", Integer, nullable=False),
        Column("proposed_by", Text, nullable=False),
        Column("approval_id", Uuid),
        Column("approved_by", Text),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Column("changed_at", DateTime(timezone=True), nullable=False),
        Column("finished_at", DateTime(timezone=True)),
        # How many rows came to what, once the rows themselves are forgotten.
        Column("outcomes", JSONB(none_as_null=True)),
        Index("ix_revocation_jobs_approved", "id", postgresql_where="state = 'approved'"),
        CheckConstraint(
            "state IN ('examined', 'proposed', 'refused', 'approved', 'done')", name="state_known"
        ),
    )

    revocation_rows = Table(
        "revocation_rows",
        metadata,
        Column("job_id", ForeignKey("revocation_jobs.id"), primary_key=True),
        # As in the file: its first row below the header is 2.
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("cells", ARRAY(Text), nullable=False),
        Column("certificate_id", Uuid),
        Column("reason_code", Text),
        Column("fraud", Boolean),
        Column("outcome", Text, nullable=False),
        Index("ix_revocation_rows_ready", "job_id", "number", postgresql_where="outcome = 'ready'"),
    )
    return revocation_jobs, revocation_rows
