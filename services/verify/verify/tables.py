"""Tables. Everything is in the schema ``projection``: fed by events, free to drop and rebuild."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.db import NAMING
from chassis.inbox import inbox_table

SCHEMA = "projection"
metadata = MetaData(schema=SCHEMA, naming_convention=NAMING)

inbox = inbox_table(metadata)

certificates = Table(
    "certificates",
    metadata,
    Column("certificate_id", Uuid, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("aggregate_version", BigInteger, nullable=False),
    # When the producer told this version; compared with the ledger's instants.
    Column("told_at", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False),
    Column("name_masked", Text, nullable=False),
    Column("management_number", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("certificate_version", Integer, nullable=False),
    Column("total_tenths", Integer, nullable=False),
    Column("public_tenths", Integer, nullable=False),
    Column("professional_tenths", Integer, nullable=False),
    Column("employer_name", Text, nullable=False),
    Column("office_id", Uuid, nullable=False),
    Column("office_name", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    # Empty in rows from before these were kept, until the projection is rebuilt.
    Column("name_check", LargeBinary),
    Column("person_id", Uuid),
    Column("employer_id", Uuid),
    Column("file_sha256", LargeBinary),
    Column("file_bytes", BigInteger),
    Column("record_digest", LargeBinary),
    Index("ix_certificates_management_number", "management_number"),
    Index("ix_certificates_person_id", "person_id"),
    Column("sex", Text, nullable=False, server_default=""),
    Column("identity_masked", Text, nullable=False, server_default=""),
    Column("title_level", Text, nullable=False, server_default=""),
    Column("status_index", BigInteger),
    # The version before it, whose place it has taken.
    Column("supersedes", Uuid),
    Index(
        "ix_certificates_supersedes",
        "supersedes",
        postgresql_where=text("supersedes IS NOT NULL"),
    ),
    Index("ix_certificates_status_index", "status_index"),
    CheckConstraint("state IN ('valid', 'suspended', 'superseded', 'revoked')", name="state_known"),
)

seals = Table(
    "seals",
    metadata,
    Column("seal_id", Uuid, primary_key=True),
    Column("aggregate_version", BigInteger, nullable=False),
    Column("office_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    # SHA-256 of the certificate that signs; what an uploaded file's signer is compared with.
    Column("signer_sha256", LargeBinary),
    Index("ix_seals_office_id", "office_id"),
)

offices = Table(
    "offices",
    metadata,
    Column("organisation_id", Uuid, primary_key=True),
    Column("aggregate_version", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
)

# Every organisation's place in the tree: whose certificates an office may look up.
organisations = Table(
    "organisations",
    metadata,
    Column("organisation_id", Uuid, primary_key=True),
    Column("aggregate_version", BigInteger, nullable=False),
    Column("path", Text, nullable=False),
    Index("ix_organisations_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
)

# Systems of other bodies that ask with a token of their own.
clients = Table(
    "clients",
    metadata,
    Column("client_id", Uuid, primary_key=True),
    Column("aggregate_version", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("checks_per_day", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
)

# Heartbeats of the ledger: those still waiting, and the recent past that a cache may have missed.
heartbeats = Table(
    "heartbeats",
    metadata,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("size", BigInteger, nullable=False),
    Column("as_of", DateTime(timezone=True), nullable=False),
    Column("entries", JSONB, nullable=False),
)

# One row: the last heartbeat up to which everything is applied.
freshness = Table(
    "freshness",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("as_of", DateTime(timezone=True), nullable=False),
    CheckConstraint("id = 1", name="single_row"),
)

# How each certificate stands, two bits each (verify/status_list.py); a row for each list.
status_lists = Table(
    "status_lists",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("slots", LargeBinary, nullable=False),
    Column("digest", Text, nullable=False),
)

# One row: the heartbeat up to which the slots are complete.
status_reach = Table(
    "status_reach",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
    CheckConstraint("id = 1", name="single_row"),
)
