"""Lanes: how each seal's service stands, and the calls to it, shared by all workers."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
)


def lane_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Declare lanes and their calls."""
    # Whoever wants to call locks the lane's row first: what it allows is allowed once.
    lanes = Table(
        "lanes",
        metadata,
        Column("seal_id", ForeignKey("seals.id"), primary_key=True),
        Column("failures", Integer, nullable=False),
        Column("last_error", Text),
        Column("next_attempt_at", DateTime(timezone=True), nullable=False),
        Column("last_success_at", DateTime(timezone=True)),
        # When the first of the failures in a row happened.
        Column("failing_since", DateTime(timezone=True)),
        # Documents that might still be asked for at that instant; none noted: as many as allowed.
        Column("allowance", Float),
        Column("allowance_at", DateTime(timezone=True)),
    )

    # Calls under way, and those of the last minute.
    lane_calls = Table(
        "lane_calls",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("seal_id", ForeignKey("seals.id"), nullable=False),
        Column("documents", Integer, nullable=False),
        # What it takes of the lane's concurrency.
        Column("weight", Integer, nullable=False),
        Column("begun_at", DateTime(timezone=True), nullable=False),
        # No call lasts longer: one that is still here then belongs to a worker that died.
        Column("held_until", DateTime(timezone=True), nullable=False),
        Column("ended_at", DateTime(timezone=True)),
        CheckConstraint("documents > 0 AND weight > 0", name="something"),
        Index("ix_lane_calls_seal_id", "seal_id", "begun_at"),
    )
    return lanes, lane_calls
