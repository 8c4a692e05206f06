"""A database restored to an earlier instant is completed from what verify was told."""

import asyncio
import json
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text

from certificates import witness
from certificates.domain.recovery import ToldCertificate, ToldLedger, ToldSeal
from certificates.domain.states import CertificateState
from certificates.store import ledger
from certificates.usecases.advance_ledger import advance_ledger
from certificates.usecases.check import check_everything
from certificates.usecases.recover import Recovery

pytestmark = pytest.mark.infra
_OF_CERTIFICATE = ("ledger_entries", "file_revisions", "revision_work", "certificates")


@pytest.fixture
async def certificate(office):
    await office.activate_seal()
    return await office.issue(await office.technician())


async def told(office, certificate, **changes) -> ToldCertificate:
    """Return what verify holds of a certificate."""
    query = text("SELECT * FROM certificates WHERE certificate_id = :id")
    async with office.bench.database.reading() as tx:
        row = (await tx.execute(query, {"id": certificate["certificate_id"]})).mappings().one()
    names = set(ToldCertificate.__dataclass_fields__)
    one = ToldCertificate(**{name: row[name] for name in row if name in names})
    return replace(one, **({"state": CertificateState(row["state"])} | changes))


async def forget(office, certificate, *, keep_intent: bool = False) -> None:
    """Take a certificate out of the database, as a restore to before its issue does."""
    mine = {"id": certificate["certificate_id"]}
    async with office.bench.database.transaction() as tx:
        await tx.execute(text("SET LOCAL session_replication_role = replica"))
        intent = await tx.scalar(
            text("SELECT intent_id FROM certificates WHERE certificate_id = :id"), mine
        )
        for table in _OF_CERTIFICATE:
            statement = f"DELETE FROM {table} WHERE certificate_id = :id"  # noqa: S608 - names above
            await tx.execute(text(statement), mine)
        of_intent = {"id": intent}
        if keep_intent:
            await tx.execute(text("UPDATE intents SET state = 'sealing' WHERE id = :id"), of_intent)
            return
        await tx.execute(text("DELETE FROM signing_digests WHERE intent_id = :id"), of_intent)
        await tx.execute(text("DELETE FROM intents WHERE id = :id"), of_intent)


async def recover(office, *lines):
    bench = office.bench
    recovery = Recovery(bench.database, bench.deps, bench.objects, bench.workshop)
    return await recovery.run(lambda: iter(lines))


async def audited(office):
    bench = office.bench
    while await advance_ledger(bench.database, bench.deps):
        continue
    return await check_everything(bench.database, bench.objects, bench.workshop, bench.deps.audit)


async def state_of(office, certificate) -> tuple[str, int]:
    rows = await office.rows("certificates")
    return next(
        (row["state"], row["aggregate_version"])
        for row in rows
        if row["certificate_id"] == UUID(certificate["certificate_id"])
    )


async def test_forgotten_revocation_is_back(office, certificate):
    revoked = await told(office, certificate, state=CertificateState.REVOKED, aggregate_version=2)

    done = await recover(office, revoked)

    assert (done.moved, done.adopted, done.left) == (1, 0, [])
    assert await state_of(office, certificate) == ("revoked", 2)
    assert (await audited(office)).ledger_entries == 2


async def test_forgotten_way_there_and_back_counts_as_many_changes(office, certificate):
    again = await told(office, certificate, aggregate_version=3)

    await recover(office, again)

    assert await state_of(office, certificate) == ("valid", 3)
    states = [row["state"] for row in await office.rows("ledger_entries")]
    assert sorted(states) == ["suspended", "valid", "valid"]
    assert (await audited(office)).ledger_entries == 3


async def test_forgotten_certificate_comes_back_from_its_file(office, certificate):
    lost = await told(office, certificate, state=CertificateState.REVOKED, aggregate_version=2)
    before = (await office.rows("certificates"))[0]
    await forget(office, certificate)

    done = await recover(office, lost)

    assert (done.moved, done.adopted, done.left) == (0, 1, [])
    (after,) = await office.rows("certificates")
    restored = {"intent_id", "state", "aggregate_version", "issued_at", "changed_at"}
    assert {name for name in after if after[name] != before[name]} <= restored
    assert await state_of(office, certificate) == ("revoked", 2)
    assert (await audited(office)).certificates == 1


async def test_completion_told_again_makes_no_second_certificate(office, certificate):
    (person,) = await office.rows("certificates")
    lost = await told(office, certificate)
    await forget(office, certificate)
    await recover(office, lost)

    technician = await office.technician(person_id=person["person_id"], version=9)
    await office.complete_year(technician, version=5)
    await office.work()

    assert len(await office.rows("certificates")) == 1
    assert len(await office.rows("intents")) == 1


