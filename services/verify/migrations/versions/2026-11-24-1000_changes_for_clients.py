"""Changes told to API clients: numbered for those who fetch them, delivered to those who listen."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
_RECORDS = "records"


def upgrade() -> None:
    op.execute("CREATE SEQUENCE records.change_numbers")
    op.add_column(
        "deliveries",
        sa.Column("kind", sa.Text(), nullable=False, server_default="change"),
        schema=_RECORDS,
    )
    op.add_column(
        "deliveries", sa.Column("number", sa.BigInteger(), nullable=True), schema=_RECORDS
    )
    op.create_index(
        "ix_deliveries_unnumbered",
        "deliveries",
        ["id"],
        schema=_RECORDS,
        postgresql_where="number IS NULL",
    )
    op.create_index(
        "ix_deliveries_changes",
        "deliveries",
        ["client", "number"],
        schema=_RECORDS,
        postgresql_where="kind = 'change'",
    )
    op.drop_constraint(op.f("ck_deliveries_state_known"), "deliveries", schema=_RECORDS)
    op.create_check_constraint(
        op.f("ck_deliveries_state_known"),
        "deliveries",
        "state IN ('recorded', 'pending', 'delivered', 'dead')",
        schema=_RECORDS,
    )
    op.add_column(
        "webhooks", sa.Column("previous_secret", sa.Text(), nullable=True), schema=_RECORDS
    )
    op.add_column(
        "webhooks",
        sa.Column("previous_until", sa.DateTime(timezone=True), nullable=True),
        schema=_RECORDS,
    )
