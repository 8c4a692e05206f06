"""The service's tables; the migrations build them."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.audit import audit_tables
from chassis.db import new_metadata
from chassis.idempotency import idempotency_table
from chassis.inbox import inbox_table
from chassis.outbox import outbox_table
from chassis.parked import parked_table

metadata = new_metadata()
outbox = outbox_table(metadata)
inbox = inbox_table(metadata)
parked = parked_table(metadata)
idempotency = idempotency_table(metadata)
audit = audit_tables(metadata)

# Copies of what other services own, fed by events alone; ``version`` is the aggregate's.

organisations = Table(
    "organisations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("parent_id", Uuid),
    Column("path", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Index("ix_organisations_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
)

persons = Table(
    "persons",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("management_number", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("title_level", Text, nullable=False),
    Column("title_series", Text),
)

affiliations = Table(
    "affiliations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person_id", Uuid, ForeignKey("persons.id"), nullable=False),
    Column("organisation_id", Uuid, ForeignKey("organisations.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("title_level", Text, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    Index("ix_affiliations_person_id", "person_id", "starts_on"),
)

rollouts = Table(
    "rollouts",
    metadata,
    Column("organisation_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("paper_until", Date),
)

certificates = Table(
    "certificates",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("account_id", Uuid, ForeignKey("year_accounts.id"), nullable=False),
    Column("document_version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("office_name", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("noted_at", DateTime(timezone=True), nullable=False),
    Index("ix_certificates_account_id", "account_id", "document_version"),
)

parked_certificates = Table(
    "parked_certificates",
    metadata,
    Column("intent_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("account_id", Uuid, ForeignKey("year_accounts.id"), nullable=False),
    Column("reason_code", Text, nullable=False),
    Column("task", Text, nullable=False),
    Column("noted_at", DateTime(timezone=True), nullable=False),
    Index("ix_parked_certificates_account_id", "account_id"),
)

# Reference data: rules and lists an administrator may change; every row says where it is from.

subject_kinds = Table(
    "subject_kinds",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

activity_kinds = Table(
    "activity_kinds",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("evidence_required", Boolean, nullable=False),
    Column("evidence_hint", Text, nullable=False),
    Column("source_note", Text, nullable=False),
    Column("unconfirmed", Boolean, nullable=False),
)

reason_codes = Table(
    "reason_codes",
    metadata,
    Column("code", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

rules = Table(
    "rules",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("year_from", Integer, nullable=False),
    Column("year_to", Integer),
    Column("levels", ARRAY(Text)),
    Column("series", Text),
    Column("region_id", Uuid),
    Column("total_tenths", Integer, nullable=False),
    Column("minimum_tenths", JSONB, nullable=False),
    Column("filing_days_after", Integer, nullable=False),
    Column("in_force", Boolean, nullable=False),
    Column("unconfirmed", Boolean, nullable=False),
    Column("source_note", Text, nullable=False),
    CheckConstraint("total_tenths > 0", name="total_positive"),
    CheckConstraint("year_to IS NULL OR year_to >= year_from", name="years_ascend"),
)

# What this service owns.

evidence = Table(
    "evidence",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("uploaded_at", DateTime(timezone=True), nullable=False),
    Index("ix_evidence_person_id", "person_id"),
    Index("ix_evidence_sha256", "sha256"),
)

_FILTERED = ("year", "subject_kind", "activity_kind")

claims = Table(
    "claims",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid, ForeignKey("persons.id"), nullable=False),
    Column("organisation_id", Uuid, ForeignKey("organisations.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("subject_kind", Text, ForeignKey("subject_kinds.code"), nullable=False),
    Column("activity_kind", Text, ForeignKey("activity_kinds.code"), nullable=False),
    Column("title", Text, nullable=False),
    Column("credit_tenths", Integer, nullable=False),
    Column("approved_tenths", Integer),
    Column("started_on", Date, nullable=False),
    Column("ended_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("submitted_at", DateTime(timezone=True), nullable=False),
    Column("waiting_since", DateTime(timezone=True)),
    Column("reason_code", Text),
    Column("reason", Text),
    Column("remedy", Text),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("credit_tenths > 0", name="credit_positive"),
    CheckConstraint("approved_tenths BETWEEN 1 AND credit_tenths", name="approved_in_range"),
    CheckConstraint("state <> 'approved' OR approved_tenths IS NOT NULL", name="approved_counts"),
    Index("ix_claims_person_id", "person_id", "year", "state"),
    Index("ix_claims_own", "person_id", "submitted_at", "id"),
    # Both hold all that the queue filters by: a page is found without reading a claim.
    Index(
        "ix_claims_queue",
        "state",
        "submitted_at",
        "id",
        postgresql_include=["organisation_id", "person_id", *_FILTERED],
        postgresql_where="state IN ('submitted', 'employer_approved')",
    ),
    Index(
        "ix_claims_queue_at",
        "organisation_id",
        "state",
        "submitted_at",
        "id",
        postgresql_include=["person_id", *_FILTERED],
        postgresql_where="state IN ('submitted', 'employer_approved')",
    ),
    Index("ix_claims_updated_at", "updated_at"),
)

claim_evidence = Table(
    "claim_evidence",
    metadata,
    Column("claim_id", Uuid, ForeignKey("claims.id"), primary_key=True),
    Column("evidence_id", Uuid, ForeignKey("evidence.id"), primary_key=True),
    Column("position", Integer, nullable=False),
    Index("ix_claim_evidence_evidence_id", "evidence_id"),
)

# Who is at work on a waiting claim; free again by itself once the time is over.
review_assignments = Table(
    "review_assignments",
    metadata,
    Column("claim_id", Uuid, ForeignKey("claims.id"), primary_key=True),
    Column("held_by", Text, nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    Index("ix_review_assignments_until", "until"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("claim_id", Uuid, ForeignKey("claims.id"), primary_key=True),
    # The version of the claim that this decision made: no two decisions can make the same one.
    Column("claim_version", Integer, primary_key=True),
    Column("step", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("approved_tenths", Integer),
    Column("subject_kind", Text, nullable=False),
    Column("reason_code", Text),
    Column("reason", Text),
    Column("remedy", Text),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
)

year_accounts = Table(
    "year_accounts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid, ForeignKey("persons.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("completion", Integer, nullable=False),
    Column("counted", JSONB, nullable=False),
    Column("attested", JSONB, nullable=False),
    # Fixed by the last completion; empty before the first.
    Column("completed_at", DateTime(timezone=True)),
    Column("employer_id", Uuid),
    Column("title_level", Text),
    Column("rule_id", Uuid),
    Column("rule_version", Integer),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("person_id", "year"),
    CheckConstraint("state <> 'completed' OR completed_at IS NOT NULL", name="completed_has_time"),
    Index("ix_year_accounts_updated_at", "updated_at"),
)
