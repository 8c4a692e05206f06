"""Tables of the schema ``records``: what this service alone knows, backed up and never rebuilt."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Sequence,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.audit import audit_tables
from chassis.db import NAMING
from chassis.idempotency import idempotency_table
from chassis.outbox import outbox_table
from chassis.parked import parked_table

RECORDS = "records"
records = MetaData(schema=RECORDS, naming_convention=NAMING)

outbox = outbox_table(records)
parked = parked_table(records)
idempotency = idempotency_table(records)
audit = audit_tables(records)

# How much of its daily allowance an office or a client has used.
quota_uses = Table(
    "quota_uses",
    records,
    Column("subject", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("used", Integer, nullable=False),
    Index("ix_quota_uses_day", "day"),
)

receipts = Table(
    "receipts",
    records,
    Column("code", Text, primary_key=True),
    # The signed bytes as they were handed out; masked facts only.
    Column("signed", Text, nullable=False),
    Column("issued_at", DateTime(timezone=True), nullable=False),
    Index("ix_receipts_issued_at", "issued_at"),
)

# How often a certificate was checked, by kind of verifier and hour; who checked is kept nowhere.
check_counts = Table(
    "check_counts",
    records,
    Column("certificate_id", Uuid, primary_key=True),
    Column("verifier", Text, primary_key=True),
    Column("hour", DateTime(timezone=True), primary_key=True),
    Column("id", Uuid, nullable=False, unique=True),
    Column("count", Integer, nullable=False),
    # How many of them have been told to the holder's service, and in how many events.
    Column("told", Integer, nullable=False, server_default="0"),
    Column("told_version", BigInteger, nullable=False, server_default="0"),
    Index("ix_check_counts_untold", "hour", postgresql_where="count > told"),
    Index("ix_check_counts_hour", "hour"),
)

batches = Table(
    "batches",
    records,
    Column("id", Uuid, primary_key=True),
    Column("owner", Text, nullable=False),
    # The organisations the asker acted for, as paths of that moment: the scope of every row.
    Column("scopes", JSONB, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("format", Text, nullable=False),
    # Both encrypted; gone when the batch expires.
    Column("input", LargeBinary),
    Column("output", LargeBinary),
    Column("rows", Integer),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("matched", Integer, nullable=False, server_default="0"),
    Column("problem", Text),
    # How often a worker began; one that dies each time is given up.
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("state IN ('waiting', 'running', 'finished', 'failed')", name="state_known"),
    Index("ix_batches_open", "id", postgresql_where="state IN ('waiting', 'running')"),
    Index("ix_batches_owner", "owner", "id"),
    Index("ix_batches_expires_at", "expires_at"),
)

# Results of rows already judged, so that a killed worker's successor goes on instead of again.
batch_parts = Table(
    "batch_parts",
    records,
    Column("batch_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("results", JSONB, nullable=False),
)

webhooks = Table(
    "webhooks",
    records,
    Column("client", Text, primary_key=True),
    Column("url", Text, nullable=False),
    # What deliveries are signed with, encrypted; shown to the client once.
    Column("secret", Text, nullable=False),
    # Signs beside the new one until then, so that a client can change over.
    Column("previous_secret", Text),
    Column("previous_until", DateTime(timezone=True)),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

# What a client has been told of a certificate; a change of it is delivered to the client.
told_clients = Table(
    "told_clients",
    records,
    Column("certificate_id", Uuid, primary_key=True),
    Column("client", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("aggregate_version", BigInteger, nullable=False),
    Column("told_at", DateTime(timezone=True), nullable=False),
    Index("ix_told_clients_told_at", "told_at"),
)

change_numbers = Sequence("change_numbers", schema=RECORDS)

# What clients are told of: every change of a certificate they checked, and trials of a web hook.
deliveries = Table(
    "deliveries",
    records,
    Column("id", Uuid, primary_key=True),
    Column("client", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", DateTime(timezone=True), nullable=False),
    Column("last_problem", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    # ``change`` or ``test``.
    Column("kind", Text, nullable=False, server_default="change"),
    # Given after the commit by one writer: who fetches changes by number misses none.
    Column("number", BigInteger),
    # ``recorded``: to be fetched; there was no web hook to deliver to.
    CheckConstraint("state IN ('recorded', 'pending', 'delivered', 'dead')", name="state_known"),
    Index("ix_deliveries_unnumbered", "id", postgresql_where="number IS NULL"),
    Index("ix_deliveries_changes", "client", "number", postgresql_where="kind = 'change'"),
    Index("ix_deliveries_pending", "next_at", postgresql_where="state = 'pending'"),
    Index("ix_deliveries_client", "client", "id"),
    Index("ix_deliveries_created_at", "created_at"),
)

# The signed status lists as they are handed out, also while the projection is rebuilt.
status_tokens = Table(
    "status_tokens",
    records,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("token", Text, nullable=False),
    # Of the text: what readers compare.
    Column("digest", Text, nullable=False),
    # Of the slots as signed: whether they have changed since.
    Column("slots_digest", Text, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("as_of", DateTime(timezone=True), nullable=False),
)
