"""The tables of API clients: systems of other bodies that ask ours with a secret of their own."""

from sqlalchemy import (
    ARRAY,
    Boolean,
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


def client_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Declare clients and their secrets."""
    api_clients = Table(
        "api_clients",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("version", Integer, nullable=False),
        Column("name", Text, nullable=False),
        Column("organisation_id", Uuid, ForeignKey("organisations.id"), nullable=False),
        Column("scopes", ARRAY(Text), nullable=False),
        Column("checks_per_day", Integer, nullable=False),
        Column("active", Boolean, nullable=False),
        Column("registered_by", Text, nullable=False),
        Column("registered_at", DateTime(timezone=True), nullable=False),
        Column("changed_at", DateTime(timezone=True), nullable=False),
        # Tokens issued since an instant not longer ago than an hour.
        Column("tokens", Integer, nullable=False, server_default="0"),
        Column("tokens_since", DateTime(timezone=True)),
        Index("ix_api_clients_organisation_id", "organisation_id"),
    )
    # A secret is shown once and kept as a hash; two of a client are good while it changes over.
    api_client_secrets = Table(
        "api_client_secrets",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("client_id", Uuid, ForeignKey("api_clients.id"), nullable=False),
        Column("secret_hash", LargeBinary, nullable=False),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Column("ends_at", DateTime(timezone=True)),
        # Shows whether a client still uses the secret that is about to end.
        Column("last_used_at", DateTime(timezone=True)),
        Index("ix_api_client_secrets_client_id", "client_id"),
    )
    return api_clients, api_client_secrets
