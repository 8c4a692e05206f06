"""Each day a lane signs a marked non-certificate, and says how it went."""

from datetime import timedelta

import pytest
from services.certificates.tests.service.faults.fault_table import REFUSED, UNAVAILABLE
from structlog.testing import capture_logs

from certificates.usecases.canary import send_canaries

pytestmark = pytest.mark.infra


async def look(office, seal_id):
    return (await office.get(f"seals/{seal_id}", office.bureau())).json()["canary"]


async def test_is_sealed_once_a_day_and_shown(office, simulator):
    seal_id = await office.activate_seal()
    assert await look(office, seal_id) is None
    before = await simulator.signatures()

    assert [await send_canaries(office.bench) for _ in range(3)] == [1, 0, 0]

    seen = await look(office, seal_id)
    assert seen["succeeded"]
    assert seen["error"] is None
    assert seen["at"] == seen["last_success_at"]
    assert seen["milliseconds"] >= 0
    assert await simulator.signatures() == before + 1
    office.clock.advance(timedelta(days=1))
    assert await send_canaries(office.bench) == 1


async def test_is_no_certificate_and_stops_nothing(office):
    seal_id = await office.activate_seal()

    await send_canaries(office.bench)

    for table in ("intents", "certificates", "ledger_entries"):
        assert await office.rows(table) == [], table
    (lane,) = await office.rows("lanes")
    assert (lane["failures"], lane["last_success_at"]) == (0, None), "no word about the lane"
    (call,) = await office.rows("lane_calls")
    assert call["ended_at"], "its place is given back"
    (noted,) = await office.rows("signing_digests")
    assert (noted["purpose"], noted["seal_id"], noted["intent_id"]) == (
        "canary",
        seal_id,
        None,
    )


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("error500", UNAVAILABLE),
        ("refuse", REFUSED),
        ("truncated", UNAVAILABLE),
        ("wrong_key", "certificates.canary_mismatch"),
    ],
)
async def test_failure_is_shown_alarmed_and_tried_again(office, simulator, fault, reason):
    seal_id = await office.activate_seal()
    await send_canaries(office.bench)
    good = await look(office, seal_id)
    office.clock.advance(timedelta(days=1))
    await simulator.set_faults(fault)

    with capture_logs() as logs:
        assert [await send_canaries(office.bench) for _ in range(2)] == [1, 0]

    [alarm] = [one for one in logs if one["event"] == "canary_failed"]
    assert (alarm["log_level"], alarm["lane"], alarm["code"]) == ("error", "zhengzhou", reason)
    seen = await look(office, seal_id)
    assert (seen["succeeded"], seen["error"]) == (False, reason)
    assert seen["last_success_at"] == good["at"]
    await simulator.set_faults()
    office.clock.advance(timedelta(minutes=15))
    await send_canaries(office.bench)
    assert (await look(office, seal_id))["succeeded"]


async def test_a_suspended_seal_is_left_alone(office):
    seal_id = await office.activate_seal()
    body = {"reason_code": "key_compromised"}
    await office.post(f"seals/{seal_id}/suspension", office.bureau(), body)

    assert await send_canaries(office.bench) == 0