async def test_work_that_the_instant_left_open_is_ended_by_what_came_of_it(office, certificate):
    lost = await told(office, certificate)
    await forget(office, certificate, keep_intent=True)

    done = await recover(office, lost)

    assert done.adopted == 1
    (intent,) = await office.rows("intents")
    assert intent["state"] == "issued"
    assert (await audited(office)).certificates == 1


async def test_recovering_twice_changes_nothing(office, certificate):
    revoked = await told(office, certificate, state=CertificateState.REVOKED, aggregate_version=2)
    await recover(office, revoked)

    done = await recover(office, revoked)

    assert (done.moved, done.adopted, done.left) == (0, 0, [])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"record_digest": b"\x00" * 32}, "the record in the file is another one"),
        ({"file_sha256": "00" * 32}, "文件不存在"),
        ({"file_sha256": None}, "told before persons and files were kept"),
        ({"aggregate_version": 2}, "valid cannot be 2 changes after nothing"),
    ],
)
async def test_what_does_not_fit_is_left_and_named(office, certificate, change, why):
    lost = await told(office, certificate, **change)
    await forget(office, certificate)

    done = await recover(office, lost)

    assert done.adopted == 0
    assert why in done.left[0]
    assert str(lost.certificate_id) in done.left[0]
    assert await office.rows("certificates") == []


async def test_file_of_a_seal_that_was_never_filed_is_left(office, certificate):
    lost = await told(office, certificate)
    await forget(office, certificate)
    async with office.bench.database.transaction() as tx:
        await tx.execute(text("SET LOCAL session_replication_role = replica"))
        await tx.execute(text("UPDATE seals SET signer_certificate = '\\x00'"))

    done = await recover(office, lost)

    assert "file it again" in done.left[0]


async def test_what_is_revoked_here_is_not_made_valid_by_a_witness(office, certificate):
    revoked = await told(office, certificate, state=CertificateState.REVOKED, aggregate_version=2)
    await recover(office, revoked)

    done = await recover(
        office, replace(revoked, state=CertificateState.VALID, aggregate_version=3)
    )

    assert "cannot" in done.left[0]
    assert await state_of(office, certificate) == ("revoked", 2)


async def test_seal_suspended_since_is_suspended_again(office):
    seal_id = await office.activate_seal()

    done = await recover(office, ToldSeal(seal_id, 9, active=False))

    (seal,) = await office.rows("seals")
    assert (done.seals, seal["state"]) == (1, "suspended")
    assert seal["aggregate_version"] > 9


async def test_seal_activated_since_stays_out_of_use(office):
    applied = await office.apply()
    seal_id = UUID(applied.json()["seal_id"])

    done = await recover(office, ToldSeal(seal_id, 9, active=True))

    (seal,) = await office.rows("seals")
    assert (seal["state"], seal["aggregate_version"]) == ("inspected", 9)
    assert "was active, is inspected here" in done.left[0]


async def test_heartbeats_and_places_go_on_behind_the_last_ones_told(office, certificate):
    bench = office.bench
    await advance_ledger(bench.database, bench.deps)
    later = await told(office, certificate, status_index=70)

    await recover(office, ToldLedger(500, 1), later)
    await advance_ledger(bench.database, bench.deps)

    async with bench.database.reading() as tx:
        head = await ledger.head(tx)
    assert head
    assert (head.sequence, head.size) == (501, 1)
    other = await office.issue(await office.technician())
    (row,) = [
        row
        for row in await office.rows("certificates")
        if row["certificate_id"] == UUID(other["certificate_id"])
    ]
    assert row["status_index"] == 71


async def test_lines_are_read_as_verify_writes_them(tmp_path):
    file = tmp_path / "witness.jsonl"
    lines = [
        {"kind": "ledger", "sequence": 7, "size": 3},
        {
            "kind": "seal",
            "seal_id": "018f3b1c-7d2a-7c41-9a55-1f2e3d4c5b6c",
            "aggregate_version": 2,
            "state": "suspended",
        },
    ]
    await asyncio.to_thread(file.write_text, "\n".join(json.dumps(line) for line in lines))

    seal = ToldSeal(UUID("018f3b1c-7d2a-7c41-9a55-1f2e3d4c5b6c"), 2, active=False)
    assert list(witness.read(file)) == [ToldLedger(7, 3), seal]


async def test_a_line_that_says_nothing_is_named(tmp_path):
    file = tmp_path / "witness.jsonl"
    await asyncio.to_thread(file.write_text, '{"kind": "rumour"}\n')

    with pytest.raises(ValueError, match=r"line 1: of an unknown kind: rumour"):
        list(witness.read(file))
