"""Tables of the files' revisions and of what the authorities say for them."""

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
)


def revision_tables(metadata: MetaData) -> tuple[Table, Table, Table]:
    """Declare revisions, the work of the next ones, and OCSP answers."""
    # Every file a certificate ever had. r1 is as sealed; each later one is the one before it and
    # more, so all of them stay good for ever.
    file_revisions = Table(
        "file_revisions",
        metadata,
        Column("certificate_id", ForeignKey("certificates.certificate_id"), primary_key=True),
        Column("revision", Integer, primary_key=True, autoincrement=False),
        Column("kind", Text, nullable=False),
        Column("sha256", Text, nullable=False, unique=True),
        Column("size_bytes", Integer, nullable=False),
        Column("made_at", DateTime(timezone=True), nullable=False),
        # Of the timestamp: when it was made, who makes them, when the first of those ends.
        Column("stamped_at", DateTime(timezone=True)),
        Column("stamp_chain", ARRAY(LargeBinary)),
        Column("stamp_ends_at", DateTime(timezone=True)),
        CheckConstraint("kind IN ('sealed', 'validated', 'renewed')", name="kind_known"),
        CheckConstraint("(kind = 'sealed') = (revision = 1)", name="first_is_sealed"),
        CheckConstraint("(kind = 'sealed') = (stamp_ends_at IS NULL)", name="later_are_stamped"),
    )

    # The next revision of each file: soon after the seal, then before each timestamp ends.
    revision_work = Table(
        "revision_work",
        metadata,
        Column("certificate_id", ForeignKey("certificates.certificate_id"), primary_key=True),
        Column("due_at", DateTime(timezone=True), nullable=False),
        Column("attempts", Integer, nullable=False, server_default="0"),
        Column("last_error", Text),
        Column("lease_token", Uuid),
        Column("leased_until", DateTime(timezone=True)),
        Index("ix_revision_work_due_at", "due_at"),
    )

    # What the authorities answered about single certificates, shared by all documents under them.
    ocsp_answers = Table(
        "ocsp_answers",
        metadata,
        Column("certificate_sha256", Text, primary_key=True),
        Column("content", LargeBinary, nullable=False),
        Column("issued_at", DateTime(timezone=True), nullable=False),
        Column("fetched_at", DateTime(timezone=True), nullable=False),
    )
    return file_revisions, revision_work, ocsp_answers
