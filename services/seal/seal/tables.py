"""The service's tables; the migrations build them."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from chassis.audit import audit_tables
from chassis.db import new_metadata

metadata = new_metadata()
audit = audit_tables(metadata)

access_tokens = Table(
    "access_tokens",
    metadata,
    Column("token_sha256", LargeBinary, primary_key=True),
    Column("client", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Index("ix_access_tokens_expires_at", "expires_at"),
)

activations = Table(
    "activations",
    metadata,
    Column("sad_sha256", LargeBinary, primary_key=True),
    Column("client", Text, nullable=False),
    Column("credential", Text, nullable=False),
    Column("hashes", ARRAY(LargeBinary), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
    Index("ix_activations_expires_at", "expires_at"),
)

signing_requests = Table(
    "signing_requests",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("client", Text, nullable=False),
    Column("request_key", Text, nullable=False),
    Column("credential", Text, nullable=False),
    Column("hashes_sha256", LargeBinary, nullable=False),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("client", "request_key"),
)

# Kept so that an entry of years ago still verifies after the seal's certificate was replaced.
signing_certificates = Table(
    "signing_certificates",
    metadata,
    Column("sha256", LargeBinary, primary_key=True),
    Column("der", LargeBinary, nullable=False),
    Column("first_used_at", DateTime(timezone=True), nullable=False),
)

signatures = Table(
    "signatures",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("id", Uuid, nullable=False, unique=True),
    Column("request_id", Uuid, ForeignKey("signing_requests.id"), nullable=False),
    Column("request_key", Text, nullable=False),
    Column("signed_at", DateTime(timezone=True), nullable=False),
    Column("client", Text, nullable=False),
    Column("credential", Text, nullable=False),
    Column(
        "certificate_sha256",
        LargeBinary,
        ForeignKey("signing_certificates.sha256"),
        nullable=False,
    ),
    Column("hash", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("entry_hash", LargeBinary, nullable=False),
    Index("ix_signatures_request_id", "request_id", "position"),
)
