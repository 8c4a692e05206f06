"""Tables of the seal registry: documents handed out whole, and what was told about a seal's end."""

from sqlalchemy import Column, DateTime, ForeignKey, Integer, LargeBinary, MetaData, Table, Text


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
