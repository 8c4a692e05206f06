"""How often a certificate was checked, as its holder sees it."""

from sqlalchemy import BigInteger, Column, DateTime, Index, Integer, MetaData, Table, Text, Uuid


def check_table(metadata: MetaData) -> Table:
    """Declare the counts by certificate, hour and kind of verifier."""
    return Table(
        "certificate_checks",
        metadata,
        # The counting service's id and version; share codes are counted here itself.
        Column("id", Uuid, primary_key=True),
        Column("version", BigInteger, nullable=False),
        Column("certificate_id", Uuid, nullable=False),
        Column("hour", DateTime(timezone=True), nullable=False),
        Column("verifier", Text, nullable=False),
        Column("organisation_id", Uuid),
        Column("client_name", Text),
        Column("purpose", Text),
        Column("count", Integer, nullable=False),
        Index("ix_certificate_checks_certificate_id", "certificate_id", "hour", "id"),
        Index("ix_certificate_checks_hour", "hour"),
    )
