"""What the use cases handle; each is one row as it was read."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from certificates.domain.states import CertificateState, IntentState, SealState

# Faces of a seal: drawn from its name, or traced from the impression that its office hands in.
GENERATED = "generated"
IMPRESSION = "impression"


@dataclass(frozen=True, slots=True)
class Person:
    """Copy of identity's person, reduced to what is printed or decides about issuing."""

    person_id: UUID
    management_number: str
    name: str
    identity_masked: str
    sex: str
    status: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """Copy of identity's organisation; ``path`` runs from the province down to itself."""

    organisation_id: UUID
    path: str
    kind: str
    name: str
    code: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class Rollout:
    """From which day a region issues electronic certificates."""

    organisation_id: UUID
    starts_on: date


@dataclass(frozen=True, slots=True)
class Completion:
    """A completed year as hours told it: what an intent is made from."""

    person_id: UUID
    year: int
    completion: int
    completed_at: datetime
    employer_id: UUID
    title_level: str
    rule_id: UUID
    rule_version: int
    total_tenths: int
    public_tenths: int
    professional_tenths: int


@dataclass(frozen=True, slots=True)
class Intent:
    """One certificate that is to be: from the completed year to the sealed file."""

    id: UUID
    aggregate_version: int
    state: IntentState
    person_id: UUID
    year: int
    completion: int
    completed_at: datetime
    employer_id: UUID
    office_id: UUID | None
    title_level: str
    rule_id: UUID
    rule_version: int
    total_tenths: int
    public_tenths: int
    professional_tenths: int
    reason_code: str | None
    task: str | None
    certificate_id: UUID | None
    version: int | None
    status_index: int | None
    seal_id: UUID | None
    token_hash: bytes | None
    record: bytes | None
    attempts: int
    next_attempt_at: datetime | None
    last_error: str | None
    lease_token: UUID | None
    deadline_at: datetime
    created_at: datetime
    correlation_id: str
    causation_id: str
    traceparent: str
    correction: int = 0
    correction_by: str | None = None
    correction_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """An office's seal: which service and key, and the certificate it is pinned to."""

    id: UUID
    aggregate_version: int
    state: SealState
    state_reason: str | None
    office_id: UUID
    name: str
    endpoint: str
    credential_id: str
    signer_certificate: bytes | None
    chain: tuple[bytes, ...] | None
    signer_sha256: str | None
    valid_until: datetime | None
    development: bool | None
    last_error: str | None
    created_at: datetime
    face: str = GENERATED
    impression_sha256: str | None = None
    drawing_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """A published certificate; everything printed on it is kept as it was printed."""

    certificate_id: UUID
    aggregate_version: int
    state: CertificateState
    state_reason: str | None
    intent_id: UUID
    person_id: UUID
    year: int
    version: int
    completion: int
    supersedes: UUID | None
    management_number: str
    name: str
    identity_masked: str
    sex: str
    employer_id: UUID
    employer_name: str
    title_level: str
    total_tenths: int
    public_tenths: int
    professional_tenths: int
    office_id: UUID
    office_name: str
    issued_on: date
    issued_at: datetime
    changed_at: datetime
    status_index: int
    token_hash: bytes
    record: bytes
    record_digest: bytes
    template_version: str
    seal_id: UUID
    signer_certificate: bytes
    rendered_length: int
    file_sha256: str
    file_bytes: int
    attention: str | None
    template_digest: str | None = None


@dataclass(frozen=True, slots=True)
class RegisteredTemplate:
    """A version of a form as the registry has it: draft, proposed, live or retired."""

    form: str
    version: str
    digest: str
    state: str
    live_since: datetime | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One sample in the live version and in a proposed one; pictures by their SHA-256."""

    form: str
    version: str
    sample: str
    against: str
    before_sha256: str
    after_sha256: str
    difference_sha256: str
    changed_pixels: int
    pixels: int
