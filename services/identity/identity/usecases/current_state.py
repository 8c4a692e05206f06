"""The present state of everything identity publishes, as events."""

from collections.abc import AsyncIterator
from datetime import datetime

from chassis.db import Database
from chassis.envelope import NewEvent
from identity import events
from identity.store import affiliations, api_clients, organisations, people


async def current_state(database: Database, *, since: datetime | None) -> AsyncIterator[NewEvent]:
    """Yield one event for each organisation, schedule, client, person and tie changed since then.

    Organisations come first, so that a consumer starting empty can place what follows.
    """
    async with database.reading() as tx:
        async for organisation in organisations.all_organisations(tx, since=since):
            yield events.organisation_changed(organisation)
        async for row in organisations.all_rollouts(tx, since=since):
            yield events.rollout_changed(
                row["organisation_id"], row["version"], row["starts_on"], row["paper_until"]
            )
        for client in await api_clients.everyone(tx, since=since):
            yield events.client_changed(client)
        async for person in people.all_people(tx, since=since):
            first = person.version == 1
            yield events.person_registered(person) if first else events.person_changed(person)
        async for affiliation in affiliations.all_published(tx, since=since):
            yield events.affiliation_changed(affiliation)
