"""What several workers share of a lane: its allowance, and the calls under way."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("lanes", sa.Column("allowance", sa.Float(), nullable=True))
    op.add_column("lanes", sa.Column("allowance_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "lane_calls",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("documents > 0 AND weight > 0", name=op.f("ck_lane_calls_something")),
        sa.ForeignKeyConstraint(
            ["seal_id"], ["seals.id"], name=op.f("fk_lane_calls_seal_id_seals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lane_calls")),
    )
    op.create_index("ix_lane_calls_seal_id", "lane_calls", ["seal_id", "begun_at"])
