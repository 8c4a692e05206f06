"""An API client checks certificates, and will be told when one of them changes."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.exc import SQLAlchemyError

from chassis.auth import Principal
from chassis.db import Transaction
from verify import check_counts, registry
from verify.domain import Answer, State, judge
from verify.errors import ChecksTooFast, ClientRevoked, ClientUnknown, CouldNotCheck
from verify.limits import Ask, Limit
from verify.registry import Client, Entry, Reading
from verify.rows import NOT_CHECKED, Claim, RowResult, Verdict, judge_entry, judge_row
from verify.tables_of_records import told_clients
from verify.tokens import TokenKeys
from verify.usecases import Dependencies
from verify.usecases.judging import Judged
from verify.usecases.look_up import NUMBER_SHAPE
from verify.usecases.quota import Allowance, use_quota

CHECK_SCOPE = "verify.check"
MOST_AT_ONCE = 100
# Ten a second for hours, and a review's whole list at once.
PACE = Limit("client-checks", burst=1200, per_hour=36_000)
_TOKEN_REFUSED = RowResult(State.TOKEN_INVALID, *(Verdict.NOT_FOUND,) * 4)


class Asked(NamedTuple):
    """One certificate a client asks about: by the code on it, or by number and name."""

    token: str | None
    claim: Claim


class Result(NamedTuple):
    """How one claim stands, and the certificate as it may be shown."""

    row: RowResult
    certificate: Judged | None


class ChecksMade(NamedTuple):
    """The results in the order asked, and what is left of the day's allowance."""

    results: list[Result]
    allowance: Allowance


async def check_for_client(
    deps: Dependencies, tokens: TokenKeys, caller: Principal, asked: Sequence[Asked]
) -> ChecksMade:
    """Return how each certificate stands and where the client's claims differ from it.

    Counted, audited and remembered in the transaction that reads: what could not be checked costs
    nothing, and what was told is followed up. Raises ``ClientUnknown``, ``ClientRevoked``,
    ``ChecksTooFast``, ``QuotaExceeded``, and ``CouldNotCheck`` when nothing could be checked.
    """
    client_id = caller.require_client(CHECK_SCOPE)
    wait = await deps.limiter.wait_for(Ask(PACE, str(client_id), cost=len(asked)))
    if wait > 0:
        raise ChecksTooFast(retry_after_seconds=int(wait) + 1)
    try:
        async with asyncio.timeout(deps.timeout_seconds), deps.database.transaction() as tx:
            client = await active_client(tx, client_id)
            allowance = await use_quota(
                tx,
                deps,
                subject=f"client:{client_id}",
                count=len(asked),
                limit=client.checks_per_day,
            )
            results = await _results(tx, deps, tokens, asked)
            await _remember(tx, deps, client, results)
    except (SQLAlchemyError, OSError, TimeoutError) as reason:
        raise CouldNotCheck from reason
    return ChecksMade(results, allowance)


async def active_client(tx: Transaction, client_id: UUID) -> Client:
    """Return the client; a token made just before it was revoked opens nothing any more."""
    client = await registry.client_of(tx, client_id)
    if client is None:
        raise ClientUnknown(retry_after_seconds=5)
    if not client.active:
        raise ClientRevoked
    return client


async def _results(
    tx: Transaction, deps: Dependencies, tokens: TokenKeys, asked: Sequence[Asked]
) -> list[Result]:
    numbers = {one.claim.number for one in asked if not one.token}
    found = await registry.by_numbers(tx, [one for one in numbers if NUMBER_SHAPE.fullmatch(one)])
    hashes = {one.token: tokens.hash_of(one.token) for one in asked if one.token}
    coded = await registry.by_tokens(tx, [one for one in hashes.values() if one])
    entries: dict[str, list[Entry]] = {}
    for entry in found.entries:
        entries.setdefault(entry.fact.management_number, []).append(entry)
    results = []
    for one in asked:
        if one.token is None:
            row = _by_name(deps, found, one.claim, entries.get(one.claim.number, []))
        elif token_hash := hashes[one.token]:
            row = _by_token(deps, found, one.claim, coded.get(token_hash))
        else:
            row = _TOKEN_REFUSED
        shown = Judged(row.entry, _answer(deps, found, row.entry)) if row.entry else None
        results.append(Result(row, shown))
    if all(one.row.state is State.COULD_NOT_CHECK for one in results):
        raise CouldNotCheck
    return results


def _by_name(
    deps: Dependencies, found: Reading, claim: Claim, entries: Sequence[Entry]
) -> RowResult:
    return judge_row(
        claim,
        entries,
        answer=lambda entry: _answer(deps, found, entry),
        matches=lambda name, entry: _is_named(deps, name, entry),
        visible=lambda _: False,
        fresh=_fresh(deps, found),
    )


def _by_token(deps: Dependencies, found: Reading, claim: Claim, entry: Entry | None) -> RowResult:
    if entry is None and not _fresh(deps, found):
        return NOT_CHECKED
    if entry is None:
        return RowResult(State.NOT_FOUND, *(Verdict.NOT_FOUND,) * 4)
    named = bool(claim.name) and _is_named(deps, claim.name, entry)
    return judge_entry(claim, entry, found=_answer(deps, found, entry), named=named)


def _is_named(deps: Dependencies, name: str, entry: Entry) -> bool:
    return deps.names.matches(name, entry.fact.management_number, entry.name_check)


def _answer(deps: Dependencies, found: Reading, entry: Entry) -> Answer:
    return judge(found.snapshot(entry), now=deps.clock.now(), stale_after=deps.stale_after)


def _fresh(deps: Dependencies, found: Reading) -> bool:
    return found.as_of is not None and deps.clock.now() - found.as_of <= deps.stale_after


async def _remember(
    tx: Transaction, deps: Dependencies, client: Client, results: Sequence[Result]
) -> None:
    """Note what the client was told, for the holder, for the audit and for what comes later."""
    told = {one.row.entry.certificate_id: one.row.entry for one in results if one.row.entry}
    now, kind = deps.clock.now(), check_counts.client(client.client_id)
    await check_counts.add(tx, now, {(certificate, kind): 1 for certificate in told})
    if told:
        rows = [
            {
                "certificate_id": certificate,
                "client": str(client.client_id),
                "state": told[certificate].fact.state,
                "aggregate_version": told[certificate].fact.aggregate_version,
                "told_at": now,
            }
            for certificate in sorted(told)
        ]
        await tx.execute(_told(), rows)
    await deps.audit.record(
        tx,
        actor=f"client:{client.client_id}",
        action="certificates.checked",
        subject=f"client:{client.client_id}",
        detail={"asked": len(results), "certificates": sorted(map(str, told))},
    )


def _told() -> Insert:
    row = insert(told_clients)
    return row.on_conflict_do_update(
        index_elements=["certificate_id", "client"],
        set_={name: row.excluded[name] for name in ("state", "aggregate_version", "told_at")},
    )
