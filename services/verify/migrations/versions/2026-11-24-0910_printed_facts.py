"""The projection learns every other fact that is printed, and the place in the status list.

Rows from before are empty here until the producers republish into an emptied projection.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("identity_masked", "sex", "title_level"):
        op.add_column(
            "certificates",
            sa.Column(name, sa.Text, nullable=False, server_default=""),
            schema="projection",
        )
    op.add_column("certificates", sa.Column("status_index", sa.BigInteger), schema="projection")
