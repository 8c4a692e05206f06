"""Events in: copies guarded by version, missing references retried, every contract example read."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from tests.kit.contracts import contracts

from chassis.bus import Retry
from chassis.envelope import Event
from hours import subscribers

ALL = (*subscribers.IDENTITY_SUBSCRIPTIONS, *subscribers.CERTIFICATES_SUBSCRIPTIONS)


def event(data, version: int = 1, aggregate: UUID | None = None) -> Event:
    return Event(
        id=uuid4(),
        type="test",
        time=datetime(2026, 11, 23, tzinfo=UTC),
        aggregate_id=aggregate or uuid4(),
        aggregate_version=version,
        correlation_id="test",
        data=data,
    )


def person(**changes) -> subscribers.PersonChanged:
    fields = {
        "person_id": uuid4(),
        "management_number": "41038517264970",
        "name": "张䶮",
        "status": "unproven",
        "title_level": "intermediate",
        "title_series": None,
    }
    return subscribers.PersonChanged(**(fields | changes))


class TestVersionGuard:
    @pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1), (3, 3, 2)])
    async def test_highest_version_stands_whatever_the_order(self, shared_hours, order) -> None:
        who = uuid4()
        for version in order:
            async with shared_hours.database.transaction() as tx:
                data = person(person_id=who, title_series=f"v{version}")
                await subscribers.on_person_changed(tx, event(data, version, who))
        async with shared_hours.database.reading() as tx:
            query = text("SELECT version, title_series FROM persons WHERE id = :id")
            assert (await tx.execute(query, {"id": who})).one() == (3, "v3")

    async def test_same_version_again_changes_nothing(self, shared_hours) -> None:
        who = uuid4()
        for status in ("proven", "closed"):
            async with shared_hours.database.transaction() as tx:
                data = person(person_id=who, status=status)
                await subscribers.on_person_changed(tx, event(data, 1, who))
        async with shared_hours.database.reading() as tx:
            query = text("SELECT status FROM persons WHERE id = :id")
            assert await tx.scalar(query, {"id": who}) == "proven"


class TestMissingReference:
    async def test_affiliation_waits_for_person_and_organisation(self, shared_hours) -> None:
        technician = await shared_hours.technician(None)
        fields = {
            "affiliation_id": uuid4(),
            "state": "confirmed",
            "title_level": "junior",
            "starts_on": date(2026, 1, 1),
            "ends_on": None,
        }
        for who, where in ((uuid4(), uuid4()), (technician.person, uuid4())):
            data = subscribers.AffiliationChanged(person_id=who, organisation_id=where, **fields)
            with pytest.raises(Retry):
                async with shared_hours.database.transaction() as tx:
                    await subscribers.on_affiliation_changed(tx, event(data))

    async def test_certificate_waits_for_its_account(self, shared_hours) -> None:
        data = subscribers.CertificateParked(
            intent_id=uuid4(), person_id=uuid4(), year=2026, reason_code="x", task="y"
        )
        with pytest.raises(Retry):
            async with shared_hours.database.transaction() as tx:
                await subscribers.on_certificate_parked(tx, event(data))


class TestContract:
    @pytest.mark.parametrize("subscription", ALL, ids=lambda one: one.event_type)
    def test_every_example_of_the_producer_is_readable(self, subscription) -> None:
        examples = contracts()[subscription.event_type].schema["examples"]
        assert examples
        for example in examples:
            subscription.model.model_validate(example)

    @pytest.mark.parametrize("subscription", ALL, ids=lambda one: one.event_type)
    def test_every_field_read_is_promised(self, subscription) -> None:
        schema = contracts()[subscription.event_type].schema
        assert set(subscription.model.model_fields) <= set(schema["required"])
