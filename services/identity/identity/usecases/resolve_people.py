"""Tell another service whose the given ID numbers are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.auth import Principal
from chassis.clock import legal_date
from chassis.db import Transaction
from chassis.errors import ServiceError
from identity.domain.id_numbers import IdNumber, parse_id_number
from identity.errors import TooManyIdNumbers
from identity.store import people
from identity.usecases.dependencies import Dependencies

SCOPE = "identity.resolve"
_LIMIT = 1000
_NOBODY = "identity.id_number_not_registered"


@dataclass(frozen=True)
class Resolution:
    """One answer: the person, or why there is none (``problem`` is a stable code)."""

    person_id: UUID | None
    problem: str | None = None


async def resolve_people(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    *,
    purpose: str,
    id_numbers: Sequence[str],
) -> list[Resolution]:
    """Return one answer for each ID number, in the same order; a bad one spoils no other.

    Needs the scope ``identity.resolve``. Who asked, why, and which people were found is audited.
    """
    service = caller.require_scope(SCOPE)
    if len(id_numbers) > _LIMIT:
        raise TooManyIdNumbers(field="/id_numbers")
    today = legal_date(deps.clock.now())
    parsed = [_parse(text, today) for text in id_numbers]
    indexed = {
        index: number.value
        for number in parsed
        if isinstance(number, IdNumber)
        for index in deps.vault.indexes(number)
    }
    found = await people.holders(tx, list(indexed))
    by_number = {
        number: found[index.value] for index, number in indexed.items() if index.value in found
    }
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action="people.resolved",
        subject=f"service:{service}",
        detail={
            "purpose": purpose,
            "asked": len(id_numbers),
            "people": sorted(map(str, by_number.values())),
        },
    )
    return [
        Resolution(None, one)
        if isinstance(one, str)
        else Resolution(by_number.get(one.value), None if one.value in by_number else _NOBODY)
        for one in parsed
    ]


def _parse(text: str, today: date) -> IdNumber | str:
    try:
        return parse_id_number(text, today=today)
    except ServiceError as error:
        return error.code
