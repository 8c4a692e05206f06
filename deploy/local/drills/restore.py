"""`make drill`: a database goes back to an earlier instant, and the services agree again.

docs/runbooks/restore.md is the runbook; each step here is one of it, in its order.
"""

import asyncio
from dataclasses import dataclass
from time import monotonic

from deploy.local.drills.backups import Backups
from deploy.local.drills.cast import Cast, Holder
from deploy.local.drills.log import Log
from deploy.local.drills.restore_others import Others
from deploy.local.drills.running import Running, until
from deploy.local.drills.stage import play

POINT = "yuzheng-drill"
CERTIFICATES = ("certificates-api", "certificates-worker")


@dataclass(frozen=True)
class Drill:
    """One run."""

    log: Log
    running: Running
    backups: Backups
    cast: Cast

    async def run(self) -> None:
        """Back up, work, lose, restore, reconcile, look."""
        log = self.log
        log.head("Backup")
        await self.backups.open()
        await self.running.ready()
        log.note("archiving on; PostgreSQL started anew under the running services")
        before = await self._before()
        began = monotonic()
        await self.backups.base()
        log.note(f"base backup taken in {monotonic() - began:.1f} s")
        await self.backups.point(POINT)
        log.note(f"restore point {POINT} named and archived")
        after = await self._after(before)
        await self._lose()
        await self._reconcile()
        await self._look(before, after)
        others = Others(log, self.running, self.backups, self.cast, POINT)
        await others.hours(after["issued"])
        await others.identity(after["issued"])

    async def _before(self) -> dict[str, Holder]:
        names = {"stays": "张一", "revoked": "张二", "suspended": "张三", "lifted": "张四"}
        holders = {what: await self.cast.holder(name) for what, name in names.items()}
        await self.cast.suspend(holders["lifted"])
        await self.cast.told(holders["lifted"], "suspended")
        self.log.note("before the instant: four certificates, one of them suspended")
        return holders

    async def _after(self, before: dict[str, Holder]) -> dict[str, Holder]:
        cast, log = self.cast, self.log
        log.head("What the restore will forget")
        await cast.people.revoke(before["revoked"].technician, before["revoked"].certificate_id)
        await cast.suspend(before["suspended"])
        await cast.reinstate(before["lifted"])
        log.note("one revoked, one suspended, one reinstated")
        holders = {"issued": await cast.holder("李五"), "withdrawn": await cast.holder("李六")}
        withdrawn = holders["withdrawn"]
        await cast.people.revoke(withdrawn.technician, withdrawn.certificate_id)
        log.note("two issued, one of these revoked")
        for what, state in EXPECTED.items():
            await cast.told((before | holders)[what], state)
        log.note("the public is told all of it")
        return holders

    async def _lose(self) -> None:
        log, running = self.log, self.running
        log.head("Restore")
        await running.outbox_empty("certificates")
        await running.stop(*CERTIFICATES)
        await running.queues_empty("verify.")
        log.note("certificates stopped; what it had told is handled")
        began = monotonic()
        async with self.backups.recovered(POINT):
            log.note(f"a server recovered to the point in {monotonic() - began:.1f} s")
            await self.backups.put_in_place("certificates")
        log.note(f"its database certificates in place after {monotonic() - began:.1f} s")
        held = await running.rows(
            "certificates", "SELECT state, count(*) FROM certificates GROUP BY 1 ORDER BY 1"
        )
        log.note("it says: " + ", ".join(f"{row['count']} {row['state']}" for row in held))

    async def _reconcile(self) -> None:
        log, running = self.log, self.running
        log.head("Reconcile")
        await running.must("certificates", "migrate")
        log.note("schema brought to the newest revision")
        witness = running.checkout.state / "drills" / "witness.jsonl"
        log.note(await running.must("verify", "witness", "--output", str(witness)))
        log.note(await running.must("certificates", "recover", "--witness", str(witness)))
        again = await running.must("certificates", "recover", "--witness", str(witness))
        log.check("a second time changes nothing", held=" 0 brought up" in again, found=again)
        await running.start(*CERTIFICATES)
        for service in ("certificates", "identity", "hours"):
            log.note(await running.must(service, "republish", "--all"))
        await running.outbox_empty("certificates", "identity", "hours")
        await running.queues_empty()
        log.note("all outboxes and queues are empty")

    async def _look(self, before: dict[str, Holder], after: dict[str, Holder]) -> None:
        log, everybody = self.log, before | after
        log.head("Look")
        for what, state in EXPECTED.items():
            found = (await self.cast.answer(everybody[what]))["state"]
            log.check(f"{what}: the public is told {state}", held=found == state, found=found)
        await self._nothing_resurrected(everybody)
        await self._numbers()
        await self._seal_logs()
        await self._goes_on(everybody)
        for service in ("identity", "hours", "certificates", "verify"):
            log.note(await self.running.must(service, "audit"))

    async def _nothing_resurrected(self, everybody: dict[str, Holder]) -> None:
        rows = await self.running.rows(
            "certificates",
            "SELECT certificate_id::text AS id, state FROM certificates"
            " WHERE certificate_id = ANY($1::uuid[])",
            [holder.certificate_id for holder in everybody.values()],
        )
        held = {row["id"]: row["state"] for row in rows}
        wrong = [
            what
            for what, state in EXPECTED.items()
            if held.get(everybody[what].certificate_id) != state
        ]
        self.log.check("the registry itself says the same", held=not wrong, found=wrong or "")

    async def _numbers(self) -> None:
        query = "SELECT max(status_index) AS highest FROM certificates"
        (was,) = await self.running.rows("certificates_before_restore", query)
        fresh = await self.cast.holder("李七")
        (row,) = await self.running.rows(
            "certificates",
            "SELECT status_index FROM certificates WHERE certificate_id = $1::uuid",
            fresh.certificate_id,
        )
        self.log.check(
            "a new certificate gets a place that nobody had",
            held=row["status_index"] > was["highest"],
            found=f"{row['status_index']} after {was['highest']}",
        )
        await self.cast.told(fresh, "valid")
        doubled = await self.running.rows(
            "verify",
            "SELECT person_id FROM projection.certificates WHERE state IN ('valid', 'suspended')"
            " GROUP BY person_id, year HAVING count(*) > 1",
        )
        self.log.check("no year has two certificates in force", held=not doubled)

    async def _seal_logs(self) -> None:
        """Wait until each seal service's log is read to its end; nothing in it may be unknown."""
        for bureau in ("zhengzhou", "luoyang"):
            (last,) = await self.running.rows(
                f"seal_{bureau}", "SELECT coalesce(max(position), 0) AS position FROM signatures"
            )

            async def read(endpoint: str = bureau, end: int = last["position"]) -> bool:
                query = "SELECT position FROM seal_logs WHERE endpoint = $1"
                return any(
                    row["position"] >= end
                    for row in await self.running.rows("certificates", query, endpoint)
                )

            await until(f"the log of seal-{bureau} is read to its end", read)
            self.log.note(f"log of seal-{bureau} read to position {last['position']}")
        found = await self.running.rows(
            "certificates", "SELECT outcome, count(*) FROM seal_log_entries GROUP BY 1 ORDER BY 1"
        )
        outcomes = {row["outcome"]: row["count"] for row in found}
        self.log.check(
            "every signature in the seal services' logs is explained",
            held=not outcomes.keys() & {"unknown", "orphan"},
            found=", ".join(f"{count} {what}" for what, count in outcomes.items()),
        )

    async def _goes_on(self, everybody: dict[str, Holder]) -> None:
        cast, log = self.cast, self.log
        body = await cast.told(everybody["stays"], "valid")
        log.note(f"answers are as of {body['as_of']}")
        await cast.reinstate(everybody["suspended"])
        await cast.told(everybody["suspended"], "valid")
        log.check("a change after the restore reaches the public", held=True)
        log.note(await self.running.must("verify", "rebuild"))
        for service in ("certificates", "identity"):
            await self.running.must(service, "republish", "--all")
        expected = EXPECTED | {"suspended": "valid"}
        for what, state in expected.items():
            await cast.told(everybody[what], state, seconds=120)
        log.check("verify rebuilt from events says the same", held=True)


# What the public was told before the restore, and must be told after it.
EXPECTED = {
    "stays": "valid",
    "revoked": "revoked",
    "suspended": "suspended",
    "lifted": "valid",
    "issued": "valid",
    "withdrawn": "revoked",
}


async def restore(log: Log, running: Running, people: Cast) -> None:
    """Run the drill; archiving is off again afterwards, whatever happened."""
    backups = Backups(running)
    try:
        await Drill(log, running, backups, people).run()
    finally:
        await running.start(*running.supervisor.states())
        await backups.close()


if __name__ == "__main__":
    raise SystemExit(asyncio.run(play("Restore", restore)))
