"""`make drill d=trouble`: a seal in foreign hands, and a message that nobody can read."""

import asyncio
import csv
import io

import aio_pika

from chassis.topology import EXCHANGE
from deploy.local.demo.__main__ import broker_url
from deploy.local.demo.people import Technician
from deploy.local.drills.cast import ZHENGZHOU, Cast, Holder
from deploy.local.drills.log import Log
from deploy.local.drills.running import Running, until
from deploy.local.drills.stage import play

_HEADER = ("证书管理号", "年度", "理由代码", "弄虚作假")
_QUEUE = "verify.seals"
_SEALS = "/api/certificates/v1/seals"


class Trouble:
    """Each method is one drill and leaves the stack as it was."""

    def __init__(self, log: Log, running: Running, cast: Cast) -> None:
        self._log, self._running, self._cast = log, running, cast

    async def run(self) -> None:
        await self.seal_in_foreign_hands()
        await self.message_parked()

    async def seal_in_foreign_hands(self) -> None:
        log, cast = self._log, self._cast
        log.head("A seal in foreign hands")
        bureau = cast.bureaus[ZHENGZHOU]
        doubtful = [await cast.holder(name) for name in ("郑一", "郑二")]
        officials = [await cast.province.sign_in(one) for one in bureau.administrators]
        page = await officials[0].get(_SEALS, office_id=bureau.organisation_id)
        (seal,) = [one for one in page["items"] if one["state"] == "active"]
        path = f"{_SEALS}/{seal['seal_id']}"
        await officials[0].post(f"{path}/suspension", {"reason_code": "under_review"})
        log.note("the seal is suspended by one official")
        waiting = await cast.completed("郑三")
        task = await self._task_of(waiting)
        log.check("a year completed now waits, visibly", held=task, found=task)
        job = await officials[0].upload(
            "/api/certificates/v1/mass-revocations", "list.csv", self._table(doubtful), "text/csv"
        )
        approval = f"/api/certificates/v1/approvals/{job['approval_id']}/approval"
        await officials[1].post(approval)
        for holder in doubtful:
            await cast.told(holder, "revoked")
        log.check("revoked by file and two officials, and public", held=True)
        first, second = [await cast.province.provincial(number) for number in (1, 2)]
        proposal = await first.post(f"{path}/reinstatement")
        await second.post(f"/api/certificates/v1/approvals/{proposal['approval_id']}/approval")
        await cast.certified(waiting, seconds=120)
        log.check("reinstated by two people of the province, what waited came", held=True)

    def _table(self, holders: list[Holder]) -> bytes:
        text = io.StringIO()
        table = csv.writer(text)
        table.writerow(_HEADER)
        for holder in holders:
            number = holder.technician.management_number
            table.writerow((number, self._cast.year, "audit_finding", "否"))
        return text.getvalue().encode("utf-8-sig")

    async def _task_of(self, technician: Technician) -> str:
        query = (
            "SELECT i.task FROM intents i JOIN persons p USING (person_id)"
            " WHERE p.management_number = $1 AND i.state = 'parked'"
        )
        found: list[str] = []

        async def parked() -> bool:
            rows = await self._running.rows("certificates", query, technician.management_number)
            found[:] = [row["task"] for row in rows]
            return bool(found)

        await until("the certificate is parked", parked)
        return found[0]

    async def message_parked(self) -> None:
        log, running = self._log, self._running
        log.head("A message that cannot be handled")
        connection = await aio_pika.connect(broker_url(running.checkout))
        async with connection:
            exchange = await (await connection.channel()).get_exchange(EXCHANGE)
            await exchange.publish(aio_pika.Message(b"{}"), "certificates.seal.suspended.v1")
        reason = await self._parked(replays=0)
        log.check("it is parked with its reason, others go on", held=reason, found=reason)
        log.note(await running.must("verify", "replay", "--queue", _QUEUE))
        again = await self._parked(replays=1)
        log.check("replayed with its reason still there, it is parked again", held=again)
        # A message that nobody can ever read is taken away by hand, with two people looking.
        await running.execute("verify", "DELETE FROM records.parked_messages")

    async def _parked(self, *, replays: int) -> str:
        query = (
            "SELECT reason FROM records.parked_messages"
            " WHERE queue = $1 AND replays >= $2 AND replay_requested_at IS NULL"
        )
        found: list[str] = []

        async def parked() -> bool:
            rows = await self._running.rows("verify", query, _QUEUE, replays)
            found[:] = [row["reason"] for row in rows]
            return bool(found)

        await until("the message is parked", parked)
        return found[0]


async def trouble(log: Log, running: Running, cast: Cast) -> None:
    """Play both."""
    await Trouble(log, running, cast).run()


if __name__ == "__main__":
    raise SystemExit(asyncio.run(play("Trouble", trouble)))
