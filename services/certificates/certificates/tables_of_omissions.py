"""Signatures that we hold and that the seal service's own log does not tell of."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)

_ACKNOWLEDGED_WHOLE = (
    "(acknowledged_at IS NULL) = (acknowledged_by IS NULL)"
    " AND (acknowledged_at IS NULL) = (acknowledged_reason IS NULL)"
    " AND (acknowledged_at IS NULL) = (approval_id IS NULL)"
)


def omission_table(metadata: MetaData) -> Table:
    """Declare log_omissions."""
    return Table(
        "log_omissions",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("digest", ForeignKey("signing_digests.digest"), nullable=False, unique=True),
        Column("endpoint", ForeignKey("seal_logs.endpoint"), nullable=False),
        # None: a canary's.
        Column("intent_id", Uuid),
        # When we had it, when the log was found not to have it, when it had it after all.
        Column("stored_at", DateTime(timezone=True), nullable=False),
        Column("noticed_at", DateTime(timezone=True), nullable=False),
        Column("logged_at", DateTime(timezone=True)),
        Column("acknowledged_at", DateTime(timezone=True)),
        Column("acknowledged_by", Text),
        Column("acknowledged_reason", Text),
        Column("approval_id", Uuid),
        Index(
            "ix_log_omissions_open",
            "id",
            postgresql_where=text("logged_at IS NULL AND acknowledged_at IS NULL"),
        ),
        CheckConstraint(_ACKNOWLEDGED_WHOLE, name="acknowledged_whole"),
    )
