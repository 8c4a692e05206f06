"""Passwords: argon2id in a bounded pool, outside the event loop and before any transaction."""

import asyncio
import ctypes
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from identity.errors import TooBusy

Result = TypeVar("Result")
_M_MMAP_THRESHOLD = -3  # malloc.h


def give_hashing_memory_back() -> None:
    """Let the allocator return large blocks to the system as soon as they are freed.

    After the first hash glibc would keep such blocks for the next one, which costs an idle
    process two times the memory of a hash and saves nothing measurable.
    """
    ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, 1024 * 1024)


class Passwords:
    """Hashes and checks; at most ``threads`` at a time, at most ``waiting`` in the queue."""

    def __init__(self, *, time_cost: int, memory_kib: int, threads: int, waiting: int) -> None:
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)
        # argon2 releases the interpreter lock, so threads are true parallel work.
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="argon2")
        self._free = threads + waiting
        # What an unknown login is checked against, so that it takes as long as a known one.
        self._nobody: Final = self._hasher.hash("nobody's password, compared and never equal")

    async def hash(self, password: str) -> str:
        """Return the hash to store; raise ``TooBusy`` when too many are waiting."""
        return await self._work(lambda: self._hasher.hash(password))

    async def matches(self, password: str, stored: str | None) -> bool:
        """Tell whether the password fits; without a stored hash it takes as long and is False."""
        return await self._work(lambda: self._check(password, stored))

    def close(self) -> None:
        """Let the work under way finish and end the threads."""
        self._pool.shutdown()

    def _check(self, password: str, stored: str | None) -> bool:
        try:
            return self._hasher.verify(stored or self._nobody, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    async def _work(self, action: Callable[[], Result]) -> Result:
        if self._free == 0:
            raise TooBusy(retry_after_seconds=2)
        self._free -= 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, action)
        finally:
            self._free += 1
