"""First tables: the projection of certificates, seals and offices, and its freshness."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SCHEMA = "projection"


def upgrade() -> None:
    op.execute("CREATE SCHEMA projection")
    _copies()
    _ledger()
    op.create_table(
        "inbox",
        sa.Column("queue", sa.Text, nullable=False),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("queue", "event_id", name="pk_inbox"),
        schema=_SCHEMA,
    )
    op.create_index("ix_inbox_handled_at", "inbox", ["handled_at"], schema=_SCHEMA)


def _copies() -> None:
    op.create_table(
        "certificates",
        sa.Column("certificate_id", sa.Uuid, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("aggregate_version", sa.BigInteger, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("name_masked", sa.Text, nullable=False),
        sa.Column("management_number", sa.Text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("certificate_version", sa.Integer, nullable=False),
        sa.Column("total_tenths", sa.Integer, nullable=False),
        sa.Column("public_tenths", sa.Integer, nullable=False),
        sa.Column("professional_tenths", sa.Integer, nullable=False),
        sa.Column("employer_name", sa.Text, nullable=False),
        sa.Column("office_id", sa.Uuid, nullable=False),
        sa.Column("office_name", sa.Text, nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("certificate_id", name="pk_certificates"),
        sa.UniqueConstraint("token_hash", name="uq_certificates_token_hash"),
        sa.CheckConstraint(
            "state IN ('valid', 'suspended', 'superseded', 'revoked')",
            name=op.f("ck_certificates_state_known"),
        ),
        schema=_SCHEMA,
    )
    op.create_table(
        "seals",
        sa.Column("seal_id", sa.Uuid, nullable=False),
        sa.Column("aggregate_version", sa.BigInteger, nullable=False),
        sa.Column("office_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seal_id", name="pk_seals"),
        schema=_SCHEMA,
    )
    op.create_index("ix_seals_office_id", "seals", ["office_id"], schema=_SCHEMA)
    op.create_table(
        "offices",
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("aggregate_version", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_offices"),
        schema=_SCHEMA,
    )


def _ledger() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("sequence", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_heartbeats"),
        schema=_SCHEMA,
    )
    op.create_table(
        "freshness",
        sa.Column("id", sa.SmallInteger, autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_freshness"),
        sa.CheckConstraint("id = 1", name=op.f("ck_freshness_single_row")),
        schema=_SCHEMA,
    )
