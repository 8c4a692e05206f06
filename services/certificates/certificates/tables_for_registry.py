"""Tables of the seal registry: documents handed out, warnings told, faces and applications."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)


def registry_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Return seal_errands and seal_warnings."""
    errands = Table(
        "seal_errands",
        metadata,
        Column(
            "intent_id",
            ForeignKey("prepared_documents.intent_id", ondelete="CASCADE"),
            primary_key=True,
        ),
        # Who knows it may deliver the sealed file, which then has to pass the gate.
        Column("ticket", Text, nullable=False, unique=True),
        # Where the service said to ask.
        Column("location", Text),
        # Why it was not sealed, in the service's own code.
        Column("refusal", Text),
        Column("asked_at", DateTime(timezone=True), nullable=False),
        Column("returned", LargeBinary),
        Column("returned_at", DateTime(timezone=True)),
    )
    warnings = Table(
        "seal_warnings",
        metadata,
        Column("seal_id", ForeignKey("seals.id"), primary_key=True),
        Column("days", Integer, primary_key=True, autoincrement=False),
        Column("told_at", DateTime(timezone=True), nullable=False),
    )
    return errands, warnings


def face_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Return seal_drawings and seal_applications; triggers keep their rows as they are."""
    drawings = Table(
        "seal_drawings",
        metadata,
        Column("sha256", Text, primary_key=True),
        # What every certificate shows, as PDF operators.
        Column("operators", LargeBinary, nullable=False),
        Column("development", Boolean, nullable=False),
        Column("drawn_at", DateTime(timezone=True), nullable=False),
        CheckConstraint("sha256 = encode(sha256(operators), 'hex')", name="named_by_content"),
    )
    applications = Table(
        "seal_applications",
        metadata,
        Column("seal_id", ForeignKey("seals.id"), primary_key=True),
        # An impression handed in anew makes a new application.
        Column("drawing_sha256", Text, primary_key=True),
        Column("file_sha256", Text, nullable=False),
        Column("template_version", Text, nullable=False),
        Column("template_digest", Text, nullable=False),
        Column("printed_at", DateTime(timezone=True), nullable=False),
    )
    return drawings, applications
