"""Form templates and their versions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DIGEST_STAYS_SQL = """
CREATE FUNCTION template_digest_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.digest <> OLD.digest
        OR NEW.form <> OLD.form OR NEW.version <> OLD.version THEN
        RAISE EXCEPTION 'a template version is never changed';
    END IF;
    RETURN NEW;
END $$;
"""
TRIGGER_SQL = (
    "CREATE TRIGGER digest_stays BEFORE UPDATE OR DELETE ON template_versions"
    " FOR EACH ROW EXECUTE FUNCTION template_digest_stays()"
)


def upgrade() -> None:
    op.create_table(
        "template_versions",
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("live_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'proposed', 'live', 'retired')",
            name=op.f("ck_template_versions_state_known"),
        ),
        sa.CheckConstraint(
            "(state IN ('live', 'retired')) <= (live_since IS NOT NULL)",
            name=op.f("ck_template_versions_was_live"),
        ),
        sa.PrimaryKeyConstraint("form", "version", name=op.f("pk_template_versions")),
    )
    op.create_index(
        "uq_template_versions_live",
        "template_versions",
        ["form"],
        unique=True,
        postgresql_where=sa.text("state = 'live'"),
    )
    _create_comparisons()
    op.add_column("certificates", sa.Column("template_digest", sa.Text(), nullable=True))
    op.execute(DIGEST_STAYS_SQL)
    op.execute(TRIGGER_SQL)


def _create_comparisons() -> None:
    op.create_table(
        "template_comparisons",
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("sample", sa.Text(), nullable=False),
        sa.Column("against", sa.Text(), nullable=False),
        sa.Column("before_sha256", sa.Text(), nullable=False),
        sa.Column("after_sha256", sa.Text(), nullable=False),
        sa.Column("difference_sha256", sa.Text(), nullable=False),
        sa.Column("changed_pixels", sa.Integer(), nullable=False),
        sa.Column("pixels", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form", "version"],
            ["template_versions.form", "template_versions.version"],
            name=op.f("fk_template_comparisons_form_template_versions"),
        ),
        sa.PrimaryKeyConstraint("form", "version", "sample", name=op.f("pk_template_comparisons")),
    )
