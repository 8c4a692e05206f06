"""The Merkle log, share codes and bulk downloads."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from certificates.merkle import leaf_hash
from certificates.transparency import Leaf, leaf_bytes

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

APPEND_ONLY_SQL = """
CREATE FUNCTION log_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only';
END $$;
"""
ROW_TRIGGER_SQL = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION log_append_only()
"""
TABLE_TRIGGER_SQL = """
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION log_append_only()
"""
_BATCH = 5000


def upgrade() -> None:
    _create_log()
    _create_shares()
    _create_downloads()
    op.execute(APPEND_ONLY_SQL)
    for table in ("log_nodes", "log_heads"):
        for statement in (ROW_TRIGGER_SQL, TABLE_TRIGGER_SQL):
            op.execute(statement.format(table=table))
    _rewrite_leaves()


def _create_log() -> None:
    op.create_table(
        "log_nodes",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "index", name=op.f("pk_log_nodes")),
    )
    op.create_table(
        "log_heads",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_log_heads")),
    )


def _create_shares() -> None:
    op.create_table(
        "shares",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("years", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shares")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_shares_code_hash")),
    )
    op.create_index("ix_shares_person_id", "shares", ["person_id", "id"])
    op.create_table(
        "share_uses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("viewer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["share_id"], ["shares.id"], name=op.f("fk_share_uses_share_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_uses")),
    )
    op.create_index("ix_share_uses_share_id", "share_uses", ["share_id", "id"])


def _create_downloads() -> None:
    op.create_table(
        "download_jobs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("certificate_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("lease_token", sa.Uuid(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_sha256", sa.Text(), nullable=True),
        sa.Column("file_bytes", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "format IN ('merged_pdf', 'zip')", name=op.f("ck_download_jobs_format_known")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'working', 'ready', 'failed', 'expired')",
            name=op.f("ck_download_jobs_state_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_download_jobs")),
    )
    op.create_index("ix_download_jobs_requested_by", "download_jobs", ["requested_by", "id"])
    op.create_index(
        "ix_download_jobs_work",
        "download_jobs",
        ["next_attempt_at"],
        postgresql_where=sa.text("state IN ('waiting', 'working')"),
    )
    op.create_table(
        "download_parts",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["download_jobs.id"],
            name=op.f("fk_download_parts_job_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("job_id", "number", name=op.f("pk_download_parts")),
    )


def _rewrite_leaves() -> None:
    """Give earlier entries their public leaf: no root had been signed over the former ones."""
    connection = op.get_bind()
    entries = sa.text(
        "SELECT e.id, e.certificate_id, e.aggregate_version, e.state, c.record_digest,"
        " c.token_hash, e.at FROM ledger_entries e JOIN certificates c USING (certificate_id)"
        " WHERE e.id > :last ORDER BY e.id LIMIT :batch"
    )
    op.execute("ALTER TABLE ledger_entries DISABLE TRIGGER append_only")
    last = "00000000-0000-0000-0000-000000000000"
    while rows := connection.execute(entries, {"last": last, "batch": _BATCH}).all():
        leaves = [{"id": row[0], "leaf": leaf_hash(leaf_bytes(Leaf(*row[1:])))} for row in rows]
        connection.execute(sa.text("UPDATE ledger_entries SET leaf = :leaf WHERE id = :id"), leaves)
        last = str(rows[-1][0])
    op.execute("ALTER TABLE ledger_entries ENABLE TRIGGER append_only")
