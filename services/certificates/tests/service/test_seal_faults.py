"""Whatever a bureau's seal service does, nothing false becomes valid and everybody sees why."""

from datetime import timedelta

import pytest
from services.certificates.tests.service.seal_simulator import SealSimulator
from services.certificates.tests.service.settings_of import settings_with
from structlog.testing import capture_logs
from tests.kit.pki import ZHENGZHOU

from certificates.usecases.canary import send_canaries
from certificates.usecases.render import render_due
from certificates.usecases.seal import seal_due

pytestmark = pytest.mark.infra

UNAVAILABLE = "certificates.seal_unavailable"
REFUSED = "certificates.seal_refused"
# The service is away, refuses, or says something that is no answer: nothing is believed, the
# intent waits with its bytes unchanged.
WAITS = {
    "slow": UNAVAILABLE,
    "error500": UNAVAILABLE,
    "truncated": UNAVAILABLE,
    "half_batch": UNAVAILABLE,
    "no_activation": UNAVAILABLE,
    "refuse": REFUSED,
    "clock_skew": REFUSED,
}
# A signature came back and is not that of the filed certificate over our digest.
QUARANTINED = ("wrong_key", "altered_signature", "truncated_signature")


@pytest.fixture(scope="session")
async def simulator(tmp_path_factory):
    running = SealSimulator(tmp_path_factory.mktemp("simulator"), ZHENGZHOU)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture(autouse=True)
async def _behaves(simulator):
    await simulator.set_faults()


@pytest.fixture
async def settings(simulator, secret_files, fonts_dir, tmp_path):
    """Give the office of Zhengzhou the simulator for a seal service."""
    files = {**secret_files, "trust_roots_file": simulator.root_file}
    endpoints = {"zhengzhou": simulator.endpoint("410100")}
    async with settings_with(endpoints, tmp_path, files, fonts_dir) as made:
        yield made


async def rendered(office, count):
    technicians = [await office.technician() for _ in range(count)]
    for technician in technicians:
        await office.complete_year(technician)
    while await render_due(office.bench):
        continue
    return technicians


async def shown(office, technician):
    """Return the intent as the bureau sees it."""
    intent_id = (await office.intent(technician))["id"]
    answer = await office.get(f"intents/{intent_id}", office.bureau())
    assert answer.status_code == 200, answer.text
    return answer.json()


async def finish(office, seal_id):
    office.clock.advance(timedelta(minutes=2))
    while await seal_due(office.bench, seal_id):
        continue


class TestSealing:
    @pytest.mark.parametrize(("fault", "reason"), WAITS.items())
    async def test_waits_with_its_reason_and_is_sealed_later(
        self, office, simulator, fault, reason
    ):
        seal_id = await office.activate_seal()
        # Fewer refusals than this may mean the documents and do not stop the lane.
        technicians = await rendered(office, 3 if reason == REFUSED else 2)
        before = {
            row["intent_id"]: row["prepared"] for row in await office.rows("prepared_documents")
        }
        await simulator.set_faults(fault)

        await seal_due(office.bench, seal_id)

        for technician in technicians:
            seen = await shown(office, technician)
            assert (seen["state"], seen["last_error"]) == ("sealing", reason)
        lane = (await office.get(f"seals/{seal_id}", office.bureau())).json()["lane"]
        assert (lane["failures"], lane["last_error"]) == (1, reason)
        assert await office.rows("certificates") == []
        kept = {
            row["intent_id"]: row["prepared"] for row in await office.rows("prepared_documents")
        }
        assert kept == before

        await simulator.set_faults()
        await finish(office, seal_id)
        for technician in technicians:
            assert (await shown(office, technician))["state"] == "issued"

    @pytest.mark.parametrize("fault", QUARANTINED)
    async def test_a_wrong_signature_is_quarantined(self, office, simulator, fault):
        seal_id = await office.activate_seal()
        (technician,) = await rendered(office, 1)
        await simulator.set_faults(fault)

        await seal_due(office.bench, seal_id)

        assert (await shown(office, technician))["state"] == "quarantined"
        assert await office.rows("certificates") == []
        listed = await office.get("intents", office.bureau(), state="quarantined")
        assert len(listed.json()["items"]) == 1
        assert (await office.intent(technician))["quarantined_sha256"]

    @pytest.mark.parametrize("fault", ["duplicate", "swapped"])
    async def test_somebody_elses_signature_is_quarantined(self, office, simulator, fault):
        seal_id = await office.activate_seal()
        technicians = await rendered(office, 3)
        await simulator.set_faults(fault)

        await seal_due(office.bench, seal_id)

        # One of three was given the signature over its own digest: the first, or the middle one.
        states = sorted([(await shown(office, one))["state"] for one in technicians])
        assert states == ["issued", "quarantined", "quarantined"]
        assert len(await office.rows("certificates", state="valid")) == 1


