"""The seal registry in full."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("lanes", sa.Column("failing_since", sa.DateTime(timezone=True)))
    op.create_table(
        "seal_errands",
        sa.Column("intent_id", sa.Uuid(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned", sa.LargeBinary(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["intent_id"],
            ["prepared_documents.intent_id"],
            name=op.f("fk_seal_errands_intent_id_prepared_documents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("intent_id", name=op.f("pk_seal_errands")),
        sa.UniqueConstraint("ticket", name=op.f("uq_seal_errands_ticket")),
    )
    op.create_table(
        "seal_warnings",
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["seal_id"], ["seals.id"], name=op.f("fk_seal_warnings_seal_id_seals")
        ),
        sa.PrimaryKeyConstraint("seal_id", "days", name=op.f("pk_seal_warnings")),
    )
