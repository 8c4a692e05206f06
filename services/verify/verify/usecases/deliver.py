"""Deliver changes to the web hooks of clients: signed, at least once, for three days."""

import asyncio
import base64
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import structlog
from opentelemetry import metrics

from chassis.clock import Clock
from chassis.db import Database
from verify import changes, registry, webhook_store
from verify.errors import WebhookRefused
from verify.vault import CannotOpen, Vault
from verify.webhook_addresses import AddressRules
from verify.webhook_signing import headers

_log = structlog.get_logger()
_random = random.SystemRandom()
_outcomes = metrics.get_meter("yuzheng").create_counter("yuzheng.verify.deliveries")
# Deliveries of one turn, and of one client in it: a slow client holds up nobody but itself.
_AT_ONCE = 40
_EACH = 4
_LEASE = timedelta(minutes=2)
_LONGEST_WAIT = timedelta(days=1)
_GONE = 410
_MORE_LATER = (429, 503)


class Outcome(NamedTuple):
    """How an attempt went; without a problem it arrived."""

    problem: str | None = None
    final: bool = False
    retry_after: timedelta = timedelta()


class Deliveries:
    """Sends what is due; one copy at a time, by the schedule's lease."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        vault: Vault,
        rules: AddressRules,
        timeout_seconds: float,
        waits: Sequence[int],
        trust: Any = True,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._rules = rules
        self._timeout = timeout_seconds
        self._waits = waits
        # Nothing of the environment, no redirects, and no connection kept: two names at one
        # address must each prove themselves.
        self._client = httpx.AsyncClient(
            verify=trust,
            timeout=timeout_seconds,
            trust_env=False,
            follow_redirects=False,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def turn(self) -> None:
        """Note and number what has changed lately, then send what is due."""
        now = self._clock.now()
        async with self._database.transaction() as tx:
            await changes.note(tx, now, changes.told_lately(now))
        async with self._database.transaction() as tx:
            await changes.number(tx)
            due = await webhook_store.claim(tx, now, limit=_AT_ONCE, each=_EACH, lease=_LEASE)
        async with asyncio.TaskGroup() as group:
            for one in due:
                group.create_task(
                    self._deliver(one["id"], one["client"], one["body"], one["attempts"])
                )

    async def _deliver(self, delivery_id: UUID, client: str, body: str, attempts: int) -> None:
        try:
            outcome = await self._attempt(delivery_id, client, body.encode(), attempts)
        except Exception as reason:  # noqa: BLE001 - one delivery must not stop the others
            _log.exception("delivery_broke", delivery=str(delivery_id))
            outcome = Outcome(type(reason).__name__)
        now = self._clock.now()
        dead = outcome.final or attempts > len(self._waits)
        async with self._database.transaction() as tx:
            if outcome.problem is None or dead:
                await webhook_store.end(tx, delivery_id, now, problem=outcome.problem)
            else:
                until = now + self._wait(attempts, outcome.retry_after)
                await webhook_store.postpone(tx, delivery_id, until, problem=outcome.problem)
        failed = "dead" if dead else "failed"
        _outcomes.add(1, {"outcome": failed if outcome.problem else "delivered"})
        if outcome.problem:
            _log.warning("delivery_failed", delivery=str(delivery_id), client=client, dead=dead)

    def _wait(self, attempts: int, asked: timedelta) -> timedelta:
        # Spread out, so that clients that failed together do not come back together.
        waited = timedelta(seconds=self._waits[attempts - 1] * _random.uniform(0.9, 1.2))
        return min(max(waited, asked), _LONGEST_WAIT)

    async def _attempt(self, delivery_id: UUID, client: str, body: bytes, attempts: int) -> Outcome:
        async with self._database.reading() as tx:
            known = await registry.client_of(tx, UUID(client))
            hook = await webhook_store.of_client(tx, client)
        if known is None or not known.active or hook is None:
            return Outcome("client_revoked" if hook else "no_webhook", final=True)
        now = self._clock.now()
        try:
            keys = self._keys(hook, client, now)
            signed = headers(delivery_id, body, now, keys)
            async with asyncio.timeout(self._timeout):
                return await self._send(hook["url"], body, signed, attempts)
        except CannotOpen:
            return Outcome("secret_unreadable", final=True)
        except WebhookRefused:
            return Outcome("address_refused")
        except TimeoutError:
            return Outcome("timeout")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as reason:
            return Outcome(_named(reason))

    async def _send(self, url: str, body: bytes, signed: dict[str, str], attempt: int) -> Outcome:
        target = await self._rules.aim(url, attempt=attempt - 1)
        sent = signed | {
            "host": target.authority,
            "content-type": "application/json",
            "user-agent": "yuzheng-verify/1",
        }
        request = self._client.stream(
            "POST",
            target.url,
            content=body,
            headers=sent,
            extensions={"sni_hostname": target.host},
        )
        # The status is all that counts: an answer without end is not read.
        async with request as answer:
            return _outcome(answer)

    def _keys(self, hook: Any, client: str, now: datetime) -> list[str]:
        keys = [hook["secret"]]
        if hook["previous_secret"] and hook["previous_until"] > now:
            keys.append(hook["previous_secret"])
        return [open_secret(self._vault, one, client) for one in keys]


def seal_secret(vault: Vault, secret: str, client: str) -> str:
    """Return a web hook's secret as it is kept."""
    return base64.b64encode(vault.seal(secret.encode(), f"webhook/{client}")).decode()


def open_secret(vault: Vault, sealed: str, client: str) -> str:
    """Return a web hook's secret; raise ``CannotOpen``."""
    return vault.open(base64.b64decode(sealed), f"webhook/{client}").decode()


def _outcome(answer: httpx.Response) -> Outcome:
    if answer.is_success:
        return Outcome()
    problem = f"status_{answer.status_code}"
    if answer.status_code == _GONE:
        return Outcome(problem, final=True)
    asked = answer.headers.get("retry-after", "")
    if answer.status_code in _MORE_LATER and asked.isdigit():
        return Outcome(problem, retry_after=timedelta(seconds=min(int(asked), 86_400)))
    return Outcome(problem)


def _named(reason: Exception) -> str:
    """Return a short word for a failure; what a stranger's server wrote is not kept."""
    words = str(reason).lower()
    if "certificate" in words or "ssl" in words:
        return "tls"
    if isinstance(reason, httpx.TimeoutException):
        return "timeout"
    return "connection"
