"""Incoming events, each reduced to the fields used here (the producers own their schemas)."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel


class CertificateState(BaseModel):
    """certificates.certificate.*.v1: the full state of one certificate."""

    certificate_id: UUID
    person_id: UUID
    token_hash: str
    state: str
    management_number: str
    name: str
    sex: str
    identity_masked: str
    title_level: str
    year: int
    version: int
    total_tenths: int
    public_tenths: int
    professional_tenths: int
    employer_name: str
    office_id: UUID
    office_name: str
    issued_on: date
    # Optional additions of the major: an event kept from before them says nothing of them.
    employer_id: UUID | None = None
    file_sha256: str
    file_bytes: int | None = None
    record_digest: str
    status_index: int
    supersedes: UUID | None = None


class SealRegistration(BaseModel):
    """certificates.seal.*.v1: one seal of an office."""

    seal_id: UUID
    office_id: UUID
    state: str
    signer_sha256: str


class OrganisationState(BaseModel):
    """identity.organisation.changed.v1: one organisation."""

    organisation_id: UUID
    kind: str
    name: str
    path: str


class ClientState(BaseModel):
    """identity.client.changed.v1: one API client."""

    client_id: UUID
    name: str
    checks_per_day: int
    active: bool


class LedgerEntry(BaseModel):
    certificate_id: UUID
    aggregate_version: int


class LedgerAdvanced(BaseModel):
    """certificates.ledger.advanced.v1: the heartbeat."""

    sequence: int
    size: int
    as_of: datetime
    entries: list[LedgerEntry]
