"""How each seal's last canary went; the canary itself is a digest and is kept nowhere."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
)


def canary_table(metadata: MetaData) -> Table:
    """Declare the table in the service's metadata."""
    return Table(
        "canaries",
        metadata,
        Column("seal_id", ForeignKey("seals.id"), primary_key=True),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("succeeded", Boolean, nullable=False),
        Column("error", Text),
        Column("milliseconds", Integer, nullable=False),
        Column("last_success_at", DateTime(timezone=True)),
        CheckConstraint("succeeded = (error IS NULL)", name="failed_has_error"),
    )
