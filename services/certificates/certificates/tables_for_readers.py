"""The tables behind what readers get: ledger and public log, share codes, bulk downloads."""

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
    UniqueConstraint,
    Uuid,
)


def ledger_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Declare the ledger's entries and where it stands."""
    # One row per state change of a certificate, written in its transaction without a place:
    # places are given afterwards by one leased writer, so that issuing queues on no counter.
    ledger_entries = Table(
        "ledger_entries",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("certificate_id", ForeignKey("certificates.certificate_id"), nullable=False),
        Column("aggregate_version", BigInteger, nullable=False),
        Column("state", Text, nullable=False),
        Column("leaf", LargeBinary, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("position", BigInteger, unique=True),
        Column("sequence", BigInteger),
        # Who moved it (kind, never a name) and why; not part of the leaf.
        Column("actor_kind", Text),
        Column("reason_code", Text),
        Column("fraud", Boolean),
        UniqueConstraint("certificate_id", "aggregate_version"),
        Index("ix_ledger_entries_pending", "id", postgresql_where="position IS NULL"),
    )

    ledger = Table(
        "ledger",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("sequence", BigInteger, nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("as_of", DateTime(timezone=True), nullable=False),
    )
    return ledger_entries, ledger


def log_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Declare the nodes of the log's tree and its signed roots."""
    # Complete nodes of the hash tree over the ledger's entries.
    log_nodes = Table(
        "log_nodes",
        metadata,
        Column("level", Integer, primary_key=True, autoincrement=False),
        Column("index", BigInteger, primary_key=True, autoincrement=False),
        Column("hash", LargeBinary, nullable=False),
    )

    log_heads = Table(
        "log_heads",
        metadata,
        Column("number", BigInteger, primary_key=True, autoincrement=False),
        Column("size", BigInteger, nullable=False),
        Column("root", LargeBinary, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("key_id", Text, nullable=False),
        Column("public_key", LargeBinary, nullable=False),
        Column("signature", LargeBinary, nullable=False),
    )
    return log_nodes, log_heads


def share_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Declare share codes and their uses."""
    # What a holder lets others see for a while: the code itself is nowhere, only its keyed hash.
    shares = Table(
        "shares",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("person_id", Uuid, nullable=False),
        Column("code_hash", LargeBinary, nullable=False, unique=True),
        Column("years", ARRAY(Integer), nullable=False),
        Column("ends_at", DateTime(timezone=True), nullable=False),
        Column("revoked_at", DateTime(timezone=True)),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Index("ix_shares_person_id", "person_id", "id"),
    )

    share_uses = Table(
        "share_uses",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("share_id", ForeignKey("shares.id", ondelete="CASCADE"), nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("what", Text, nullable=False),
        Column("viewer", Text, nullable=False),
        Index("ix_share_uses_share_id", "share_id", "id"),
    )
    return shares, share_uses


def download_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Declare the jobs and their finished parts."""
    # Bulk downloads: which certificates were chosen is fixed when the job is accepted.
    download_jobs = Table(
        "download_jobs",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("state", Text, nullable=False),
        Column("requested_by", Text, nullable=False),
        Column("year", Integer, nullable=False),
        Column("format", Text, nullable=False),
        Column("certificate_ids", ARRAY(Uuid), nullable=False),
        Column("done", Integer, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("next_attempt_at", DateTime(timezone=True), nullable=False),
        Column("last_error", Text),
        Column("lease_token", Uuid),
        Column("leased_until", DateTime(timezone=True)),
        Column("file_sha256", Text),
        Column("file_bytes", BigInteger),
        Column("expires_at", DateTime(timezone=True)),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Column("changed_at", DateTime(timezone=True), nullable=False),
        Index("ix_download_jobs_requested_by", "requested_by", "id"),
        Index(
            "ix_download_jobs_work",
            "next_attempt_at",
            postgresql_where="state IN ('waiting', 'working')",
        ),
        CheckConstraint(
            "state IN ('waiting', 'working', 'ready', 'failed', 'expired')", name="state_known"
        ),
        CheckConstraint("format IN ('merged_pdf', 'zip')", name="format_known"),
    )

    # Finished parts of a job under way: a worker that takes over goes on behind the last of them.
    download_parts = Table(
        "download_parts",
        metadata,
        Column("job_id", ForeignKey("download_jobs.id", ondelete="CASCADE"), primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("sha256", Text, nullable=False),
    )
    return download_jobs, download_parts
