"""The projection learns keyed hashes of names, persons, employers, files and pinned signers.

The new columns of existing rows stay empty until the projection is rebuilt.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SCHEMA = "projection"


def upgrade() -> None:
    for column in (
        sa.Column("name_check", sa.LargeBinary),
        sa.Column("person_id", sa.Uuid),
        sa.Column("employer_id", sa.Uuid),
        sa.Column("file_sha256", sa.LargeBinary),
        sa.Column("file_bytes", sa.BigInteger),
        sa.Column("record_digest", sa.LargeBinary),
    ):
        op.add_column("certificates", column, schema=_SCHEMA)
    for column in ("management_number", "person_id"):
        op.create_index(f"ix_certificates_{column}", "certificates", [column], schema=_SCHEMA)
    op.add_column("seals", sa.Column("signer_sha256", sa.LargeBinary), schema=_SCHEMA)
    op.create_table(
        "organisations",
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("aggregate_version", sa.BigInteger, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_organisations"),
        schema=_SCHEMA,
    )
    op.create_index(
        "ix_organisations_path",
        "organisations",
        ["path"],
        schema=_SCHEMA,
        postgresql_ops={"path": "text_pattern_ops"},
    )
