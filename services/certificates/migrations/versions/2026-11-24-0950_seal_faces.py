"""The impression an office files with its seal, how the seal is drawn, and its application."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KEEP = (
    """
CREATE FUNCTION seal_drawing_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'drawings and applications of seals are kept as they are';
END $$
""",
    """
CREATE FUNCTION filed_seal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('active', 'suspended', 'replaced')
       AND (NEW.name, NEW.office_id, NEW.face, NEW.impression_sha256, NEW.drawing_sha256,
            NEW.signer_sha256, NEW.development)
       IS DISTINCT FROM (OLD.name, OLD.office_id, OLD.face, OLD.impression_sha256,
            OLD.drawing_sha256, OLD.signer_sha256, OLD.development) THEN
        RAISE EXCEPTION 'a filed seal keeps its face and its certificate';
    END IF;
    RETURN NEW;
END $$
""",
    """
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON seal_drawings
    FOR EACH ROW EXECUTE FUNCTION seal_drawing_stays()
""",
    """
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON seal_applications
    FOR EACH ROW EXECUTE FUNCTION seal_drawing_stays()
""",
    """
CREATE TRIGGER stays BEFORE UPDATE ON seals
    FOR EACH ROW EXECUTE FUNCTION filed_seal_stays()
""",
)


def upgrade() -> None:
    op.create_table(
        "seal_drawings",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("operators", sa.LargeBinary(), nullable=False),
        sa.Column("development", sa.Boolean(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "sha256 = encode(sha256(operators), 'hex')",
            name=op.f("ck_seal_drawings_named_by_content"),
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_seal_drawings")),
    )
    # Seals filed before this revision are drawn from their names, as they always were.
    op.add_column("seals", sa.Column("face", sa.Text(), server_default="generated", nullable=False))
    op.add_column("seals", sa.Column("impression_sha256", sa.Text(), nullable=True))
    op.add_column("seals", sa.Column("drawing_sha256", sa.Text(), nullable=True))
    op.create_foreign_key(
        op.f("fk_seals_drawing_sha256_seal_drawings"),
        "seals",
        "seal_drawings",
        ["drawing_sha256"],
        ["sha256"],
    )
    op.create_check_constraint(
        op.f("ck_seals_face_known"), "seals", "face IN ('generated', 'impression')"
    )
    op.create_check_constraint(
        op.f("ck_seals_impression_of_its_face"),
        "seals",
        "face = 'impression' OR impression_sha256 IS NULL",
    )
    op.create_table(
        "seal_applications",
        sa.Column("seal_id", sa.Uuid(), nullable=False),
        sa.Column("drawing_sha256", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("template_version", sa.Text(), nullable=False),
        sa.Column("template_digest", sa.Text(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["seal_id"], ["seals.id"], name=op.f("fk_seal_applications_seal_id_seals")
        ),
        sa.PrimaryKeyConstraint("seal_id", "drawing_sha256", name=op.f("pk_seal_applications")),
    )
    for statement in _KEEP:
        op.execute(statement)
