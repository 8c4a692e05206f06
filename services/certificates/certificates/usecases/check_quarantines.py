"""The auditor's look at quarantines: no file leaves one but by today's gate and two people."""

from certificates.store import quarantine_invariants as invariants
from chassis.audit import InvariantBroken
from chassis.db import Database
from chassis.errors import NotFound
from chassis.objects import DamagedObject, ObjectStore


async def check_quarantines(database: Database, objects: ObjectStore) -> int:
    """Raise ``InvariantBroken`` naming the first that is wrong; return how many were checked.

    Every quarantined file is read again: it is kept for the investigation, whatever was decided.
    """
    async with database.reading() as tx:
        for query, what in (
            (invariants.intent_without, "intent {} is quarantined without an open quarantine"),
            (invariants.without_intent, "quarantine {} is open, its intent is not quarantined"),
            (invariants.undecided_end, "quarantine {} ended without two people's decision"),
            (invariants.published, "quarantine {}: its file is published and was not released"),
            (invariants.unpublished, "quarantine {} was released, its file is not published"),
        ):
            if found := await query(tx):
                raise InvariantBroken(what.format(found))
        files = await invariants.files(tx)
    for quarantine_id, sha256 in files:
        try:
            await objects.get(sha256)
        except NotFound as error:
            raise InvariantBroken(f"quarantine {quarantine_id}: its file is missing") from error
        except DamagedObject as error:
            raise InvariantBroken(f"quarantine {quarantine_id}: its file was altered") from error
    return len(files)
