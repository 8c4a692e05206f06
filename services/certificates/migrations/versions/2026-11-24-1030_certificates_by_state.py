"""How many certificates there are in each state, counted without reading one of them."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_certificates_state", "certificates", ["state"])
