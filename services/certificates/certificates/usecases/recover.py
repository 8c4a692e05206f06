"""Completing a restored database from what a witness was told, before the worker runs again.

Without it a restore would forget revocations, give places in the status lists twice, number its
heartbeats anew, and take certificates that people hold for unknown. All of it may be repeated.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from certificates.domain.entities import Certificate
from certificates.domain.recovery import (
    Contradiction,
    ToldCertificate,
    ToldLedger,
    ToldSeal,
    missed_states,
)
from certificates.domain.states import CertificateState, SealState
from certificates.store import certificates, ledger, recovering, seals
from certificates.usecases import SYSTEM, Dependencies
from certificates.usecases.adopt import adopt, examine, rendered_length, seal_of
from certificates.usecases.decide import move_seal
from certificates.usecases.tell import PLATFORM, leaf_of
from certificates.witness import Told
from certificates.workshop import Workshop
from chassis.db import Database, Transaction
from chassis.errors import NotFound
from chassis.ids import uuid7
from chassis.objects import DamagedObject, ObjectStore

_PAGE = 500
# Stands in the ledger and in the audit trail where the true reason is forgotten.
_REASON = "recovered"


@dataclass(slots=True)
class Recovered:
    """What was done, and what could not be: each with its reason."""

    told: int = 0
    moved: int = 0
    adopted: int = 0
    seals: int = 0
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Recovery:
    """One restored database and the files that it has to be completed from."""

    database: Database
    deps: Dependencies
    objects: ObjectStore
    workshop: Workshop

    async def run(self, witness: Callable[[], Iterable[Told]]) -> Recovered:
        """Complete the database; ``witness`` is read twice.

        First what is held and behind, so that a year's older version has made room; then what is
        not held at all.
        """
        done = Recovered()
        highest = -1
        for page in _pages(witness()):
            for one in page:
                match one:
                    case ToldLedger():
                        await self._reach(one)
                    case ToldSeal():
                        done.seals += await self._seal(one, done)
            told = [one for one in page if isinstance(one, ToldCertificate)]
            highest = max([highest, *(one.status_index or 0 for one in told)])
            done.told += len(told)
            done.moved += await self._move(told, done)
        async with self.database.transaction() as tx:
            if highest >= 0:
                await recovering.raise_status_indexes(tx, highest)
        for page in _pages(witness()):
            told = [one for one in page if isinstance(one, ToldCertificate)]
            for missing in await self._missing(told):
                done.adopted += await self._adopt(missing, done)
        return done

    async def _reach(self, told: ToldLedger) -> None:
        """Go on with the next heartbeat that nobody has heard of."""
        async with self.database.transaction() as tx:
            head = await ledger.head(tx)
            if head and head.sequence < told.sequence:
                await ledger.save_head(tx, replace(head, sequence=told.sequence))

    async def _seal(self, told: ToldSeal, done: Recovered) -> int:
        async with self.database.transaction() as tx:
            seal = await seals.lock(tx, told.seal_id)
            if seal is None:
                done.left.append(f"seal {told.seal_id}: not registered here, file it again")
                return 0
            if seal.aggregate_version >= told.aggregate_version:
                return 0
            if told.active or seal.state is not SealState.ACTIVE:
                # Activated or reinstated since: that takes two people, again.
                await recovering.raise_seal_version(tx, seal.id, told.aggregate_version)
                if told.active:
                    done.left.append(f"seal {seal.id}: was active, is {seal.state} here")
                return 1
            newer = replace(seal, aggregate_version=told.aggregate_version)
            await move_seal(
                tx, self.deps, newer, SealState.SUSPENDED, actor=SYSTEM, reason_code=_REASON
            )
            return 1

    async def _move(self, told: list[ToldCertificate], done: Recovered) -> int:
        """Bring those that are held and behind to what was told."""
        async with self.database.transaction() as tx:
            held = await recovering.versions(tx, [one.certificate_id for one in told])
            behind = [
                one
                for one in told
                if held.get(one.certificate_id, one.aggregate_version) < one.aggregate_version
            ]
            return sum([await self._move_one(tx, one, done) for one in behind])

    async def _move_one(self, tx: Transaction, told: ToldCertificate, done: Recovered) -> int:
        certificate = await certificates.lock(tx, told.certificate_id)
        if certificate is None:
            return 0
        count = told.aggregate_version - certificate.aggregate_version
        try:
            path = missed_states(certificate.state, told.state, count)
        except Contradiction as reason:
            done.left.append(f"certificate {told.certificate_id}: {reason}")
            return 0
        moved = replace(
            certificate,
            state=told.state,
            state_reason=None,
            aggregate_version=told.aggregate_version,
            changed_at=self.deps.clock.now(),
            attention=None,
        )
        await certificates.save_state(tx, moved)
        await self._enter(tx, moved, path, held=certificate.aggregate_version)
        return 1

    async def _enter(
        self, tx: Transaction, certificate: Certificate, path: list[CertificateState], *, held: int
    ) -> None:
        """Write the ledger's entries of the forgotten changes, and one audit row of all."""
        for version, state in enumerate(path, start=held + 1):
            step = replace(certificate, aggregate_version=version, state=state)
            await ledger.add(
                tx,
                {
                    "id": uuid7(),
                    "certificate_id": certificate.certificate_id,
                    "aggregate_version": version,
                    "state": state,
                    "leaf": leaf_of(step),
                    "at": certificate.changed_at,
                    "actor_kind": PLATFORM,
                    "reason_code": _REASON,
                    "fraud": False,
                },
            )
        await self.deps.audit.record(
            tx,
            actor=SYSTEM,
            action="certificate.recovered",
            subject=f"certificate:{certificate.certificate_id}",
            detail={"from": held, "to": certificate.aggregate_version, "state": path[-1].value},
        )

    async def _missing(self, told: list[ToldCertificate]) -> list[ToldCertificate]:
        async with self.database.reading() as tx:
            held = await recovering.versions(tx, [one.certificate_id for one in told])
        return [one for one in told if one.certificate_id not in held]

    async def _adopt(self, told: ToldCertificate, done: Recovered) -> int:
        try:
            path = missed_states(None, told.state, told.aggregate_version)
            found = await examine(told, self.objects)
            length = await rendered_length(found, self.objects, self.workshop)
            async with self.database.transaction() as tx:
                seal = await seal_of(tx, found)
                certificate = await adopt(tx, self.deps, found, seal, length=length)
                await self._enter(tx, certificate, path, held=0)
        except (Contradiction, NotFound, DamagedObject) as reason:
            what = str(reason) or type(reason).__name__
            done.left.append(f"certificate {told.certificate_id}: {what}")
            return 0
        return 1


def _pages(lines: Iterable[Told]) -> Iterator[list[Told]]:
    rest = iter(lines)
    while page := list(islice(rest, _PAGE)):
        yield page
