"""`make drill d=outages`: broker and cache lost with their data, the database and a bureau away."""

import asyncio
import shutil
from collections import Counter
from time import monotonic

from chassis.clock import SystemClock
from deploy.local.drills.cast import LUOYANG, ZHENGZHOU, Cast, Holder
from deploy.local.drills.log import Log
from deploy.local.drills.running import Running, until
from deploy.local.drills.stage import play

_TELLERS = ("identity", "hours", "certificates", "verify")
_LOOKS = 60


class Outages:
    """Each method is one drill and leaves the stack as it was."""

    def __init__(self, log: Log, running: Running, cast: Cast) -> None:
        self._log, self._running, self._cast = log, running, cast

    async def run(self) -> None:
        holder = await self._cast.holder("周一")
        await self._cast.told(holder, "valid")
        await self.broker_lost(holder)
        await self.cache_lost(holder)
        await self.database_away(holder)
        await self.seal_service_away()
        for service in _TELLERS:
            self._log.note(await self._running.must(service, "audit"))

    async def broker_lost(self, holder: Holder) -> None:
        """Lose the broker with a suspension in it that verify has not handled."""
        log, running, cast = self._log, self._running, self._cast
        log.head("Broker lost with its data")
        since = SystemClock().now()
        await running.stop("verify-worker")
        await cast.suspend(holder)
        await running.outbox_empty("certificates")
        log.note("a suspension is with the broker, in a queue that nobody reads")
        await running.stop("rabbitmq")
        shutil.rmtree(running.checkout.state / "rabbitmq" / "mnesia")
        await cast.technician("周二")
        log.note("broker stopped, its data removed; somebody registered meanwhile")
        began = monotonic()
        await running.start("rabbitmq", "verify-worker")
        await running.outbox_empty(*_TELLERS)
        log.note(f"an empty broker took every outbox {monotonic() - began:.1f} s later")
        body = await cast.answer(holder)
        log.check(
            "the instant of answers stands before what was lost",
            held=body["state"] == "suspended" or body["as_of"] < since.isoformat(),
            found=f"{body['state']} as of {body['as_of']}",
        )
        for service in _TELLERS:
            await running.must(service, "republish", "--since", since.isoformat())
        await cast.told(holder, "suspended", seconds=120)
        log.check("told again, the suspension is public", held=True)

        async def moves() -> bool:
            return str((await cast.answer(holder))["as_of"]) > since.isoformat()

        await until("the instant of answers moves on", moves)
        log.check("the instant of answers moves on", held=True)
        await cast.reinstate(holder)
        await cast.told(holder, "valid")

    async def cache_lost(self, holder: Holder) -> None:
        """Lose Redis, look, and bring it back empty."""
        log, running, cast = self._log, self._running, self._cast
        log.head("Redis lost with its data")
        await running.stop("redis")
        log.note(f"Redis stopped: {await self._looks(holder)}")
        await cast.suspend(holder)
        await cast.told(holder, "suspended")
        log.check("a suspension is public without Redis", held=True)
        shutil.rmtree(running.checkout.state / "redis" / "appendonlydir")
        await running.start("redis")
        log.note(f"Redis back and empty: {await self._looks(holder)}")
        await cast.reinstate(holder)
        await cast.told(holder, "valid")
        log.check("it follows again", held=True)

    async def database_away(self, holder: Holder) -> None:
        """Stop PostgreSQL at once while people check and a certificate is under way."""
        log, running, cast = self._log, self._running, self._cast
        log.head("PostgreSQL away under load")
        technician = await cast.completed("周三")
        await running.stop("postgres")
        began = monotonic()
        log.note(f"stopped with a certificate under way: {await self._looks(holder)}")
        await running.start("postgres")
        await running.ready()
        log.note(f"back and everybody ready after {monotonic() - began:.1f} s; nobody was started")
        await cast.certified(technician, seconds=120)
        log.check("the certificate under way came", held=True)

    async def seal_service_away(self) -> None:
        """Take one bureau's seal service away; the other bureau goes on."""
        log, running, cast = self._log, self._running, self._cast
        log.head("A bureau's seal service away")
        await running.stop("seal-zhengzhou-api")
        waiting = [await cast.completed(name, code=ZHENGZHOU) for name in ("周四", "周五")]
        other = await cast.completed("周六", code=LUOYANG)
        began = monotonic()
        await cast.certified(other)
        log.check(
            "the other bureau's came meanwhile", held=True, found=f"{monotonic() - began:.1f} s"
        )
        rows = await running.rows(
            "certificates",
            "SELECT state, count(*), max(attempts) AS attempts, max(last_error) AS error"
            " FROM intents WHERE state IN ('rendered', 'sealing') GROUP BY 1",
        )
        log.note("waiting: " + ", ".join(f"{r['count']} {r['state']} ({r['error']})" for r in rows))
        began = monotonic()
        await running.start("seal-zhengzhou-api")
        for technician in waiting:
            await cast.certified(technician, seconds=150)
        log.check("its queue drained by itself", held=True, found=f"{monotonic() - began:.1f} s")

    async def _looks(self, holder: Holder) -> str:
        """Check many times as the public does; return how often which answer came."""
        answers: Counter[str] = Counter()
        for _ in range(_LOOKS):
            answers[str((await self._cast.answer(holder)).get("state"))] += 1
            await asyncio.sleep(0.05)
        return ", ".join(f"{count} {state}" for state, count in answers.items())


if __name__ == "__main__":
    raise SystemExit(asyncio.run(play("Outages", lambda *all_of: Outages(*all_of).run())))
