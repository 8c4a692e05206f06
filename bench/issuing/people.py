"""People whose years are completed, and the stack's databases as administrator."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, text
from tests.kit.stack import stack
from tests.kit.world import LUOYANG, ZHENGZHOU, World

from chassis.cipher import ValueCipher
from chassis.clock import SystemClock
from chassis.contracts import EventContracts
from chassis.db import Database
from chassis.envelope import NewEvent
from chassis.ids import uuid7
from chassis.outbox import Outbox
from chassis.settings import Keyring
from hours import tables as hours_tables
from identity import tables as identity_tables

CLOCK = SystemClock()
BUREAUS = {ZHENGZHOU: "Zhengzhou", LUOYANG: "Luoyang"}
NAMES = ("王建国", "李秀英", "张伟", "刘静怡", "陈海涛", "杨晓东", "赵敏", "欧阳修")


@dataclass
class Person:
    """One person's completed year on its way; times are instants of this machine."""

    bureau: str
    employer: str
    id: UUID = field(default_factory=uuid7)
    due: datetime | None = None
    token: str = ""
    reached: dict[str, datetime] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Return how long the person waited; for ever when nothing came."""
        return self.until("valid")

    def until(self, step: str) -> float:
        """Return the seconds from the completion to the end of a step."""
        if self.due is None or step not in self.reached:
            return float("inf")
        return (self.reached[step] - self.due).total_seconds()


class Databases:
    """The services' databases, as administrator: seeds the outboxes, reads instants."""

    def __init__(self) -> None:
        maintenance = stack().postgres_admin.removesuffix("/postgres")
        names = ("identity", "hours", "certificates", "verify")
        self._open = {name: Database(f"{maintenance}/{name}", pool_size=4) for name in names}
        contracts = EventContracts(stack().checkout.root / "contracts")
        cipher = ValueCipher(Keyring.load(stack().checkout.secrets / "bus-keys.json"))
        tables: dict[str, Table] = {
            "identity": identity_tables.outbox,
            "hours": hours_tables.outbox,
        }
        self._outboxes = {
            name: Outbox(table, service=name, contracts=contracts, cipher=cipher, clock=CLOCK)
            for name, table in tables.items()
        }

    async def tell(self, service: str, *events: NewEvent) -> None:
        """Commit events to a service's outbox."""
        async with self._open[service].transaction() as tx:
            await self._outboxes[service].add(tx, *events)

    async def rows(self, service: str, statement: str, ids: Sequence[Any]) -> list[Any]:
        """Return rows; the statement names its list of keys ``:ids``."""
        async with self._open[service].reading() as tx:
            return list((await tx.execute(text(statement), {"ids": list(ids)})).all())

    async def close(self) -> None:
        """Close all."""
        for database in self._open.values():
            await database.close()


def management_number() -> str:
    """Return a well-formed number of nobody (ISO 7064, MOD 97-10)."""
    body = 41 * 10**10 + secrets.randbelow(10**10)
    return f"{body}{98 - body * 100 % 97:02d}"


def registered(person: Person, number: int) -> NewEvent:
    """Tell a proven person."""
    return NewEvent(
        "identity.person.registered.v1",
        person.id,
        1,
        {
            "person_id": person.id,
            "management_number": management_number(),
            "name": NAMES[number % len(NAMES)],
            "identity_masked": f"4101**********{number % 10000:04d}",
            "sex": "male" if number % 2 else "female",
            "status": "proven",
            "title_level": "intermediate",
            "title_series": None,
        },
    )


def completed(person: Person, now: datetime) -> NewEvent:
    """Tell that the person's year is complete."""
    account = uuid7()
    return NewEvent(
        "hours.year.completed.v1",
        account,
        1,
        {
            "account_id": account,
            "person_id": person.id,
            "year": 2026,
            "completion": 1,
            "state": "completed",
            "completed_at": now,
            "employer_id": UUID(person.employer),
            "title_level": "intermediate",
            "rule_id": UUID(int=1),
            "rule_version": 1,
            "total_tenths": 900,
            "public_tenths": 300,
            "professional_tenths": 600,
        },
    )


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Look ten times a second until it holds."""
    while not await condition():  # noqa: ASYNC110 - what happens in other processes is no event
        await asyncio.sleep(0.1)


async def people(databases: Databases, offices: World, count: int) -> list[Person]:
    """Register so many people, the bureaus in turn, and wait until certificates knows them."""
    codes = list(BUREAUS)
    made = [
        Person(codes[n % len(codes)], offices.employers[codes[n % len(codes)]].organisation_id)
        for n in range(count)
    ]
    for start in range(0, count, 200):
        part = made[start : start + 200]
        await databases.tell("identity", *(registered(p, start + n) for n, p in enumerate(part)))
    ids = [person.id for person in made]
    statement = "select count(*) from persons where person_id = any(:ids)"

    async def all_known() -> bool:
        return bool((await databases.rows("certificates", statement, ids))[0][0] == count)

    await until(all_known)
    return made
