"""The tables of sessions: one row for each log-in, and the hashes of its refresh tokens."""

from sqlalchemy import (
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


def session_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Declare sessions and their refresh tokens."""
    sessions = Table(
        "sessions",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("account_id", Uuid, ForeignKey("accounts.id"), nullable=False),
        Column("browser", Text, nullable=False),
        Column("system", Text, nullable=False),
        Column("begun_at", DateTime(timezone=True), nullable=False),
        Column("last_used_at", DateTime(timezone=True), nullable=False),
        Column("generation", Integer, nullable=False),
        Column("ended_at", DateTime(timezone=True)),
        Column("end_reason", Text),
        Index("ix_sessions_account_id", "account_id", "id"),
        Index("ix_sessions_last_used_at", "last_used_at"),
    )
    # Those used up are kept as long as the session: a copy of one must be known for what it is.
    refresh_tokens = Table(
        "refresh_tokens",
        metadata,
        Column("hash", LargeBinary, primary_key=True),
        Column("session_id", Uuid, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
        Column("generation", Integer, nullable=False),
        Index("ix_refresh_tokens_session_id", "session_id"),
    )
    return sessions, refresh_tokens
