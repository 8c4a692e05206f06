"""Reissue, mass revocation and reconciliation with the seal services."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)

# Digests that are on their way now; those sealed before are gone, so comparing begins here.
BEGIN_SQL = (
    """
INSERT INTO signing_digests (digest, purpose, seal_id, intent_id, noted_at)
    SELECT p.digest_to_sign, 'certificate', i.seal_id, i.id, p.created_at
    FROM prepared_documents p JOIN intents i ON i.id = p.intent_id
    WHERE i.seal_id IS NOT NULL ON CONFLICT DO NOTHING
""",
    """
INSERT INTO seal_logs (endpoint, office_id, position, compared_since)
    SELECT DISTINCT ON (endpoint) endpoint, office_id, 0, now() FROM seals
    WHERE state IN ('active', 'suspended', 'replaced') ORDER BY endpoint, id
""",
)


def upgrade() -> None:
    _corrections()
    for name, kind in (
        ("actor_kind", sa.Text()),
        ("reason_code", sa.Text()),
        ("fraud", sa.Boolean()),
    ):
        op.add_column("ledger_entries", sa.Column(name, kind, nullable=True))
    _seal_logs()
    _revocations()
    for statement in BEGIN_SQL:
        op.execute(statement)


def _corrections() -> None:
    op.add_column(
        "intents", sa.Column("correction", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("intents", sa.Column("correction_by", sa.Text(), nullable=True))
    op.add_column("intents", sa.Column("correction_reason", sa.Text(), nullable=True))
    # A version before this one that still runs finds no such constraint to insert under: its
    # events wait in the retry queue until it is replaced.
    op.drop_constraint("uq_intents_person_id_year_completion", "intents", type_="unique")
    op.create_unique_constraint(
        op.f("uq_intents_person_id_year_completion_correction"),
        "intents",
        ["person_id", "year", "completion", "correction"],
    )


def _seal_logs() -> None:
    op.create_table(
        "signing_digests",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("intent_id", sa.Uuid(), nullable=True),
        sa.Column("noted_at", _INSTANT, nullable=False),
        sa.Column("stored_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["seal_id"], ["seals.id"], name=op.f("fk_signing_digests_seal_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_signing_digests")),
    )
    op.create_index("ix_signing_digests_intent_id", "signing_digests", ["intent_id"])
    op.create_table(
        "seal_logs",
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("entry_hash", sa.LargeBinary(), nullable=True),
        sa.Column("compared_since", _INSTANT, nullable=False),
        sa.Column("read_at", _INSTANT, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("endpoint", name=op.f("pk_seal_logs")),
    )
    op.create_table(
        "seal_log_entries",
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("entry_hash", sa.LargeBinary(), nullable=False),
        sa.Column("certificate_sha256", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=False),
        sa.Column("signed_at", _INSTANT, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("intent_id", sa.Uuid(), nullable=True),
        sa.Column("noted_at", _INSTANT, nullable=False),
        sa.Column("changed_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "outcome IN ('pending', 'matched', 'orphan', 'unknown', 'earlier', 'canary')",
            name=op.f("ck_seal_log_entries_outcome_known"),
        ),
        sa.ForeignKeyConstraint(
            ["endpoint"], ["seal_logs.endpoint"], name=op.f("fk_seal_log_entries_endpoint")
        ),
        sa.PrimaryKeyConstraint("endpoint", "position", name=op.f("pk_seal_log_entries")),
        sa.UniqueConstraint("id", name=op.f("uq_seal_log_entries_id")),
    )
    op.create_index(
        "ix_seal_log_entries_open",
        "seal_log_entries",
        ["outcome", "id"],
        postgresql_where=sa.text("outcome IN ('pending', 'orphan', 'unknown')"),
    )


def _revocations() -> None:
    op.create_index("ix_certificates_management_number", "certificates", ["management_number"])
    op.create_table(
        "revocation_jobs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("header", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("approval_id", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("changed_at", _INSTANT, nullable=False),
        sa.Column("finished_at", _INSTANT, nullable=True),
        sa.CheckConstraint(
            "state IN ('examined', 'proposed', 'refused', 'approved', 'done')",
            name=op.f("ck_revocation_jobs_state_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocation_jobs")),
    )
    op.create_index(
        "ix_revocation_jobs_approved",
        "revocation_jobs",
        ["id"],
        postgresql_where=sa.text("state = 'approved'"),
    )
    op.create_table(
        "revocation_rows",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cells", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("fraud", sa.Boolean(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["revocation_jobs.id"], name=op.f("fk_revocation_rows_job_id")
        ),
        sa.PrimaryKeyConstraint("job_id", "number", name=op.f("pk_revocation_rows")),
    )
    op.create_index(
        "ix_revocation_rows_ready",
        "revocation_rows",
        ["job_id", "number"],
        postgresql_where=sa.text("outcome = 'ready'"),
    )
