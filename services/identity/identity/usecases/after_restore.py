"""Identity's own part after its database was restored to an earlier instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.audit import Audit
from chassis.db import Transaction
from chassis.restored import raise_versions
from identity.store import people
from identity.tables import affiliations, api_clients, organisations, rollouts
from identity.tables import people as people_table

_TOLD = (people_table, affiliations, organisations, rollouts, api_clients)


@dataclass(frozen=True)
class Continued:
    """How many rows go on under higher versions, and how many forgotten numbers are kept."""

    rows: int
    numbers: int


async def go_on(
    tx: Transaction, audit: Audit, numbers: Iterable[tuple[str, UUID]], *, now: datetime
) -> Continued:
    """Raise every version, and keep the numbers of people who are forgotten from being given.

    ``numbers`` are those that other services know, each with its person; known ones stay as they
    are. Before the API starts.
    """
    rows = await raise_versions(tx, _TOLD)
    kept = 0
    for number, person_id in numbers:
        kept += await people.keep_number(tx, number, person_id, now=now)
    detail = {"rows": rows, "numbers": kept}
    await audit.record(
        tx,
        actor="service:identity",
        action="database.restored",
        subject="database",
        detail=detail,
    )
    return Continued(rows, kept)
