"""First tables: clients' tokens, activations, requests, the log, the audit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis.audit import APPEND_ONLY_SQL

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# What was signed stays signed: not even the service's own role may change or remove it.
SIGNATURES_APPEND_ONLY_SQL = """
CREATE FUNCTION signature_log_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the signature log is append-only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON signatures
    FOR EACH ROW EXECUTE FUNCTION signature_log_append_only();
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON signatures
    FOR EACH STATEMENT EXECUTE FUNCTION signature_log_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON signing_requests
    FOR EACH ROW EXECUTE FUNCTION signature_log_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON signing_certificates
    FOR EACH ROW EXECUTE FUNCTION signature_log_append_only();
"""


def upgrade() -> None:
    _tokens()
    _log()
    _audit()
    for statement in _statements(SIGNATURES_APPEND_ONLY_SQL + APPEND_ONLY_SQL):
        op.execute(statement)


def _statements(script: str) -> list[str]:
    """Split at semicolons that end a line outside a function body; the driver takes one each."""
    found, lines, inside = [], [], False
    for line in script.strip().splitlines():
        lines.append(line)
        inside ^= line.count("$$") % 2 == 1
        if line.endswith(";") and not inside:
            found.append("\n".join(lines))
            lines = []
    return found


def _tokens() -> None:
    op.create_table(
        "access_tokens",
        sa.Column("token_sha256", sa.LargeBinary, primary_key=True),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_access_tokens_expires_at", "access_tokens", ["expires_at"])
    op.create_table(
        "activations",
        sa.Column("sad_sha256", sa.LargeBinary, primary_key=True),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("credential", sa.Text, nullable=False),
        sa.Column("hashes", sa.ARRAY(sa.LargeBinary), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_activations_expires_at", "activations", ["expires_at"])


def _log() -> None:
    op.create_table(
        "signing_requests",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("request_key", sa.Text, nullable=False),
        sa.Column("credential", sa.Text, nullable=False),
        sa.Column("hashes_sha256", sa.LargeBinary, nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("client", "request_key"),
    )
    op.create_table(
        "signing_certificates",
        sa.Column("sha256", sa.LargeBinary, primary_key=True),
        sa.Column("der", sa.LargeBinary, nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "signatures",
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Uuid, nullable=False, unique=True),
        sa.Column("request_id", sa.Uuid, sa.ForeignKey("signing_requests.id"), nullable=False),
        sa.Column("request_key", sa.Text, nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("credential", sa.Text, nullable=False),
        sa.Column(
            "certificate_sha256",
            sa.LargeBinary,
            sa.ForeignKey("signing_certificates.sha256"),
            nullable=False,
        ),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.Column("previous_hash", sa.LargeBinary, nullable=False),
        sa.Column("entry_hash", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_signatures_request_id", "signatures", ["request_id", "position"])


def _audit() -> None:
    op.create_table(
        "audit_rows",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", JSONB, nullable=False),
        sa.Column("correlation_id", sa.Text, nullable=False),
        sa.Column("seal", sa.BigInteger),
    )
    op.create_index(
        "ix_audit_rows_unsealed", "audit_rows", ["id"], postgresql_where=sa.text("seal IS NULL")
    )
    op.create_index("ix_audit_rows_subject", "audit_rows", ["subject", "at"])
    op.create_index("ix_audit_rows_seal", "audit_rows", ["seal"])
    op.create_table(
        "audit_seals",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("previous_hash", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
