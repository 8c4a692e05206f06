"""Incoming events: only the fields this service uses, kept as copies guarded by version."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from chassis.bus import Retry, Subscription
from chassis.db import Transaction
from chassis.envelope import Event
from hours.store import accounts, copies

IDENTITY_QUEUE = "hours.identity"
CERTIFICATES_QUEUE = "hours.certificates"


class PersonChanged(BaseModel):
    person_id: UUID
    management_number: str
    name: str
    status: str
    title_level: str
    title_series: str | None


class AffiliationChanged(BaseModel):
    affiliation_id: UUID
    person_id: UUID
    organisation_id: UUID
    state: str
    title_level: str
    starts_on: date
    ends_on: date | None


class OrganisationChanged(BaseModel):
    organisation_id: UUID
    parent_id: UUID | None
    path: str
    kind: str
    name: str
    active: bool


class RolloutChanged(BaseModel):
    organisation_id: UUID
    starts_on: date
    paper_until: date | None


class CertificateChanged(BaseModel):
    certificate_id: UUID
    person_id: UUID
    year: int
    version: int
    state: str
    office_name: str
    issued_on: date


class CertificateParked(BaseModel):
    intent_id: UUID
    person_id: UUID
    year: int
    reason_code: str
    task: str


async def on_person_changed(tx: Transaction, event: Event[PersonChanged]) -> None:
    """Keep the person's status, title and what a reviewer must see."""
    data = event.data.model_dump(exclude={"person_id"})
    await copies.keep_person(
        tx, {"id": event.data.person_id, "version": event.aggregate_version, **data}
    )


async def on_organisation_changed(tx: Transaction, event: Event[OrganisationChanged]) -> None:
    """Keep the organisation; its path says all about its place, so the parent may come later."""
    data = event.data.model_dump(exclude={"organisation_id"})
    await copies.keep_organisation(
        tx, {"id": event.data.organisation_id, "version": event.aggregate_version, **data}
    )


async def on_affiliation_changed(tx: Transaction, event: Event[AffiliationChanged]) -> None:
    """Keep where and when the person works; both sides must have arrived before."""
    if not await copies.has_person(tx, event.data.person_id):
        raise Retry(f"person {event.data.person_id} has not arrived")
    if not await copies.has_organisation(tx, event.data.organisation_id):
        raise Retry(f"organisation {event.data.organisation_id} has not arrived")
    data = event.data.model_dump(exclude={"affiliation_id"})
    await copies.keep_affiliation(
        tx, {"id": event.data.affiliation_id, "version": event.aggregate_version, **data}
    )


async def on_rollout_changed(tx: Transaction, event: Event[RolloutChanged]) -> None:
    """Keep since when the region issues certificates and until when paper hours may come in."""
    await copies.keep_rollout(
        tx, {"version": event.aggregate_version, **event.data.model_dump(mode="python")}
    )


async def on_certificate_changed(tx: Transaction, event: Event[CertificateChanged]) -> None:
    """Note the state of the certificate on the year account it came from."""
    data = event.data
    account = await _account(tx, data.person_id, data.year)
    await copies.keep_certificate(
        tx,
        {
            "id": data.certificate_id,
            "version": event.aggregate_version,
            "account_id": account,
            "document_version": data.version,
            "state": data.state,
            "office_name": data.office_name,
            "issued_on": data.issued_on,
            "noted_at": event.time,
        },
    )


async def on_certificate_parked(tx: Transaction, event: Event[CertificateParked]) -> None:
    """Note why the year's certificate has to wait, in words its owner can read."""
    data = event.data
    account = await _account(tx, data.person_id, data.year)
    await copies.keep_parked_certificate(
        tx,
        {
            "intent_id": data.intent_id,
            "version": event.aggregate_version,
            "account_id": account,
            "reason_code": data.reason_code,
            "task": data.task,
            "noted_at": event.time,
        },
    )


async def _account(tx: Transaction, person_id: UUID, year: int) -> UUID:
    account = await accounts.account_id(tx, person_id, year)
    if account is None:
        raise Retry(f"no account of {person_id} for {year}")
    return account


IDENTITY_SUBSCRIPTIONS: tuple[Subscription[Any], ...] = (
    Subscription("identity.person.registered.v1", PersonChanged, on_person_changed),
    Subscription("identity.person.changed.v1", PersonChanged, on_person_changed),
    Subscription("identity.organisation.changed.v1", OrganisationChanged, on_organisation_changed),
    Subscription("identity.affiliation.confirmed.v1", AffiliationChanged, on_affiliation_changed),
    Subscription("identity.affiliation.ended.v1", AffiliationChanged, on_affiliation_changed),
    Subscription("identity.rollout.changed.v1", RolloutChanged, on_rollout_changed),
)

CERTIFICATES_SUBSCRIPTIONS: tuple[Subscription[Any], ...] = (
    *(
        Subscription(
            f"certificates.certificate.{change}.v1", CertificateChanged, on_certificate_changed
        )
        for change in ("issued", "suspended", "reinstated", "superseded", "revoked")
    ),
    Subscription("certificates.certificate.parked.v1", CertificateParked, on_certificate_parked),
)

QUEUES = {
    IDENTITY_QUEUE: IDENTITY_SUBSCRIPTIONS,
    CERTIFICATES_QUEUE: CERTIFICATES_SUBSCRIPTIONS,
}
