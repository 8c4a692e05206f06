"""Where the public log proves that a certificate's present state is in it."""

import asyncio
from urllib.parse import urlencode

import structlog
from sqlalchemy.exc import SQLAlchemyError

from chassis.db import Database
from verify import store

_log = structlog.get_logger()
# The certificates' public route, on the same host. The page's address with the token does not
# travel there: the log knows a certificate by its id, and that holds nothing personal.
_INCLUSION = "/api/certificates/v1/log/inclusion"


class Proving:
    """Finds the proof of a token's certificate; whoever has the code may know which entry it is."""

    def __init__(self, database: Database, *, timeout_seconds: float) -> None:
        self._database = database
        self._timeout = timeout_seconds

    async def address(self, token_hash: bytes) -> str | None:
        """Return where the proof is, None while the projection does not say."""
        try:
            async with asyncio.timeout(self._timeout), self._database.reading() as tx:
                place = await store.place_in_log(tx, token_hash)
        except (SQLAlchemyError, OSError, TimeoutError) as reason:
            _log.warning("place_in_log_not_read", reason=type(reason).__name__)
            return None
        if place is None:
            return None
        asked = {"certificate_id": str(place[0]), "aggregate_version": place[1]}
        return f"{_INCLUSION}?{urlencode(asked)}"
