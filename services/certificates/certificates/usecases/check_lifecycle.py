"""The auditor's part about lifecycles: versions, replacements, and the seal services' logs."""

from dataclasses import dataclass, field

from certificates.store import chains, omissions, seal_logs
from chassis.audit import InvariantBroken
from chassis.db import Transaction


@dataclass(slots=True)
class Lifecycle:
    """What was recounted. Orphans and unknown signatures are work, not a broken invariant."""

    superseded: int = 0
    logged: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    omitted: int = 0

    @property
    def summary(self) -> str:
        """Tell it in one line."""
        logged = sum(self.logged.values())
        orphans = self.logged.get(seal_logs.ORPHAN, 0)
        unknown = self.logged.get(seal_logs.UNKNOWN, 0)
        return (
            f"{self.superseded} replacements, {logged} signatures in the seal services' logs"
            f" ({orphans} orphans, {unknown} unknown, {self.acknowledged} acknowledged),"
            f" {self.omitted} left out of them"
        )


async def check_lifecycle(tx: Transaction) -> Lifecycle:
    """Raise ``InvariantBroken`` naming the first version, replacement or log that is wrong."""
    for query, what in (
        (chains.misnumbered, "has another version than its intent"),
        (chains.overtaken, "is in force beside a newer version"),
        (chains.without_successor, "is superseded without exactly one successor"),
        (chains.replacing_nothing, "replaces one that is not superseded"),
    ):
        if found := await query(tx):
            raise InvariantBroken(f"certificate {found} {what}")
    if endpoint := await seal_logs.inconsistent(tx):
        raise InvariantBroken(f"the log read from {endpoint} does not reach its checkpoint")
    if position := await seal_logs.falsely_matched(tx):
        raise InvariantBroken(f"log entry {position} is matched without a stored file")
    if position := await seal_logs.wrongly_acknowledged(tx):
        raise InvariantBroken(f"log entry {position} was acknowledged against the rules")
    if omission := await omissions.wrongly_acknowledged(tx):
        raise InvariantBroken(f"log omission {omission} was acknowledged against the rules")
    acknowledged = await seal_logs.count_acknowledged(tx)
    return Lifecycle(
        await chains.count_superseded(tx),
        await seal_logs.totals(tx),
        acknowledged,
        await omissions.count_open(tx),
    )
