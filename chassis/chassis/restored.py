"""After a restore to an earlier instant: versions go on behind everything that was ever told.

A consumer ignores a version that it has. A restored producer would give versions a second time,
to other changes, and nobody would take them over.
"""

from collections.abc import Sequence

from sqlalchemy import Table, update

from chassis.db import Transaction

# More than anything changes in the time that a restore can forget, and thousands of restores fit.
VERSION_STEP = 1_000_000


async def raise_versions(tx: Transaction, tables: Sequence[Table]) -> int:
    """Raise the column ``version`` of every row of ``tables`` by a step; return how many rows."""
    count = 0
    for table in tables:
        raised = update(table).values(version=table.c.version + VERSION_STEP)
        count += (await tx.execute(raised)).rowcount
    return count
