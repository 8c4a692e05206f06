"""Retention: what stays of a revocation by file when its rows are forgotten."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand: the release before leaves it empty."""
    op.add_column("revocation_jobs", sa.Column("outcomes", JSONB))
