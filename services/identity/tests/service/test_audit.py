"""The audit finds what an attacker or a slip at the database would leave behind."""

import pytest
from sqlalchemy import text

from chassis.audit import InvariantBroken
from identity.usecases.audit_invariants import audit_invariants


async def audit(house):
    core = house.core
    return await audit_invariants(core.database, core.deps.vault, core.deps.audit)


async def test_what_is_sound_is_counted(house):
    for _ in range(3):
        await house.register()
    await house.core.deps.audit.seal(house.core.database)
    checked = await audit(house)
    assert (checked.people, checked.organisations, checked.audit_rows) == (3, 8, 3)


UNGUARDED = "ALTER TABLE {0} DISABLE TRIGGER USER; {1}; ALTER TABLE {0} ENABLE TRIGGER USER"


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("UPDATE people SET identity_masked = '4101**********0000'", "mask"),
        ("UPDATE id_documents SET blind_index = '\\x00'", "blind index"),
        ("UPDATE id_documents SET sealed_number = 'enc:1:AAAA'", "does not decrypt"),
        ("DELETE FROM id_documents", "no ID document"),
        (
            UNGUARDED.format(
                "management_numbers", "UPDATE management_numbers SET number = '41000000000000'"
            ),
            "check digits",
        ),
        (
            UNGUARDED.format("management_numbers", "DELETE FROM management_numbers"),
            "no management number",
        ),
        ("UPDATE organisations SET path = '/elsewhere/' WHERE name = 'hospital'", "path"),
        (UNGUARDED.format("audit_rows", "UPDATE audit_rows SET actor = 'nobody'"), "audit chain"),
    ],
)
async def test_the_first_violation_is_named(house, damage, named):
    await house.register()
    await house.core.deps.audit.seal(house.core.database)
    async with house.core.database.transaction() as tx:
        for statement in damage.split("; "):
            await tx.execute(text(statement))
    with pytest.raises(InvariantBroken, match=named):
        await audit(house)


async def test_a_document_moved_to_another_person_does_not_open(house):
    await house.register()
    await house.register()
    async with house.core.database.transaction() as tx:
        await tx.execute(
            text(
                "UPDATE id_documents a SET sealed_number = b.sealed_number "
                "FROM id_documents b WHERE a.person_id < b.person_id"
            )
        )
    with pytest.raises(InvariantBroken, match="does not decrypt"):
        await audit(house)
