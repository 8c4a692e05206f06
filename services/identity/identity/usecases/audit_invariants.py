"""Recompute what must always be true of identity's own tables."""

from dataclasses import dataclass

from sqlalchemy import RowMapping

from chassis.audit import Audit, InvariantBroken
from chassis.cipher import CannotDecrypt
from chassis.db import Database
from identity.domain.ids import PersonId
from identity.domain.numbering import is_management_number
from identity.store import organisations, people, sessions
from identity.vault import Vault


@dataclass(frozen=True)
class Checked:
    """How many rows of each kind were found right."""

    people: int
    organisations: int
    audit_rows: int


async def audit_invariants(database: Database, vault: Vault, audit: Audit) -> Checked:
    """Check every person, the tree and the audit chain; raise at the first violation.

    Each person has exactly one number with right check digits and one ID document that decrypts
    in its row, matches its blind index and its mask; each path is the parent's path plus itself.
    """
    async with database.reading() as tx:
        count = 0
        async for row in people.all_for_audit(tx):
            _check_person(row, vault)
            count += 1
        paths: dict[object, str] = {}
        async for one in organisations.all_organisations(tx, since=None):
            above = paths.get(one.parent_id, "/")
            if one.path != f"{above}{one.id}/" or (one.parent_id and above == "/"):
                raise InvariantBroken(f"organisation {one.id}: its path is not below its parent's")
            paths[one.id] = one.path
        if ahead := await sessions.first_token_ahead(tx):
            raise InvariantBroken(f"session {ahead}: a token of a generation still to come")
        return Checked(count, len(paths), await audit.verify(tx))


def _check_person(row: RowMapping, vault: Vault) -> None:
    person = PersonId(row["id"])
    if row["number"] is None or not is_management_number(row["number"]):
        raise InvariantBroken(f"person {person}: no management number with right check digits")
    if row["sealed_number"] is None:
        raise InvariantBroken(f"person {person}: no ID document")
    try:
        number = vault.open(row["sealed_number"], person)
        index = vault.index(number, row["index_key_version"])
    except (CannotDecrypt, KeyError) as error:
        raise InvariantBroken(f"person {person}: the ID number does not decrypt") from error
    if index.value != row["blind_index"]:
        raise InvariantBroken(f"person {person}: the blind index is not that of the ID number")
    if number.masked != row["identity_masked"]:
        raise InvariantBroken(f"person {person}: the mask is not that of the ID number")
