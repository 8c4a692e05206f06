"""The restore drill's second half: hours, then identity, go back to the same instant."""

from dataclasses import dataclass

from deploy.local.demo.gateway import Refused
from deploy.local.drills.backups import Backups
from deploy.local.drills.cast import Cast, Holder
from deploy.local.drills.log import Log
from deploy.local.drills.running import Running

_AUDITED = ("identity", "hours", "certificates", "verify")


@dataclass(frozen=True)
class Others:
    """Both forget what was done since; what others know must not turn against it."""

    log: Log
    running: Running
    backups: Backups
    cast: Cast
    point: str

    async def hours(self, holder: Holder) -> None:
        """Forget the claims behind a certificate; have them filed again."""
        log, running, cast = self.log, self.running, self.cast
        log.head("Hours, to the same instant")
        await self._back("hours")
        log.note(await running.must("hours", "restored"))
        await self._again("hours")
        found = await cast.answer(holder)
        log.check(
            "a certificate whose claims are forgotten stands",
            held=found["state"] == "valid",
            found=found["state"],
        )
        waiting = await running.retried("hours.certificates")
        log.note(f"{waiting} events of certificates wait for accounts that are forgotten")
        await cast.complete(holder.technician)
        await running.outbox_empty("hours")
        await running.queues_empty()
        held = await self._certificates_of(holder)
        log.check(
            "the claims filed and approved again make no second certificate",
            held=held == ["valid"],
            found=", ".join(held),
        )
        await running.must("certificates", "republish", "--all")
        await running.outbox_empty("certificates")
        await running.queues_empty()
        query = (
            "SELECT c.state FROM certificates c JOIN year_accounts a ON a.id = c.account_id"
            " JOIN persons p ON p.id = a.person_id WHERE p.management_number = $1"
        )
        noted = await running.rows("hours", query, holder.technician.management_number)
        log.check(
            "told again, the account knows its certificate",
            held=[row["state"] for row in noted] == ["valid"],
        )

    async def identity(self, holder: Holder) -> None:
        """Forget the person who holds a certificate; nobody else may get his number."""
        log, running, cast = self.log, self.running, self.cast
        number = holder.technician.management_number
        log.head("Identity, to the same instant")
        file = running.checkout.state / "drills" / "numbers.jsonl"
        log.note(await running.must("certificates", "numbers", "--output", str(file)))
        await self._back("identity")
        log.note(await running.must("identity", "restored", "--numbers", str(file)))
        file.unlink()
        await self._again("identity")
        cast.province.forget_tokens()
        log.check("who registered since is forgotten", held=await self._unknown(number))
        query = "SELECT 1 FROM management_numbers WHERE number = $1"
        kept = await running.rows("identity", query, number)
        log.check("his number is kept from being given again", held=kept)
        found = await cast.answer(holder)
        log.check("his certificate stands", held=found["state"] == "valid", found=found["state"])
        await cast.holder("王八")
        log.check("somebody new registers, files and is certified", held=True)
        for service in _AUDITED:
            log.note(await running.must(service, "audit"))

    async def _back(self, service: str) -> None:
        processes = (f"{service}-api", f"{service}-worker")
        await self.running.outbox_empty(service)
        await self.running.stop(*processes)
        await self.running.queues_empty()
        async with self.backups.recovered(self.point):
            await self.backups.put_in_place(service)
        await self.running.must(service, "migrate")
        self.log.note(f"{service} stopped, restored, its schema the newest")

    async def _again(self, service: str) -> None:
        await self.running.start(f"{service}-api", f"{service}-worker")
        for teller in ("identity", "certificates", "hours"):
            self.log.note(await self.running.must(teller, "republish", "--all"))
        await self.running.outbox_empty("identity", "hours", "certificates")
        await self.running.queues_empty()

    async def _certificates_of(self, holder: Holder) -> list[str]:
        query = "SELECT state FROM certificates WHERE management_number = $1 ORDER BY version"
        number = holder.technician.management_number
        rows = await self.running.rows("certificates", query, number)
        return [row["state"] for row in rows]

    async def _unknown(self, number: str) -> bool:
        try:
            await self.cast.gateway.sign_in(number, self.cast.province.password)
        except Refused:
            return True
        return False
