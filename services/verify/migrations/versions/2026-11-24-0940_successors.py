"""The projection learns which certificate a new version took the place of.

Rows from before are empty here until the producers republish into an emptied projection.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("certificates", sa.Column("supersedes", sa.Uuid), schema="projection")
    op.create_index(
        "ix_certificates_supersedes",
        "certificates",
        ["supersedes"],
        schema="projection",
        postgresql_where=sa.text("supersedes IS NOT NULL"),
    )
