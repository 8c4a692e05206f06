"""The heartbeat: committed state changes get their place, and everybody hears how far it goes."""

from datetime import UTC, datetime

from certificates.events import ledger_advanced
from certificates.merkle import Frontier, cover
from certificates.store import ledger, log
from certificates.usecases import Dependencies
from chassis.db import Database, Transaction

# The contract's limit of entries in one heartbeat.
_MOST_ENTRIES = 1000
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


async def advance_ledger(database: Database, deps: Dependencies) -> int:
    """Integrate what was committed and emit heartbeats; return how many entries were placed.

    Call it under a lease. One heartbeat is emitted even when nothing is new: silence would be
    the only difference between "nothing was revoked" and "nobody is telling".
    """
    placed = 0
    while True:
        count = await _one_heartbeat(database, deps)
        placed += count
        if count < _MOST_ENTRIES:
            return placed


async def _one_heartbeat(database: Database, deps: Dependencies) -> int:
    # Taken before the snapshot: whatever was committed before this instant is seen below.
    as_of = deps.clock.now()
    async with database.transaction() as tx:
        before = await ledger.head(tx)
        entries = await ledger.pending(tx, _MOST_ENTRIES)
        sequence = before.sequence + 1 if before else 1
        size = before.size if before else 0
        previous = before.as_of if before else _NEVER
        # More may be waiting behind a full one: it is not complete up to now. Nor may time go back.
        as_of = previous if len(entries) == _MOST_ENTRIES else max(as_of, previous)
        await ledger.place(tx, entries, first=size, sequence=sequence)
        head = ledger.Head(sequence, size + len(entries), as_of)
        await ledger.save_head(tx, head)
        await _grow_tree(tx, head.size)
        await deps.outbox.add(tx, ledger_advanced(head, entries))
    return len(entries)


async def _grow_tree(tx: Transaction, size: int) -> None:
    """Bring the public log's tree up to ``size`` leaves: those just placed, and any before them."""
    start = await log.size(tx)
    if start == size:
        return
    tree = Frontier(start, await log.nodes(tx, cover(0, start)))
    while tree.size < size:
        page = await ledger.leaves(tx, start=tree.size, limit=_MOST_ENTRIES)
        await log.add_nodes(tx, [node for leaf in page for node in tree.append(leaf)])
