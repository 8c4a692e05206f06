"""Work through the batches, oldest first, a turn at a time; a killed worker's successor goes on."""

from collections.abc import Sequence
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import UUID

import structlog

from chassis.clock import Clock
from chassis.db import Database, Transaction
from verify import batch_store, check_counts, registry
from verify.domain import judge
from verify.errors import IdentityUnavailable, TableUnreadable
from verify.identity_client import People
from verify.names import NameKeys
from verify.registry import Entry, Reading
from verify.rows import RowResult, judge_row
from verify.tables_handed_in import Sheet, read_sheet, result_cells, write_sheet
from verify.usecases.look_up import NUMBER_SHAPE
from verify.usecases.look_up_for_office import visible_entries
from verify.vault import CannotOpen, Vault

_log = structlog.get_logger()
# Rows judged at once: few enough that the worker's other tasks hardly notice.
_PART = 2000
# A turn ends after this, well within the time a lease may be held.
_TURN_SECONDS = 30.0
_MOST_ATTEMPTS = 5
_GAVE_UP = "处理多次中断，未能完成，请重新提交。"
_UNREADABLE = "暂存的表格已不能读取，请重新提交。"


class Batches:
    """Runs batches; one copy at a time, by the schedule's lease."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        names: NameKeys,
        people: People,
        vault: Vault,
        stale_after: timedelta,
    ) -> None:
        self._database = database
        self._clock = clock
        self._names = names
        self._people = people
        self._vault = vault
        self._stale_after = stale_after

    async def turn(self) -> None:
        """Take the oldest open batch as far as a turn goes; forget those whose time is over."""
        async with self._database.transaction() as tx:
            await batch_store.forget_expired(tx, self._clock.now())
            batch = await batch_store.begin_oldest(tx)
        if batch is None:
            return
        if batch["attempts"] > _MOST_ATTEMPTS:
            await self._end(batch["id"], problem=_GAVE_UP)
            return
        try:
            await self._run(batch["id"], batch["input"], batch["scopes"], batch["purpose"])
        except TableUnreadable as refusal:
            await self._end(batch["id"], problem=refusal.detail)
        except CannotOpen:
            await self._end(batch["id"], problem=_UNREADABLE)
        except IdentityUnavailable:
            # Not the batch's fault: the next turn goes on where this one stopped.
            _log.warning("batch_waits_for_identity", batch=str(batch["id"]))

    async def _run(
        self, batch_id: UUID, sealed: bytes, scopes: Sequence[str], purpose: str
    ) -> None:
        began = monotonic()
        sheet = await read_sheet(self._vault.open(sealed, f"{batch_id}/input"))
        async with self._database.reading() as tx:
            done = await batch_store.parts_of(tx, batch_id)
        starts = range(0, len(sheet.rows), _PART)
        for number, start in enumerate(starts):
            if number in done:
                continue
            if monotonic() - began > _TURN_SECONDS:
                return
            rows = sheet.rows[start : start + _PART]
            results = await self._judge(sheet, rows, scopes, purpose)
            done[number] = [result_cells(one) for one in results]
            async with self._database.transaction() as tx:
                if await batch_store.add_part(
                    tx,
                    batch_id,
                    number=number,
                    results=done[number],
                    matched=sum(one.holds for one in results),
                    rows=len(sheet.rows),
                ):
                    await self._count(tx, results, scopes, purpose)
        written = await write_sheet(sheet, [one for part in sorted(done) for one in done[part]])
        await self._end(batch_id, output=self._vault.seal(written, f"{batch_id}/output"))

    async def _judge(
        self, sheet: Sheet, rows: Sequence[Sequence[str]], scopes: Sequence[str], purpose: str
    ) -> list[RowResult]:
        claims = [sheet.claim(row) for row in rows]
        people = await self._resolve([sheet.cell(row, "id_number") for row in rows], purpose)
        async with self._database.reading() as tx:
            numbers = {one.number for one in claims if NUMBER_SHAPE.fullmatch(one.number)}
            by_number = await registry.by_numbers(tx, list(numbers))
            by_person = await registry.by_people(tx, list(set(people.values())))
            everything = [*by_number.entries, *by_person.entries]
            visible = {one.certificate_id for one in await visible_entries(tx, everything, scopes)}
        indexed = _indexed(by_number.entries, lambda one: one.fact.management_number)
        persons = _indexed(by_person.entries, lambda one: one.person_id)
        now = self._clock.now()

        def judged(found: Reading, claim: Any, entries: Sequence[Entry]) -> RowResult:
            return judge_row(
                claim,
                entries,
                answer=lambda entry: judge(
                    found.snapshot(entry), now=now, stale_after=self._stale_after
                ),
                matches=lambda name, entry: self._names.matches(
                    name, entry.fact.management_number, entry.name_check
                ),
                visible=lambda entry: entry.certificate_id in visible,
                fresh=found.as_of is not None and now - found.as_of <= self._stale_after,
            )

        results = []
        for row, claim in zip(rows, claims, strict=True):
            person = people.get(sheet.cell(row, "id_number"))
            if claim.number or not person:
                results.append(judged(by_number, claim, indexed.get(claim.number, ())))
            else:
                results.append(judged(by_person, claim, persons.get(person, ())))
        return results

    async def _count(
        self,
        tx: Transaction,
        results: Sequence[RowResult],
        scopes: Sequence[str],
        purpose: str,
    ) -> None:
        """Let the holders know, once for each certificate and part."""
        place = UUID(scopes[0].rstrip("/").rpartition("/")[2]) if scopes else None
        kind = check_counts.batch(place, purpose)
        found = {(one.entry.certificate_id, kind): 1 for one in results if one.entry}
        await check_counts.add(tx, self._clock.now(), found)

    async def _resolve(self, numbers: Sequence[str], purpose: str) -> dict[str, UUID]:
        wanted = sorted({one for one in numbers if one})
        if not wanted:
            return {}
        found = await self._people.resolve(wanted, purpose=f"verify.batch.{purpose}")
        return {number: person for number, person in zip(wanted, found, strict=True) if person}

    async def _end(
        self, batch_id: UUID, *, output: bytes | None = None, problem: str | None = None
    ) -> None:
        now = self._clock.now()
        async with self._database.transaction() as tx:
            await batch_store.end(tx, batch_id, now, output=output, problem=problem)


def _indexed(entries: Sequence[Entry], key: Any) -> dict[Any, list[Entry]]:
    found: dict[Any, list[Entry]] = {}
    for one in entries:
        found.setdefault(key(one), []).append(one)
    return found
