"""Signatures that a seal service's own log leaves out."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand: the release before neither writes nor reads any of it."""
    op.add_column("seal_logs", sa.Column("omissions_until", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_signing_digests_stored_at",
        "signing_digests",
        ["stored_at"],
        postgresql_where=sa.text("stored_at IS NOT NULL"),
    )
    op.create_index("ix_seal_log_entries_hash", "seal_log_entries", ["hash"])
    op.create_table(
        "log_omissions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("intent_id", sa.Uuid(), nullable=True),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Text(), nullable=True),
        sa.Column("acknowledged_reason", sa.Text(), nullable=True),
        sa.Column("approval_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(acknowledged_at IS NULL) = (acknowledged_by IS NULL)"
            " AND (acknowledged_at IS NULL) = (acknowledged_reason IS NULL)"
            " AND (acknowledged_at IS NULL) = (approval_id IS NULL)",
            name=op.f("ck_log_omissions_acknowledged_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["digest"], ["signing_digests.digest"], name=op.f("fk_log_omissions_digest")
        ),
        sa.ForeignKeyConstraint(
            ["endpoint"], ["seal_logs.endpoint"], name=op.f("fk_log_omissions_endpoint")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_omissions")),
        sa.UniqueConstraint("digest", name=op.f("uq_log_omissions_digest")),
    )
    op.create_index(
        "ix_log_omissions_open",
        "log_omissions",
        ["id"],
        postgresql_where=sa.text("logged_at IS NULL AND acknowledged_at IS NULL"),
    )
