"""The tables of this service: copies of others' facts, intents, certificates, seals, ledger."""

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
    LargeBinary,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from certificates.tables_for_lifecycle import comparison_tables, revocation_tables
from certificates.tables_for_readers import (
    download_tables,
    ledger_tables,
    log_tables,
    share_tables,
)
from certificates.tables_for_registry import face_tables, registry_tables
from certificates.tables_of_canaries import canary_tables
from certificates.tables_of_checks import check_table
from certificates.tables_of_lanes import lane_tables
from certificates.tables_of_omissions import omission_table
from certificates.tables_of_quarantines import quarantine_table
from certificates.tables_of_revisions import revision_tables
from certificates.tables_of_templates import template_tables
from chassis.approvals import approvals_table
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
approvals = approvals_table(metadata)
audit = audit_tables(metadata)

# Own copies of identity's facts. ``version`` is the aggregate version they were taken from.
persons = Table(
    "persons",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("management_number", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("identity_masked", Text, nullable=False),
    Column("sex", Text, nullable=False),
    Column("status", Text, nullable=False),
)

affiliations = Table(
    "affiliations",
    metadata,
    Column("affiliation_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("organisation_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    Index("ix_affiliations_person_id", "person_id"),
)

organisations = Table(
    "organisations",
    metadata,
    Column("organisation_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("parent_id", Uuid),
    Column("path", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("code", Text),
    Column("active", Boolean, nullable=False),
    # Subtree filters are prefix matches on the path.
    Index("ix_organisations_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
)

rollouts = Table(
    "rollouts",
    metadata,
    Column("organisation_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("paper_until", Date),
)

# The newest word of hours about each person's year: decides whether an older event is late.
year_accounts = Table(
    "year_accounts",
    metadata,
    Column("account_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("completion", Integer, nullable=False),
    Column("state", Text, nullable=False),
)

status_indexes = Sequence("status_indexes", start=0, minvalue=0, metadata=metadata)

_OPEN = "state IN ('planned', 'parked', 'rendered', 'sealing', 'quarantined')"

intents = Table(
    "intents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("aggregate_version", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    # Step 1: fixed at the instant of completion.
    Column("person_id", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("completion", Integer, nullable=False),
    Column("completed_at", DateTime(timezone=True), nullable=False),
    Column("employer_id", Uuid, nullable=False),
    Column("office_id", Uuid),
    Column("title_level", Text, nullable=False),
    Column("rule_id", Uuid, nullable=False),
    Column("rule_version", Integer, nullable=False),
    Column("total_tenths", Integer, nullable=False),
    Column("public_tenths", Integer, nullable=False),
    Column("professional_tenths", Integer, nullable=False),
    # Step 2: why it is parked and what a person must do.
    Column("reason_code", Text),
    Column("task", Text),
    # Step 3: what is about to be sealed; the prepared bytes are in prepared_documents.
    Column("certificate_id", Uuid),
    Column("version", Integer),
    Column("status_index", BigInteger),
    Column("seal_id", Uuid),
    Column("token_hash", LargeBinary),
    Column("record", LargeBinary),
    # Step 5: the returned file that failed the gate, kept for the investigation.
    Column("quarantined_sha256", Text),
    # Work: who holds it, how often it was tried, when again.
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", DateTime(timezone=True)),
    Column("last_error", Text),
    Column("lease_token", Uuid),
    Column("leased_until", DateTime(timezone=True)),
    Column("deadline_at", DateTime(timezone=True), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    # The story it belongs to, so that one trace runs from the review to the verification.
    Column("correlation_id", Text, nullable=False),
    Column("causation_id", Text, nullable=False),
    Column("traceparent", Text, nullable=False),
    # A corrected copy of the same completion: which one, who asked for it, and why.
    Column("correction", Integer, nullable=False, server_default="0"),
    Column("correction_by", Text),
    Column("correction_reason", Text),
    UniqueConstraint("person_id", "year", "completion", "correction"),
    UniqueConstraint("person_id", "year", "version"),
    UniqueConstraint("certificate_id"),
    UniqueConstraint("status_index"),
    Index("uq_intents_open", "person_id", "year", unique=True, postgresql_where=_OPEN),
    Index(
        "ix_intents_work",
        "state",
        "next_attempt_at",
        postgresql_where="state IN ('planned', 'rendered', 'sealing')",
    ),
    Index("ix_intents_office", "office_id", "state", "id"),
    CheckConstraint(
        "state IN ('planned', 'parked', 'rendered', 'sealing', 'quarantined', 'cancelled',"
        " 'issued')",
        name="state_known",
    ),
    CheckConstraint("(state = 'parked') = (task IS NOT NULL)", name="parked_has_task"),
)

prepared_documents = Table(
    "prepared_documents",
    metadata,
    Column("intent_id", ForeignKey("intents.id"), primary_key=True),
    Column("prepared", LargeBinary, nullable=False),
    Column("digest_to_sign", LargeBinary, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

_IN_FORCE = "state IN ('valid', 'suspended')"

certificates = Table(
    "certificates",
    metadata,
    Column("certificate_id", Uuid, primary_key=True),
    Column("aggregate_version", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("state_reason", Text),
    Column("intent_id", ForeignKey("intents.id"), nullable=False, unique=True),
    Column("person_id", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("completion", Integer, nullable=False),
    Column("supersedes", Uuid),
    Column("management_number", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("identity_masked", Text, nullable=False),
    Column("sex", Text, nullable=False),
    Column("employer_id", Uuid, nullable=False),
    Column("employer_name", Text, nullable=False),
    Column("title_level", Text, nullable=False),
    Column("total_tenths", Integer, nullable=False),
    Column("public_tenths", Integer, nullable=False),
    Column("professional_tenths", Integer, nullable=False),
    Column("office_id", Uuid, nullable=False),
    Column("office_name", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("issued_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("status_index", BigInteger, nullable=False, unique=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("record", LargeBinary, nullable=False),
    Column("record_digest", LargeBinary, nullable=False),
    Column("template_version", Text, nullable=False),
    # Digest of that version's files; those issued before there was one have none.
    Column("template_digest", Text),
    Column("seal_id", ForeignKey("seals.id"), nullable=False),
    Column("signer_certificate", LargeBinary, nullable=False),
    Column("rendered_length", Integer, nullable=False),
    Column("file_sha256", Text, nullable=False),
    Column("file_bytes", Integer, nullable=False),
    # What the office should look at, for example that the year was reopened after the issue.
    Column("attention", Text),
    UniqueConstraint("person_id", "year", "version"),
    # The guarantee of the whole service: never two certificates in force for one person's year.
    Index("uq_certificates_in_force", "person_id", "year", unique=True, postgresql_where=_IN_FORCE),
    Index("ix_certificates_person_id", "person_id", "certificate_id"),
    Index("ix_certificates_employer_id", "employer_id", "certificate_id"),
    Index("ix_certificates_management_number", "management_number"),
    # How many there are in each state is counted from it alone.
    Index("ix_certificates_state", "state"),
    CheckConstraint("state IN ('valid', 'suspended', 'superseded', 'revoked')", name="state_known"),
)

seals = Table(
    "seals",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("aggregate_version", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("state_reason", Text),
    Column("office_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("credential_id", Text, nullable=False),
    # Pinned at inspection: what the filing approves and the gate insists on.
    Column("signer_certificate", LargeBinary),
    Column("chain", ARRAY(LargeBinary)),
    Column("signer_sha256", Text),
    Column("valid_until", DateTime(timezone=True)),
    Column("development", Boolean),
    # How it looks on certificates: drawn from its name, or traced from its impression.
    Column("face", Text, nullable=False, server_default="generated"),
    Column("impression_sha256", Text),
    # None for seals filed when drawings were not kept yet.
    Column("drawing_sha256", ForeignKey("seal_drawings.sha256")),
    Column("last_error", Text),
    Column("applied_by", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Index("uq_seals_active", "office_id", unique=True, postgresql_where="state = 'active'"),
    CheckConstraint(
        "state IN ('applied', 'inspected', 'rejected', 'active', 'suspended', 'replaced')",
        name="state_known",
    ),
    CheckConstraint(
        "state IN ('applied', 'rejected') OR signer_certificate IS NOT NULL", name="pinned"
    ),
    CheckConstraint("face IN ('generated', 'impression')", name="face_known"),
    CheckConstraint(
        "face = 'impression' OR impression_sha256 IS NULL", name="impression_of_its_face"
    ),
)

# In the database so that they are seen and shared by all workers.
lanes, lane_calls = lane_tables(metadata)

# What the authorities say of the seals' certificates; the gate looks every signer up in them.
revocation_lists = Table(
    "revocation_lists",
    metadata,
    Column("url", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("issued_at", DateTime(timezone=True), nullable=False),
    Column("fetched_at", DateTime(timezone=True), nullable=False),
)

ledger_entries, ledger = ledger_tables(metadata)

# The seal registry's own.
seal_errands, seal_warnings = registry_tables(metadata)
seal_drawings, seal_applications = face_tables(metadata)

# Lifecycle: what the bureaus' keys signed, and revocations by file.
signing_digests, seal_logs, seal_log_entries = comparison_tables(metadata)
log_omissions = omission_table(metadata)
revocation_jobs, revocation_rows = revocation_tables(metadata)

quarantines = quarantine_table(metadata)

file_revisions, revision_work, ocsp_answers = revision_tables(metadata)
template_versions, template_comparisons = template_tables(metadata)

log_nodes, log_heads = log_tables(metadata)
shares, share_uses = share_tables(metadata)
download_jobs, download_parts = download_tables(metadata)

canaries, canary_errands = canary_tables(metadata)

certificate_checks = check_table(metadata)