class TestApplying:
    @pytest.mark.parametrize(
        "fault", ["wrong_certificate", "expired_certificate", "broken_chain", "disabled"]
    )
    async def test_a_seal_that_cannot_be_trusted_is_rejected_with_the_reason(
        self, office, simulator, fault
    ):
        await simulator.set_faults(fault)

        answer = await office.apply()

        assert answer.json()["code"] == "certificates.seal_not_trusted"
        (seal,) = await office.rows("seals")
        assert seal["state"] == "rejected"
        assert seal["state_reason"].endswith("。")

    async def test_a_seal_whose_service_refuses_us_waits_with_the_reason(self, office, simulator):
        await simulator.set_faults("refuse_login")

        answer = await office.apply()

        assert answer.json()["state"] == "applied"
        assert answer.json()["last_error"] == REFUSED


class TestCanary:
    async def look(self, office, seal_id):
        return (await office.get(f"seals/{seal_id}", office.bureau())).json()["canary"]

    async def test_is_sealed_once_a_day_and_shown(self, office, simulator):
        seal_id = await office.activate_seal()
        assert await self.look(office, seal_id) is None
        before = await simulator.signatures()

        assert [await send_canaries(office.bench) for _ in range(3)] == [1, 0, 0]

        seen = await self.look(office, seal_id)
        assert seen["succeeded"]
        assert seen["error"] is None
        assert seen["at"] == seen["last_success_at"]
        assert seen["milliseconds"] >= 0
        assert await simulator.signatures() == before + 1
        office.clock.advance(timedelta(days=1))
        assert await send_canaries(office.bench) == 1

    async def test_is_no_certificate_and_stops_nothing(self, office):
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
    async def test_failure_is_shown_alarmed_and_tried_again(self, office, simulator, fault, reason):
        seal_id = await office.activate_seal()
        await send_canaries(office.bench)
        good = await self.look(office, seal_id)
        office.clock.advance(timedelta(days=1))
        await simulator.set_faults(fault)

        with capture_logs() as logs:
            assert [await send_canaries(office.bench) for _ in range(2)] == [1, 0]

        [alarm] = [one for one in logs if one["event"] == "canary_failed"]
        assert (alarm["log_level"], alarm["lane"], alarm["code"]) == ("error", "zhengzhou", reason)
        seen = await self.look(office, seal_id)
        assert (seen["succeeded"], seen["error"]) == (False, reason)
        assert seen["last_success_at"] == good["at"]
        await simulator.set_faults()
        office.clock.advance(timedelta(minutes=15))
        await send_canaries(office.bench)
        assert (await self.look(office, seal_id))["succeeded"]

    async def test_a_suspended_seal_is_left_alone(self, office):
        seal_id = await office.activate_seal()
        body = {"reason_code": "key_compromised"}
        await office.post(f"seals/{seal_id}/suspension", office.bureau(), body)

        assert await send_canaries(office.bench) == 0
