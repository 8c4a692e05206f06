"""The canary pages that are out at seal services which seal whole files."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand: the release before leaves it empty."""
    op.create_table(
        "canary_errands",
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=False),
        sa.Column("page", sa.LargeBinary(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["seal_id"], ["seals.id"], name=op.f("fk_canary_errands_seal_id_seals")
        ),
        sa.PrimaryKeyConstraint("seal_id", name=op.f("pk_canary_errands")),
        sa.UniqueConstraint("ticket", name=op.f("uq_canary_errands_ticket")),
    )
