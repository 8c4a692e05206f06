"""The auditor's look at the seal registry: filed by two people, with the face they saw."""

from certificates.store import seal_invariants as invariants
from chassis.audit import InvariantBroken
from chassis.db import Database
from chassis.errors import NotFound
from chassis.objects import DamagedObject, ObjectStore


async def check_seals(database: Database, objects: ObjectStore) -> int:
    """Raise ``InvariantBroken`` naming the first that is wrong; return how many files were read."""
    async with database.reading() as tx:
        for query, what in (
            (invariants.unfiled, "seal {} is in use, and no two people filed this key and face"),
            (invariants.faceless, "seal {} is in use without its impression or drawing"),
            (invariants.misdrawn, "seal {} bears the drawing of another kind of seal"),
        ):
            if found := await query(tx):
                raise InvariantBroken(what.format(found))
        files = await invariants.files(tx)
    for seal_id, sha256 in files:
        try:
            await objects.get(sha256)
        except NotFound as error:
            raise InvariantBroken(f"seal {seal_id}: one of its files is missing") from error
        except DamagedObject as error:
            raise InvariantBroken(f"seal {seal_id}: one of its files was altered") from error
    return len(files)
