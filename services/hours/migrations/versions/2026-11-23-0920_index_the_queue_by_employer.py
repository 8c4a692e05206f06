"""Index waiting claims by employer, so that a small subtree's queue costs what it holds."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_claims_waiting_at",
        "claims",
        ["organisation_id", "state", "submitted_at", "id"],
        postgresql_where="state IN ('submitted', 'employer_approved')",
    )
