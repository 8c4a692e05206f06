"""Load the province: its bureaus, its rollout schedule, its first administrators."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources

from chassis.db import Transaction
from chassis.ids import uuid7
from identity.domain.ids import AccountId, OrganisationId, division_id
from identity.domain.organisations import Kind, Organisation, Role, path_below
from identity.events import organisation_changed, rollout_changed
from identity.store import accounts, organisations
from identity.usecases.dependencies import Dependencies

ACTOR = "command:seed"
FIRST_ADMINISTRATORS = ("province-admin-1", "province-admin-2")
_PROVINCE = "410000"
# A row that groups the county-level cities directly below the province; not an organisation.
_GROUPING = "419000"
# The notice of 2017-08-17: 郑州 first, then the province; paper counts until the cut-off.
_PAPER_UNTIL = date(2019, 10, 30)
_ROLLOUT = {"410100": date(2017, 9, 15), _PROVINCE: date(2017, 12, 1)}
# Older than any hour that can be filed; when a bureau truly came to its parent is not recorded.
_SINCE_BEFORE_ROLLOUT = date(2017, 1, 1)


@dataclass(frozen=True)
class Seeded:
    """How much a run added; all noughts when everything was there."""

    organisations: int
    rollouts: int
    administrators: int


async def seed_divisions(tx: Transaction, deps: Dependencies, *, password_hash: str) -> Seeded:
    """Add what is missing and publish it; what exists is left as administrators have made it."""
    now = deps.clock.now()
    added = await organisations.add_many(tx, list(_bureaus()), now=now)
    await deps.outbox.add(tx, *map(organisation_changed, added))
    rollouts = [await _roll_out(tx, deps, code, start) for code, start in _ROLLOUT.items()]
    people = [await _administrator(tx, deps, name, password_hash) for name in FIRST_ADMINISTRATORS]
    seeded = Seeded(len(added), sum(rollouts), sum(people))
    if any((seeded.organisations, seeded.rollouts, seeded.administrators)):
        await deps.audit.record(
            tx, actor=ACTOR, action="province.seeded", subject="province", detail=vars(seeded)
        )
    return seeded


def _bureaus() -> Iterator[Organisation]:
    """Yield the province's bureaus, parents first.

    A directly managed county hangs below the province, although its code still begins with that
    of the city it left. Statistical zones are not bureaus; a city that keeps one there adds it.
    """
    built: dict[str, Organisation] = {}
    text = resources.files("identity").joinpath("data/henan_divisions.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        if row["level"] == "statistical_zone" or row["code"] == _GROUPING:
            continue
        kind = _kind(row)
        above = _PROVINCE if kind is Kind.DIRECT_COUNTY else row["parent_code"]
        parent = built.get(above)
        own = division_id(row["code"])
        built[row["code"]] = Organisation(
            id=own,
            version=1,
            parent_id=parent.id if parent else None,
            valid_from=_SINCE_BEFORE_ROLLOUT,
            path=path_below(parent, own),
            kind=kind,
            name=f"{row['name']}人力资源和社会保障{'厅' if kind is Kind.PROVINCE else '局'}",
            code=row["code"],
            active=True,
        )
        yield built[row["code"]]


def _kind(row: dict[str, str]) -> Kind:
    if row["direct_managed"] or row["parent_code"] == _GROUPING:
        return Kind.DIRECT_COUNTY
    return Kind(row["level"])


async def _roll_out(tx: Transaction, deps: Dependencies, code: str, starts_on: date) -> bool:
    region = OrganisationId(division_id(code))
    new = await organisations.set_rollout(
        tx, region, starts_on=starts_on, paper_until=_PAPER_UNTIL, now=deps.clock.now()
    )
    if new:
        await deps.outbox.add(tx, rollout_changed(region, 1, starts_on, _PAPER_UNTIL))
    return new


async def _administrator(
    tx: Transaction, deps: Dependencies, username: str, password_hash: str
) -> bool:
    """Two are needed, because what is approved by two persons cannot start with one."""
    now = deps.clock.now()
    account = accounts.Account(
        id=AccountId(uuid7()),
        person_id=None,
        username=username,
        display_name="省级管理员",
        password_hash=password_hash,
        active=True,
    )
    if not await accounts.add(tx, account, now=now):
        return False
    return await accounts.add_grant(
        tx,
        account.id,
        Role.PROVINCIAL_ADMINISTRATOR,
        division_id(_PROVINCE),
        granted_by=ACTOR,
        now=now,
    )
