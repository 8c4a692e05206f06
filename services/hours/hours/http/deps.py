"""What the routes are given."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from chassis.auth import Principal
from chassis.db import Database, Transaction
from chassis.idempotency import once
from chassis.objects import ObjectStore
from hours import tables
from hours.http.cursors import MOST
from hours.settings import HoursSettings
from hours.usecases.tools import Tools


@dataclass(frozen=True)
class Desk:
    """The parts of the running API."""

    database: Database
    tools: Tools
    objects: ObjectStore
    settings: HoursSettings

    async def once(
        self, tx: Transaction, caller: Principal, key: str, request: object, action: Any
    ) -> Any:
        """Run ``action`` once per caller and key (``chassis.idempotency``)."""
        return await once(
            tx,
            tables.idempotency,
            caller=caller.actor,
            key=key,
            request=request,
            now=self.tools.clock.now(),
            action=action,
        )


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


TheDesk = Annotated[Desk, Depends(_desk)]
Limit = Annotated[int, Query(ge=1, le=MOST, description="每页条数")]
Cursor = Annotated[str | None, Query(max_length=200, description="上一页给出的翻页标记")]
