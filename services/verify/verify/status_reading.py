"""The API's part in the status lists: the signed bytes, the same from every process."""

import asyncio
import gzip
from dataclasses import dataclass
from time import monotonic

import structlog
from sqlalchemy.exc import SQLAlchemyError

from chassis.db import Database
from verify import status_store

_log = structlog.get_logger()
# How long the database is not asked again whether there is a newer list.
_SECONDS = 1.0


class StatusListsUnknown(Exception):
    """The database does not answer and no list has been read yet."""


@dataclass(frozen=True)
class SignedList:
    """A list as it is handed out. Compressed, most of what two times base64 adds is gone."""

    token: bytes
    compressed: bytes


class StatusReader:
    """The newest signed lists; while the database is away, the last ones read."""

    def __init__(self, database: Database, *, timeout_seconds: float) -> None:
        self._database = database
        self._timeout = timeout_seconds
        self._lists: dict[int, tuple[str, SignedList]] | None = None
        self._looked = -_SECONDS
        self._looking = asyncio.Lock()

    async def find(self, number: int) -> SignedList | None:
        """Return a list, None if there is none of that number."""
        found = (await self._newest()).get(number)
        return found[1] if found else None

    async def numbers(self) -> list[int]:
        """Return the numbers of all lists, in order."""
        return sorted(await self._newest())

    async def _newest(self) -> dict[int, tuple[str, SignedList]]:
        async with self._looking:
            if monotonic() - self._looked >= _SECONDS:
                await self._look()
                self._looked = monotonic()
        if self._lists is None:
            raise StatusListsUnknown
        return self._lists

    async def _look(self) -> None:
        try:
            async with asyncio.timeout(self._timeout):
                self._lists = await self._read()
        except (SQLAlchemyError, OSError, TimeoutError) as reason:
            # What is held says itself up to which instant it is complete.
            _log.warning("status_lists_not_read", reason=type(reason).__name__)

    async def _read(self) -> dict[int, tuple[str, SignedList]]:
        held, lists = self._lists or {}, {}
        async with self._database.reading() as tx:
            for number, row in (await status_store.signed(tx)).items():
                known = held.get(number)
                if known and known[0] == row["digest"]:
                    lists[number] = known
                elif token := await status_store.token(tx, number):
                    text = token.encode()
                    lists[number] = (row["digest"], SignedList(text, gzip.compress(text, mtime=0)))
        return lists
