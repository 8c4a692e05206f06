"""An office looks a person's certificates up by ID number or management number."""

from collections.abc import Sequence
from typing import Literal, NamedTuple
from uuid import UUID

from chassis.auth import Principal
from chassis.db import Transaction
from verify import check_counts, registry
from verify.errors import OfficeLookupNotFound
from verify.identity_client import People
from verify.registry import Entry, Reading
from verify.usecases import Dependencies
from verify.usecases.judging import Judged, judged, reading, require_fresh
from verify.usecases.look_up import NUMBER_SHAPE, folded
from verify.usecases.quota import OFFICES, scopes_of, use_quota

Purpose = Literal["title_review", "appointment", "inspection", "complaint"]
_BY_ID, _BY_NUMBER = "id_number", "management_number"


class Question(NamedTuple):
    """Who is meant, and why it is asked; the reason is audited."""

    purpose: Purpose
    id_number: str | None
    number: str | None
    name: str | None
    year: int | None


async def look_up_for_office(
    deps: Dependencies, people: People, caller: Principal, question: Question, *, limit: int
) -> list[Judged]:
    """Return the certificates the caller may see: of his subtree, or whose name he knows.

    Each question counts against the account's daily allowance and is audited, found or not.
    Raises ``OfficeLookupNotFound`` for nobody and for somebody elsewhere alike.
    """
    async with reading(deps) as tx:
        scopes = await scopes_of(tx, caller)
    person: UUID | None = None
    if question.id_number is not None:
        purpose = f"verify.office_lookup.{question.purpose}"
        [person] = await people.resolve([question.id_number], purpose=purpose)
    async with reading(deps) as tx:
        found = await _read(tx, question, person)
        visible = await visible_entries(tx, found.entries, scopes)
    named = [
        one
        for one in found.entries
        if question.name
        and deps.names.matches(question.name, one.fact.management_number, one.name_check)
    ]
    seen = [one for one in found.entries if one in visible or one in named]
    seen = [one for one in seen if question.year is None or one.fact.year == question.year]
    await _account_for(deps, caller, question, seen, limit=limit)
    answers = judged(deps, found, seen)
    if not answers:
        require_fresh(deps, found)
        raise OfficeLookupNotFound
    return answers


async def visible_entries(
    tx: Transaction, entries: Sequence[Entry], scopes: Sequence[str]
) -> list[Entry]:
    """Return those entries whose issuing office or employer lies in one of the subtrees."""
    places = {UUID(one.fact.office_id) for one in entries}
    places |= {one.employer_id for one in entries if one.employer_id}
    inside = await registry.organisations_within(tx, list(places), scopes)
    return [
        one for one in entries if UUID(one.fact.office_id) in inside or (one.employer_id in inside)
    ]


async def _read(tx: Transaction, question: Question, person: UUID | None) -> Reading:
    if question.id_number is not None:
        return await registry.by_people(tx, [person] if person else [])
    number = folded(question.number or "")
    return await registry.by_numbers(tx, [number] if NUMBER_SHAPE.fullmatch(number) else [])


async def _account_for(
    deps: Dependencies,
    caller: Principal,
    question: Question,
    seen: Sequence[Entry],
    *,
    limit: int,
) -> None:
    people = sorted({str(one.person_id) for one in seen})
    async with deps.database.transaction() as tx:
        await use_quota(tx, deps, subject=f"account:{caller.account_id}", count=1, limit=limit)
        kind = check_counts.office(caller.require(*OFFICES)[0], question.purpose)
        counted = {(one.certificate_id, kind): 1 for one in seen}
        await check_counts.add(tx, deps.clock.now(), counted)
        await deps.audit.record(
            tx,
            actor=caller.actor,
            action="certificates.looked_up",
            subject=f"person:{people[0]}" if people else "nobody",
            detail={
                "purpose": question.purpose,
                "by": _BY_ID if question.id_number is not None else _BY_NUMBER,
                "certificates": [str(one.certificate_id) for one in seen],
            },
        )
