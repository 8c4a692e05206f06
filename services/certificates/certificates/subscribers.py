"""What this service listens to: only the fields it uses, and what each event makes it do."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from certificates.domain.entities import Completion
from certificates.domain.preflight import ROLLOUT_NOT_SET, ROLLOUT_NOT_STARTED
from certificates.store import checks, copies, intents
from certificates.usecases import Dependencies
from certificates.usecases.plan import CopyMissing, plan_certificate, reopen_year
from certificates.usecases.preflight import replan_where
from chassis.bus import Retry, Subscription
from chassis.db import Transaction
from chassis.envelope import Event

IDENTITY_QUEUE = "certificates.identity"
HOURS_QUEUE = "certificates.hours"
CHECKS_QUEUE = "certificates.checks"
QUEUES = (IDENTITY_QUEUE, HOURS_QUEUE, CHECKS_QUEUE)


class PersonState(BaseModel):
    """identity.person.*: who it is and what is printed."""

    person_id: UUID
    management_number: str
    name: str
    identity_masked: str
    sex: str
    status: str


class AffiliationState(BaseModel):
    """identity.affiliation.*: whose administrators may see a person's certificates."""

    affiliation_id: UUID
    person_id: UUID
    organisation_id: UUID
    state: str
    starts_on: date
    ends_on: date | None


class OrganisationState(BaseModel):
    """identity.organisation.changed: employers, offices, and the tree between them."""

    organisation_id: UUID
    parent_id: UUID | None
    path: str
    kind: str
    name: str
    code: str | None
    active: bool


class RolloutState(BaseModel):
    """identity.rollout.changed: from which day a region issues."""

    organisation_id: UUID
    starts_on: date
    paper_until: date | None


class YearState(BaseModel):
    """hours.year.*: a completed or reopened year, with what its certificate will say."""

    account_id: UUID
    person_id: UUID
    year: int
    completion: int
    state: str
    completed_at: datetime
    employer_id: UUID
    title_level: str
    rule_id: UUID
    rule_version: int
    total_tenths: int
    public_tenths: int
    professional_tenths: int


class CheckCount(BaseModel):
    """verify.certificate.checked: how often one kind of verifier checked in one hour."""

    certificate_id: UUID
    hour: datetime
    verifier: str
    organisation_id: UUID | None
    client_name: str | None
    purpose: str | None
    count: int


class Subscribers:
    """Handlers of incoming events; each runs in the transaction that notes the event.

    ``planned`` is set after an intent was committed, so that the renderer need not poll for it.
    """

    def __init__(self, deps: Dependencies, planned: asyncio.Event) -> None:
        self._deps = deps
        self._planned = planned

    def subscriptions(self) -> dict[str, Sequence[Subscription[Any]]]:
        """Return by queue what each is bound to."""
        return {
            IDENTITY_QUEUE: [
                Subscription("identity.person.registered.v1", PersonState, self.on_person),
                Subscription("identity.person.changed.v1", PersonState, self.on_person),
                Subscription(
                    "identity.affiliation.confirmed.v1", AffiliationState, self.on_affiliation
                ),
                Subscription(
                    "identity.affiliation.ended.v1", AffiliationState, self.on_affiliation
                ),
                Subscription(
                    "identity.organisation.changed.v1",
                    OrganisationState,
                    self.on_organisation_changed,
                ),
                Subscription("identity.rollout.changed.v1", RolloutState, self.on_rollout_changed),
            ],
            HOURS_QUEUE: [
                Subscription(
                    "hours.year.completed.v1",
                    YearState,
                    self.on_year_completed,
                    after=self.wake_renderer,
                ),
                Subscription("hours.year.reopened.v1", YearState, self.on_year_reopened),
            ],
            CHECKS_QUEUE: [
                Subscription("verify.certificate.checked.v1", CheckCount, self.on_checked),
            ],
        }

    async def wake_renderer(self, _: Event[YearState]) -> None:
        """Let the renderer look at once."""
        self._planned.set()

    async def on_person(self, tx: Transaction, event: Event[PersonState]) -> None:
        """Keep the person; what was parked because of its data is checked again."""
        row = event.data.model_dump() | {"version": event.aggregate_version}
        if await copies.keep_person(tx, row):
            mine = intents.of_person(event.data.person_id)
            await replan_where(tx, self._deps, mine, intents.parked_for(*_PERSONAL))

    async def on_affiliation(self, tx: Transaction, event: Event[AffiliationState]) -> None:
        """Keep the tie between person and employer."""
        row = event.data.model_dump() | {"version": event.aggregate_version}
        await copies.keep_affiliation(tx, row)

    async def on_organisation_changed(
        self, tx: Transaction, event: Event[OrganisationState]
    ) -> None:
        """Keep the organisation; its certificates keep the name they were printed with."""
        row = event.data.model_dump() | {"version": event.aggregate_version}
        await copies.keep_organisation(tx, row)

    async def on_rollout_changed(self, tx: Transaction, event: Event[RolloutState]) -> None:
        """Keep the date; what waited for it in the region is checked again."""
        row = event.data.model_dump() | {"version": event.aggregate_version}
        if not await copies.keep_rollout(tx, row):
            return
        region = await copies.organisation(tx, event.data.organisation_id)
        if region is None:
            raise Retry("the region's organisation has not arrived")
        waiting = intents.parked_for(ROLLOUT_NOT_SET, ROLLOUT_NOT_STARTED)
        await replan_where(tx, self._deps, waiting, intents.below(region.path))

    async def on_year_completed(self, tx: Transaction, event: Event[YearState]) -> None:
        """Step 1: plan the certificate, once per person, year and completion."""
        if await self._is_news(tx, event):
            try:
                await plan_certificate(tx, self._deps, _completion(event.data))
            except CopyMissing as error:
                raise Retry(f"missing copy: {error}") from error

    async def on_year_reopened(self, tx: Transaction, event: Event[YearState]) -> None:
        """Cancel what is not valid yet, show the office what already is."""
        if await self._is_news(tx, event):
            await reopen_year(tx, self._deps, _completion(event.data))

    async def on_checked(self, tx: Transaction, event: Event[CheckCount]) -> None:
        """Keep the count for the certificate's holder."""
        own = {"id": event.aggregate_id, "version": event.aggregate_version}
        await checks.keep(tx, event.data.model_dump() | own)

    async def _is_news(self, tx: Transaction, event: Event[YearState]) -> bool:
        data = event.data
        row = {
            "account_id": data.account_id,
            "version": event.aggregate_version,
            "person_id": data.person_id,
            "year": data.year,
            "completion": data.completion,
            "state": data.state,
        }
        return await copies.keep_year_account(tx, row)


_PERSONAL = (
    "certificates.person_unproven",
    "certificates.person_closed",
    "certificates.sex_unknown",
    "certificates.glyph_missing",
    "certificates.text_too_long",
)


def _completion(data: YearState) -> Completion:
    return Completion(**data.model_dump(include=set(Completion.__dataclass_fields__)))
