"""Revisions of a file with validation material."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_APPEND_ONLY = (
    """
CREATE FUNCTION file_revisions_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'revisions of a file are kept as they are';
END $$
""",
    """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON file_revisions
    FOR EACH ROW EXECUTE FUNCTION file_revisions_append_only()
""",
    """
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON file_revisions
    FOR EACH STATEMENT EXECUTE FUNCTION file_revisions_append_only()
""",
)
# Every certificate issued so far has its first revision and waits for its second; those of a
# worker that still runs the release before are found by the reviser itself.
_PRESENT = (
    """
INSERT INTO file_revisions (certificate_id, revision, kind, sha256, size_bytes, made_at)
SELECT certificate_id, 1, 'sealed', file_sha256, file_bytes, issued_at FROM certificates
""",
    """
INSERT INTO revision_work (certificate_id, due_at)
SELECT certificate_id, issued_at FROM certificates
""",
)


def upgrade() -> None:
    op.create_table(
        "file_revisions",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stamped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stamp_chain", postgresql.ARRAY(sa.LargeBinary()), nullable=True),
        sa.Column("stamp_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('sealed', 'validated', 'renewed')",
            name=op.f("ck_file_revisions_kind_known"),
        ),
        sa.CheckConstraint(
            "(kind = 'sealed') = (revision = 1)", name=op.f("ck_file_revisions_first_is_sealed")
        ),
        sa.CheckConstraint(
            "(kind = 'sealed') = (stamp_ends_at IS NULL)",
            name=op.f("ck_file_revisions_later_are_stamped"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.certificate_id"],
            name=op.f("fk_file_revisions_certificate_id_certificates"),
        ),
        sa.PrimaryKeyConstraint("certificate_id", "revision", name=op.f("pk_file_revisions")),
        sa.UniqueConstraint("sha256", name=op.f("uq_file_revisions_sha256")),
    )
    op.create_table(
        "revision_work",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("lease_token", sa.Uuid(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificates.certificate_id"],
            name=op.f("fk_revision_work_certificate_id_certificates"),
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_revision_work")),
    )
    op.create_index("ix_revision_work_due_at", "revision_work", ["due_at"], unique=False)
    op.create_table(
        "ocsp_answers",
        sa.Column("certificate_sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("certificate_sha256", name=op.f("pk_ocsp_answers")),
    )
    for statement in _APPEND_ONLY + _PRESENT:
        op.execute(statement)
