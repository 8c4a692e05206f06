"""Files that failed the gate: what was found, and what officials decided about them."""

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
)
from sqlalchemy.dialects.postgresql import JSONB


def quarantine_table(metadata: MetaData) -> Table:
    """Declare quarantines: one row for each file, kept for ever."""
    return Table(
        "quarantines",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("intent_id", ForeignKey("intents.id"), nullable=False),
        Column("state", Text, nullable=False),
        Column("file_sha256", Text, nullable=False),
        Column("code", Text, nullable=False),
        # [{at, failed: [{check, detail}]}]: the gate's refusal, then each later examination.
        Column("reports", JSONB, nullable=False),
        Column("quarantined_at", DateTime(timezone=True), nullable=False),
        # The two-person decision that was carried out last.
        Column("approval_id", Uuid),
        Column("changed_at", DateTime(timezone=True), nullable=False),
        Index(
            "uq_quarantines_open",
            "intent_id",
            unique=True,
            postgresql_where="state IN ('open', 'examining')",
        ),
        Index("ix_quarantines_examining", "id", postgresql_where="state = 'examining'"),
        Index("ix_quarantines_intent_id", "intent_id"),
        CheckConstraint(
            "state IN ('open', 'examining', 'discarded', 'released', 'cancelled')",
            name="state_known",
        ),
        CheckConstraint(
            "state IN ('open', 'cancelled') OR approval_id IS NOT NULL", name="decided_by_two"
        ),
    )
