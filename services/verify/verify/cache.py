"""Redis: the facts of certificates where the hot path reads them.

A fact is replaced only by a newer version (compare-and-set on the server), so whoever comes late
with an old reading cannot bring back what a revocation has ended.

The head says how far the cache is complete: every transition of every heartbeat up to its number
has been offered here. Facts live under the head's epoch. When heartbeats were missed, or Redis
came back empty, a new epoch begins and the old facts are out of reach.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, RedisError  # noqa: A004 - the library's own name

from verify.domain import Fact, Office, Offices
from verify.many_keys import ManyKeys

# The number is the form of the record: processes of two releases, running side by side while one
# takes over from the other, keep out of each other's facts.
PREFIX = b"verify3:"
HEAD = PREFIX + b"head"
OFFICES = PREFIX + b"offices"

_read_json = json.JSONDecoder().raw_decode

# KEYS: head. ARGV: token hash, version, record, seconds to live, epoch the offer is meant for
# ("" = whichever is current), version of its successor. The record begins with both versions.
_OFFER = """
local head = redis.call('GET', KEYS[1])
if not head then return 0 end
local epoch = string.match(head, '^[^ ]+')
if ARGV[5] ~= '' and ARGV[5] ~= epoch then return 0 end
local key = 'verify3:' .. epoch .. ':' .. ARGV[1]
local held = redis.call('GET', key)
if held then
  local version, successor = string.match(held, '^%[(%d+),(%d+)')
  version = tonumber(version)
  if version > tonumber(ARGV[2]) then return 0 end
  if version == tonumber(ARGV[2]) and tonumber(successor) > tonumber(ARGV[6]) then return 0 end
end
redis.call('SET', key, ARGV[3], 'EX', ARGV[4])
return 1
"""
# KEYS: head, offices. ARGV: the head expected ("" = none), the new head, the offices.
_MOVE = """
local held = redis.call('GET', KEYS[1]) or ''
if held ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[3])
redis.call('SET', KEYS[1], ARGV[2])
return 1
"""


class CacheUnavailable(Exception):
    """Redis does not answer, or answers without a head."""


@dataclass(frozen=True, slots=True)
class Head:
    """How far the cache is complete."""

    epoch: str
    sequence: int
    as_of: datetime

    @classmethod
    def parse(cls, raw: bytes) -> "Head":
        epoch, sequence, as_of = raw.decode().split(" ")
        return cls(epoch, int(sequence), datetime.fromisoformat(as_of))

    def raw(self) -> bytes:
        return f"{self.epoch} {self.sequence} {self.as_of.isoformat()}".encode()


@dataclass(frozen=True, slots=True)
class CacheState:
    """What the server tells of itself; counts are since its start."""

    memory_bytes: int
    keys: int
    clients: int
    hits: int
    misses: int
    commands: int


def new_epoch() -> str:
    """Return a name no earlier epoch had."""
    return secrets.token_hex(4)


def encode(fact: Fact) -> bytes:
    """Return the record of a fact: a JSON array that begins with its two versions."""
    return json.dumps(fact, ensure_ascii=False, separators=(",", ":")).encode()


def decode(record: bytes) -> Fact:
    """Return the fact of a record."""
    # Past what ``json.loads`` does for encodings and options: half of its time for so short a text.
    return Fact._make(_read_json(record.decode())[0])


def fact_keys(epoch: str, hashes: Iterable[bytes]) -> list[bytes]:
    """Return the keys of facts; each hash stays in its 32 bytes."""
    prefix = PREFIX + epoch.encode() + b":"
    return [prefix + token_hash for token_hash in hashes]


class FactCache:
    """The cache's reader and writer; every failure of Redis is ``CacheUnavailable``."""

    def __init__(self, url: str, *, timeout_seconds: float, ttl_seconds: int) -> None:
        # One retry, and only for a connection that a restarted server has closed: whoever asks has
        # the projection to turn to.
        self._redis: Redis = Redis.from_url(
            url,
            socket_timeout=timeout_seconds,
            socket_connect_timeout=timeout_seconds,
            retry=Retry(NoBackoff(), 1, supported_errors=(ConnectionError,)),
        )
        self._many_keys = ManyKeys(url, timeout_seconds=timeout_seconds)
        self._offer = self._redis.register_script(_OFFER)
        self._move = self._redis.register_script(_MOVE)
        self._ttl = ttl_seconds

    async def close(self) -> None:
        self._many_keys.close()
        await self._redis.aclose()

    async def ping(self) -> None:
        await self._call(self._redis.ping())

    async def state(self) -> CacheState:
        """Return how the server is."""
        info = await self._call(self._redis.info())
        return CacheState(
            memory_bytes=info["used_memory"],
            keys=await self._call(self._redis.dbsize()),
            clients=info["connected_clients"],
            hits=info["keyspace_hits"],
            misses=info["keyspace_misses"],
            commands=info["total_commands_processed"],
        )

    async def head(self) -> Head | None:
        """Return the head, or None when there is none."""
        raw = await self._call(self._redis.get(HEAD))
        return Head.parse(raw) if raw else None

    async def read(
        self, epoch: str, hashes: Sequence[bytes], *, with_offices: bool
    ) -> tuple[Head, dict[bytes, Fact], Offices | None]:
        """Return head, facts and, if asked for, offices: all of one instant.

        When the head's epoch is not ``epoch`` the facts are empty and the caller asks again.
        """
        keys = [HEAD, *fact_keys(epoch, hashes)]
        if with_offices:
            keys.append(OFFICES)
        found = await self._call(self._many_keys.read(keys))
        if found[0] is None:
            raise CacheUnavailable("no head")
        head = Head.parse(found[0])
        facts = {}
        if head.epoch == epoch:
            pairs = zip(hashes, found[1 : len(hashes) + 1], strict=True)
            facts = {one: decode(record) for one, record in pairs if record is not None}
        return head, facts, _offices(found[-1]) if with_offices else None

    async def offer(self, facts: Mapping[bytes, Fact], *, epoch: str = "") -> None:
        """Offer facts; each is taken unless a newer version is held.

        A reader names the epoch it saw before it read the projection: into any later epoch its
        reading may be too old.
        """
        if not facts:
            return
        async with self._redis.pipeline(transaction=False) as pipeline:
            for token_hash, fact in facts.items():
                await self._offer(
                    keys=[HEAD],
                    args=[
                        token_hash,
                        fact.aggregate_version,
                        encode(fact),
                        self._ttl,
                        epoch,
                        fact.successor_version,
                    ],
                    client=pipeline,
                )
            await self._call(pipeline.execute())

    async def move_head(self, expected: Head | None, new: Head, offices: Offices) -> bool:
        """Set the head and the offices, if the head is still the expected one."""
        arguments = [expected.raw() if expected else b"", new.raw(), _encode_offices(offices)]
        return bool(await self._call(self._move(keys=[HEAD, OFFICES], args=arguments)))

    async def _call(self, call: Any) -> Any:
        try:
            return await call
        except (RedisError, OSError, TimeoutError) as error:
            raise CacheUnavailable(type(error).__name__) from error


def _encode_offices(offices: Offices) -> bytes:
    return json.dumps(dict(offices), ensure_ascii=False, sort_keys=True).encode()


def _offices(raw: bytes | None) -> Offices:
    entries: Iterable[tuple[str, list[Any]]] = json.loads(raw).items() if raw else ()
    return {office: Office(*cast("tuple[str, str | None]", one)) for office, one in entries}
