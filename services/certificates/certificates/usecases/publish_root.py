"""The signed root: what the platform can never take back about the log up to now."""

from zoneinfo import ZoneInfo

from certificates.merkle import Frontier, cover
from certificates.store import log
from certificates.transparency import LogSigner
from certificates.usecases import SYSTEM, Dependencies
from chassis.db import Database

_CHINA = ZoneInfo("Asia/Shanghai")


async def publish_root(
    database: Database, deps: Dependencies, signer: LogSigner, *, every: int
) -> log.SignedHead | None:
    """Sign the present root when a new day has begun or ``every`` leaves have been added.

    Call it under a lease. A quiet day is signed too: it says that nothing happened. Returns the
    new head, None when none was due.
    """
    async with database.transaction() as tx:
        size, last, now = await log.size(tx), await log.newest_head(tx), deps.clock.now()
        if size == 0:
            return None
        if last and size - last.size < every:
            same_day = now.astimezone(_CHINA).date() <= last.at.astimezone(_CHINA).date()
            if same_day:
                return None
        root = Frontier(size, await log.nodes(tx, cover(0, size))).root()
        head = log.SignedHead(
            number=last.number + 1 if last else 1,
            size=size,
            root=root,
            at=now,
            key_id=signer.key_id,
            public_key=signer.public_key,
            signature=signer.sign(size=size, root=root, at=now),
        )
        await log.add_head(tx, head)
        await deps.audit.record(
            tx,
            actor=SYSTEM,
            action="log.root_signed",
            subject=f"log:{head.number}",
            detail={"size": size, "root": root.hex(), "key": signer.key_id},
        )
    return head
