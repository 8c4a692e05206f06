"""The schema ``records``: what this service alone knows, backed up and never rebuilt."""

import re

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from chassis.audit import APPEND_ONLY_SQL

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA records")
    op.create_table(
        "audit_rows",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("correlation_id", sa.Text(), nullable=False),
        sa.Column("seal", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_rows")),
        schema="records",
    )
    op.create_index("ix_audit_rows_seal", "audit_rows", ["seal"], unique=False, schema="records")
    op.create_index(
        "ix_audit_rows_subject", "audit_rows", ["subject", "at"], unique=False, schema="records"
    )
    op.create_index(
        "ix_audit_rows_unsealed",
        "audit_rows",
        ["id"],
        unique=False,
        schema="records",
        postgresql_where="seal IS NULL",
    )
    op.create_table(
        "audit_seals",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_seals")),
        schema="records",
    )
    op.create_table(
        "batch_parts",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("results", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_batch_parts")),
        schema="records",
    )
    op.create_table(
        "batches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("input", sa.LargeBinary(), nullable=True),
        sa.Column("output", sa.LargeBinary(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("matched", sa.Integer(), server_default="0", nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'finished', 'failed')",
            name=op.f("ck_batches_state_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        schema="records",
    )
    op.create_index(
        "ix_batches_expires_at", "batches", ["expires_at"], unique=False, schema="records"
    )
    op.create_index(
        "ix_batches_open",
        "batches",
        ["id"],
        unique=False,
        schema="records",
        postgresql_where="state IN ('waiting', 'running')",
    )
    op.create_index("ix_batches_owner", "batches", ["owner", "id"], unique=False, schema="records")
    op.create_table(
        "check_counts",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), server_default="0", nullable=False),
        sa.Column("told_version", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("certificate_id", "verifier", "hour", name=op.f("pk_check_counts")),
        sa.UniqueConstraint("id", name=op.f("uq_check_counts_id")),
        schema="records",
    )
    op.create_index(
        "ix_check_counts_hour", "check_counts", ["hour"], unique=False, schema="records"
    )
    op.create_index(
        "ix_check_counts_untold",
        "check_counts",
        ["hour"],
        unique=False,
        schema="records",
        postgresql_where="count > told",
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_problem", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'delivered', 'dead')", name=op.f("ck_deliveries_state_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        schema="records",
    )
    op.create_index(
        "ix_deliveries_client", "deliveries", ["client", "id"], unique=False, schema="records"
    )
    op.create_index(
        "ix_deliveries_created_at", "deliveries", ["created_at"], unique=False, schema="records"
    )
    op.create_index(
        "ix_deliveries_pending",
        "deliveries",
        ["next_at"],
        unique=False,
        schema="records",
        postgresql_where="state = 'pending'",
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller", "key", name=op.f("pk_idempotency_keys")),
        schema="records",
    )
    op.create_index(
        "ix_idempotency_keys_created_at",
        "idempotency_keys",
        ["created_at"],
        unique=False,
        schema="records",
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("traceparent", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_token", sa.Uuid(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        schema="records",
    )
    op.create_index(
        "ix_outbox_available_at", "outbox", ["available_at", "id"], unique=False, schema="records"
    )
    op.create_table(
        "quota_uses",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "day", name=op.f("pk_quota_uses")),
        schema="records",
    )
    op.create_index("ix_quota_uses_day", "quota_uses", ["day"], unique=False, schema="records")
    op.create_table(
        "receipts",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("signed", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_receipts")),
        schema="records",
    )
    op.create_index(
        "ix_receipts_issued_at", "receipts", ["issued_at"], unique=False, schema="records"
    )
    op.create_table(
        "told_clients",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("aggregate_version", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("certificate_id", "client", name=op.f("pk_told_clients")),
        schema="records",
    )
    op.create_index(
        "ix_told_clients_told_at", "told_clients", ["told_at"], unique=False, schema="records"
    )
    op.create_table(
        "webhooks",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client", name=op.f("pk_webhooks")),
        schema="records",
    )
    # The statements name their tables without a schema.
    op.execute("SET LOCAL search_path = records")
    # The driver takes one statement at a time; each starts a line with CREATE.
    for statement in re.split(r"(?m)^(?=CREATE )", APPEND_ONLY_SQL.strip()):
        if statement:
            op.execute(statement)
    op.execute("SET LOCAL search_path = DEFAULT")
