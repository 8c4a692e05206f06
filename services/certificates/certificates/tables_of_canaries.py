"""How each seal's last canary went, and the page that a service for whole PDFs still has.

Of what is sealed nothing is kept once it has been looked at.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)


def canary_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Declare canaries and canary_errands."""
    canaries = Table(
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
    errands = Table(
        "canary_errands",
        metadata,
        Column("seal_id", ForeignKey("seals.id"), primary_key=True),
        Column("request_key", Text, nullable=False),
        Column("page", LargeBinary, nullable=False),
        # As with certificates: who knows it may deliver the sealed page.
        Column("ticket", Text, nullable=False, unique=True),
        Column("location", Text),
        Column("asked_at", DateTime(timezone=True), nullable=False),
        Column("next_attempt_at", DateTime(timezone=True), nullable=False),
        Column("returned", LargeBinary),
    )
    return canaries, errands
