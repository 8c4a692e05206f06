"""Status lists: the slots in the projection, the signed lists in the records."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_certificates_status_index", "certificates", ["status_index"], schema="projection"
    )
    op.create_table(
        "status_lists",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slots", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_status_lists")),
        schema="projection",
    )
    op.execute("ALTER TABLE projection.status_lists ALTER COLUMN slots SET STORAGE EXTERNAL")
    op.create_table(
        "status_reach",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_status_reach_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_reach")),
        schema="projection",
    )
    op.create_table(
        "status_tokens",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("slots_digest", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_status_tokens")),
        schema="records",
    )
    op.execute("ALTER TABLE records.status_tokens ALTER COLUMN token SET STORAGE EXTERNAL")
