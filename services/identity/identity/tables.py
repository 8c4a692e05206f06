"""The tables of identity. Personal data: people.name, accounts.display_name, id_documents."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from chassis.audit import audit_tables
from chassis.db import new_metadata
from chassis.idempotency import idempotency_table
from chassis.inbox import inbox_table
from chassis.outbox import outbox_table
from chassis.parked import parked_table
from identity.tables_of_clients import client_tables
from identity.tables_of_sessions import session_tables

metadata = new_metadata()

outbox = outbox_table(metadata)
inbox = inbox_table(metadata)
parked = parked_table(metadata)
idempotency_keys = idempotency_table(metadata)
audit = audit_tables(metadata)

organisations = Table(
    "organisations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("parent_id", Uuid, ForeignKey("organisations.id")),
    Column("valid_from", Date, nullable=False),
    Column("path", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text(collation="C"), nullable=False),
    Column("code", Text),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("code"),
    UniqueConstraint("path"),
    Index("ix_organisations_path_subtree", "path", postgresql_ops={"path": "text_pattern_ops"}),
    Index("ix_organisations_parent_id", "parent_id"),
    Index("ix_organisations_name_id", "name", "id"),
)

rollouts = Table(
    "rollouts",
    metadata,
    Column("organisation_id", Uuid, ForeignKey("organisations.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("paper_until", Date),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("identity_masked", Text, nullable=False),
    Column("sex", Text, nullable=False),
    Column("title_level", Text, nullable=False),
    Column("title_series", Text),
    Column("registered_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

# Outlives the person (no foreign key, no deletion: see the migration), so that a number is never
# given twice and a person never holds two.
management_numbers = Table(
    "management_numbers",
    metadata,
    Column("number", Text, primary_key=True),
    Column("person_id", Uuid, nullable=False),
    Column("issued_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("person_id"),
)

id_documents = Table(
    "id_documents",
    metadata,
    Column("person_id", Uuid, ForeignKey("people.id"), primary_key=True),
    Column("id_type", Text, nullable=False),
    Column("sealed_number", Text, nullable=False),
    Column("index_key_version", Integer, nullable=False),
    Column("blind_index", LargeBinary, nullable=False),
    UniqueConstraint("blind_index", "index_key_version"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid, ForeignKey("people.id")),
    Column("username", Text),
    # Name of an administrator who is not a technician; a technician's is in people.
    Column("display_name", Text),
    Column("password_hash", Text, nullable=False),
    # Chosen by whoever made the account: its holder is to change it.
    Column("password_initial", Boolean, nullable=False, server_default=text("false")),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("person_id"),
    UniqueConstraint("username"),
    CheckConstraint("person_id IS NOT NULL OR username IS NOT NULL", name="has_a_login"),
)

grants = Table(
    "grants",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("account_id", Uuid, ForeignKey("accounts.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("organisation_id", Uuid, ForeignKey("organisations.id"), nullable=False),
    Column("granted_by", Text, nullable=False),
    Column("granted_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Index(
        "uq_grants_held",
        "account_id",
        "role",
        "organisation_id",
        unique=True,
        postgresql_where=text("ended_at IS NULL"),
    ),
    Index("ix_grants_organisation_id", "organisation_id"),
)

# Failures since the last success, by account, or by a keyed hash of a login nobody has: unknown
# logins are locked exactly like known ones.
log_in_failures = Table(
    "log_in_failures",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
    Index("ix_log_in_failures_last_at", "last_at"),
)

affiliations = Table(
    "affiliations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person_id", Uuid, ForeignKey("people.id"), nullable=False),
    Column("organisation_id", Uuid, ForeignKey("organisations.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("title_level", Text, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    Column("reason", Text),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    # One employer at a time, and one request at a time.
    Index(
        "uq_affiliations_confirmed",
        "person_id",
        unique=True,
        postgresql_where=text("state = 'confirmed'"),
    ),
    Index(
        "uq_affiliations_requested",
        "person_id",
        unique=True,
        postgresql_where=text("state = 'requested'"),
    ),
    Index("ix_affiliations_organisation_id_state", "organisation_id", "state", "id"),
    Index("ix_affiliations_person_id", "person_id"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid, ForeignKey("people.id"), nullable=False),
    Column("template", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("subject_version", Integer, nullable=False),
    # Text that the sending service wrote for the person, without personal data.
    Column("task", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
    # A republished event has a new id but tells nothing new.
    UniqueConstraint("subject_id", "subject_version", "template"),
    Column("read_at", DateTime(timezone=True)),
    Index("ix_messages_person_id", "person_id", "id"),
    Index("ix_messages_unread", "person_id", postgresql_where=text("read_at IS NULL")),
)

api_clients, api_client_secrets = client_tables(metadata)
sessions, refresh_tokens = session_tables(metadata)
