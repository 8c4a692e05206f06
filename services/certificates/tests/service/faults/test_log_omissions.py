"""A log that leaves out what we hold is noticed, listed, and cleared by two people or by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from certificates.usecases.canary import send_canaries
from certificates.usecases.check_lifecycle import check_lifecycle
from certificates.usecases.compare_logs import compare_logs
from certificates.usecases.seal import seal_due
from chassis.audit import InvariantBroken
from seal.simulator.faults import Fault

pytestmark = pytest.mark.infra
REASON = {"reason": "日志升级时漏记，已核查"}


async def later(office, minutes=6):
    office.clock.advance(timedelta(minutes=minutes))
    await compare_logs(office.bench)


async def omitted(office, who=None):
    answer = await office.get("work", who or office.bureau(), kind="omissions")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


@pytest.fixture
async def seal_id(office):
    return await office.activate_seal()


@pytest.fixture
async def left_out(office, simulator, rendered, seal_id):
    """Have a published certificate whose signature the log does not tell of."""
    (technician,) = await rendered(1)
    await simulator.set_faults(Fault.LOG_FORGETS)
    await seal_due(office.bench, seal_id)
    await simulator.set_faults()
    return technician


async def test_is_told_once_with_alarm_and_audit_row(office, left_out):
    with capture_logs() as logs:
        await later(office)
        await later(office)

    [alarm] = [one for one in logs if one["event"] == "seal_log_omits"]
    assert (alarm["log_level"], alarm["endpoint"], alarm["signatures"]) == ("error", "zhengzhou", 1)
    [item] = await omitted(office)
    assert (item["state"], item["endpoint"]) == ("omitted", "zhengzhou")
    assert item["intent_id"] == str((await office.intent(left_out))["id"])
    [row] = await office.rows("audit_rows", action="seal_log.omits_signature")
    assert row["subject"] == f"seal_log_entry:{item['id']}"
    assert (await office.rows("certificates"))[0]["state"] == "valid", "the file is good"


async def test_is_not_said_of_what_is_only_a_moment_old(office, left_out):
    await later(office, minutes=4)
    assert await omitted(office) == []
    await later(office, minutes=2)
    assert len(await omitted(office)) == 1


async def test_is_not_said_while_the_log_cannot_be_read(office, simulator, left_out):
    await simulator.set_faults(Fault.NO_LOG)
    await later(office)
    assert await omitted(office) == []
    await simulator.set_faults()
    await later(office)
    assert len(await omitted(office)) == 1


async def test_is_not_said_of_a_log_that_tells_everything(office, rendered, seal_id):
    await rendered(3)
    await seal_due(office.bench, seal_id)
    await send_canaries(office.bench)

    await later(office)

    assert await office.rows("log_omissions") == []


async def test_a_canary_that_is_left_out_is_noticed_too(office, simulator, seal_id):
    await simulator.set_faults(Fault.LOG_FORGETS)
    await send_canaries(office.bench)

    await later(office)

    [item] = await omitted(office)
    assert item["intent_id"] is None


async def test_closes_itself_when_the_log_tells_of_it(office, left_out):
    await later(office)
    entry = """
        INSERT INTO seal_log_entries (endpoint, position, id, hash, entry_hash, certificate_sha256,
            client, request_key, signed_at, outcome, noted_at, changed_at)
        SELECT endpoint, 900, gen_random_uuid(), digest, digest, '', '', '', stored_at, 'matched',
            stored_at, stored_at FROM log_omissions"""
    async with office.bench.database.transaction() as tx:
        await tx.execute(text(entry))

    await later(office)

    assert await omitted(office) == []
    [row] = await office.rows("log_omissions")
    assert row["logged_at"] == office.clock.now()


async def test_takes_two_and_the_second_is_the_provinces(office, left_out):
    await later(office)
    [item] = await omitted(office)
    path = f"signatures/{item['id']}/acknowledgement"
    stranger = await office.post(path, office.bureau("luoyang"), REASON)
    proposed = await office.post(path, office.bureau(), REASON)
    approval = f"approvals/{proposed.json()['approval_id']}/approval"
    colleague = await office.post(approval, office.bureau(name="second"))
    assert len(await omitted(office)) == 1
    done = await office.post(approval, office.province())

    assert stranger.status_code in {403, 404}
    assert not proposed.json()["acknowledged"]
    assert colleague.status_code == 403, "no bureau clears its own log"
    assert done.status_code == 200, done.text
    assert await omitted(office) == []
    again = await office.post(path, office.bureau(), REASON)
    assert again.json()["code"] == "certificates.signature_state_conflict"
    async with office.bench.database.reading() as tx:
        assert (await check_lifecycle(tx)).omitted == 0


async def test_is_seen_by_those_responsible(office, left_out):
    await later(office)
    for who, count in (
        (office.bureau(), 1),
        (office.province(), 1),
        (office.administrator("operator", office.place("province")), 1),
        (office.bureau("luoyang"), 0),
    ):
        assert len(await omitted(office, who)) == count
    for who in (
        office.holder(left_out),
        office.administrator("employer_administrator", office.place("hospital zhengzhou")),
    ):
        assert (await office.get("work", who, kind="omissions")).status_code == 403


async def test_the_auditor_names_one_that_a_single_person_cleared(office, left_out):
    await later(office)
    statement = (
        "UPDATE log_omissions SET acknowledged_at = now(), acknowledged_by = 'person:x',"
        " acknowledged_reason = 'x', approval_id = gen_random_uuid()"
    )
    async with office.bench.database.transaction() as tx:
        await tx.execute(text(statement))

    async with office.bench.database.reading() as tx:
        with pytest.raises(InvariantBroken, match="acknowledged against the rules"):
            await check_lifecycle(tx)
