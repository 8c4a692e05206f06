"""Rates for questions that anybody may ask, counted in Redis for all processes together.

The generic cell rate algorithm: one instant per subject says when its allowance is used up, so a
limit costs one key and forgets itself. What is counted is a keyed hash; neither an address nor a
number can be read out of Redis. When Redis is away each process counts for itself and allows a
fraction, because it cannot know what the others allowed. No limit is ever shared by everybody:
whoever is over his own leaves all others unharmed.
"""

import hmac
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, RedisError  # noqa: A004 - the library's own name

_log = structlog.get_logger()
_MICROSECONDS = 1_000_000
# After a failure Redis is left alone this long, so that its timeout is paid once.
_REST_SECONDS = 1.0
# Subjects counted in a process while Redis is away; the one asked for longest ago is forgotten.
_REMEMBERED = 50_000

# KEYS: one for each limit. ARGV: for each its interval and tolerance in microseconds, and the
# cost. All are taken or none is. Returns the microseconds to wait, 0 when taken.
_TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local new = {}
local wait = 0
for i, key in ipairs(KEYS) do
  local interval = tonumber(ARGV[3 * i - 2])
  local tolerance = tonumber(ARGV[3 * i - 1])
  local used = math.max(now, tonumber(redis.call('GET', key) or '0'))
  local cost = tonumber(ARGV[3 * i])
  new[i] = used + interval * cost
  wait = math.max(wait, used + interval * math.max(cost, 1) - tolerance - now)
end
if wait > 0 then return wait end
for i, key in ipairs(KEYS) do
  if new[i] > now then
    redis.call('SET', key, string.format('%.0f', new[i]), 'PX', math.ceil((new[i] - now) / 1000))
  end
end
return 0
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, refilled so many in an hour."""

    name: str
    burst: int
    per_hour: int

    @property
    def interval(self) -> int:
        return 3600 * _MICROSECONDS // self.per_hour

    def tolerance(self, fraction: float = 1.0) -> int:
        return self.interval * max(1, int(self.burst * fraction))


@dataclass(frozen=True, slots=True)
class Ask:
    """One question against one limit; a cost of 0 only looks whether there is room for one."""

    limit: Limit
    subject: str
    cost: int = 1


class Limiter:
    """Counts by subject; never raises."""

    def __init__(
        self, url: str, *, timeout_seconds: float, key: bytes, fraction_alone: float
    ) -> None:
        self._redis: Redis = Redis.from_url(
            url,
            socket_timeout=timeout_seconds,
            socket_connect_timeout=timeout_seconds,
            retry=Retry(NoBackoff(), 1, supported_errors=(ConnectionError,)),
        )
        self._take = self._redis.register_script(_TAKE)
        self._key = key
        self._fraction = fraction_alone
        self._alone: OrderedDict[bytes, float] = OrderedDict()
        self._rests_until = 0.0

    async def close(self) -> None:
        await self._redis.aclose()

    async def wait_for(self, *asks: Ask) -> float:
        """Take all of ``asks`` or none; return the seconds to wait, 0 when taken."""
        if monotonic() >= self._rests_until:
            try:
                return await self._shared(asks)
            except (RedisError, OSError, TimeoutError) as reason:
                self._rests_until = monotonic() + _REST_SECONDS
                _log.warning("limits_counted_alone", reason=type(reason).__name__)
        return self._counted_alone(asks)

    async def _shared(self, asks: Sequence[Ask]) -> float:
        arguments: list[int] = []
        for ask in asks:
            arguments += [ask.limit.interval, ask.limit.tolerance(), ask.cost]
        keys = [b"verify:limit:" + self._hidden(ask) for ask in asks]
        waited: int = await self._take(keys=keys, args=arguments)
        return waited / _MICROSECONDS

    def _counted_alone(self, asks: Sequence[Ask]) -> float:
        now = monotonic() * _MICROSECONDS
        new: dict[bytes, float] = {}
        wait = 0.0
        for ask in asks:
            key = self._hidden(ask)
            used = max(now, self._alone.get(key, 0.0))
            new[key] = used + ask.limit.interval * ask.cost
            room = ask.limit.tolerance(self._fraction)
            wait = max(wait, used + ask.limit.interval * max(ask.cost, 1) - room - now)
        if wait > 0:
            return wait / _MICROSECONDS
        for key, instant in new.items():
            self._alone[key] = instant
            self._alone.move_to_end(key)
        while len(self._alone) > _REMEMBERED:
            self._alone.popitem(last=False)
        return 0.0

    def _hidden(self, ask: Ask) -> bytes:
        text = f"{ask.limit.name}\0{ask.subject}".encode()
        return hmac.digest(self._key, text, "sha256")[:16].hex().encode()
