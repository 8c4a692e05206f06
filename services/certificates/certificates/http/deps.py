"""What routes find on the application's state."""

from typing import Annotated, Any

from fastapi import Depends, Request

from certificates import tables
from certificates.printshop import Printshop
from certificates.spreadsheet import TableReaders
from certificates.usecases import Dependencies
from chassis.auth import Principal
from chassis.db import Database, Transaction
from chassis.idempotency import once
from chassis.objects import ObjectStore


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


def _deps(request: Request) -> Dependencies:
    deps: Dependencies = request.app.state.deps
    return deps


def _objects(request: Request) -> ObjectStore:
    objects: ObjectStore = request.app.state.objects
    return objects


def _printing(request: Request) -> Printshop:
    printshop: Printshop = request.app.state.printshop
    return printshop


def _reading(request: Request) -> TableReaders:
    readers: TableReaders = request.app.state.table_readers
    return readers


Data = Annotated[Database, Depends(_database)]
Deps = Annotated[Dependencies, Depends(_deps)]
Objects = Annotated[ObjectStore, Depends(_objects)]
Printing = Annotated[Printshop, Depends(_printing)]
Reading = Annotated[TableReaders, Depends(_reading)]


async def answered_once(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    *,
    key: str,
    request: dict[str, Any],
    action: Any,
) -> Any:
    """Run ``action`` under the caller's Idempotency-Key; a repeat gets the first answer."""
    return await once(
        tx,
        tables.idempotency,
        caller=caller.account_id,
        key=key,
        request=request,
        now=deps.clock.now(),
        action=action,
    )
