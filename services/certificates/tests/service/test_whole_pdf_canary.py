"""Each day a service for whole PDFs seals a page that says it is no certificate."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from services.certificates.tests.service.settings_of import with_endpoint
from structlog.testing import capture_logs
from tests.kit.pki import LUOYANG, ZHENGZHOU, throw_away_pki
from tests.kit.whole_pdf_bureau import WholePdfBureau

from certificates.usecases.canary import send_canaries
from certificates.usecases.compare_logs import compare_logs

pytestmark = pytest.mark.infra


@pytest.fixture
async def bureau():
    pki = throw_away_pki()
    async with WholePdfBureau(pki.issue(ZHENGZHOU), pki.issue(LUOYANG)) as server:
        yield server


@pytest.fixture
def settings(settings, bureau, tmp_path):
    changes = {"base_url": bureau.url, "shape": "whole_pdf", "timeout_seconds": 5}
    return with_endpoint(settings, tmp_path, "zhengzhou", **changes)


async def look(office, seal_id):
    return (await office.get(f"seals/{seal_id}", office.bureau())).json()


async def test_is_sealed_once_a_day_and_shown(office, bureau):
    seal_id = await office.activate_seal()

    assert [await send_canaries(office.bench) for _ in range(3)] == [1, 0, 0]

    seen = await look(office, seal_id)
    assert (seen["canary"]["succeeded"], seen["canary"]["error"]) == (True, None)
    assert seen["canary_out_since"] is None
    [order] = bureau.asked
    assert order["reference"].startswith("canary-")
    office.clock.advance(timedelta(days=1))
    assert await send_canaries(office.bench) == 1
    assert order["reference"] != bureau.asked[1]["reference"]


async def test_is_no_certificate_and_stays_out_of_everything(office, bureau, tmp_path):
    await office.activate_seal()

    await send_canaries(office.bench)
    await compare_logs(office.bench)

    for table in (
        *("intents", "certificates", "ledger_entries", "file_revisions"),
        *("seal_errands", "signing_digests", "seal_log_entries", "canary_errands"),
    ):
        assert await office.rows(table) == [], table
    assert not [one for one in (tmp_path / "objects").rglob("*") if one.is_file()]
    (lane,) = await office.rows("lanes")
    assert (lane["failures"], lane["last_success_at"]) == (0, None)


async def test_page_says_what_it_is_not(office, bureau):
    await office.activate_seal()
    bureau.mode = "later"
    await send_canaries(office.bench)

    (errand,) = await office.rows("canary_errands")

    text = bureau.text_of(errand["request_key"])
    assert "豫证签章自检，不是证书，不证明任何事项" in text
    assert errand["request_key"] in text.replace("\n", "")


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("away", "certificates.seal_unavailable"),
        ("talks", "certificates.seal_unavailable"),
        ("refuses", "certificates.seal_refused"),
        ("wrong_certificate", "certificates.canary_mismatch"),
        ("altered_page", "certificates.canary_mismatch"),
        ("truncated", "certificates.canary_mismatch"),
        ("stock_writer", "certificates.canary_mismatch"),
    ],
)
async def test_failure_is_shown_alarmed_and_tried_again(office, bureau, mode, reason):
    seal_id = await office.activate_seal()
    bureau.mode = mode

    with capture_logs() as logs:
        assert [await send_canaries(office.bench) for _ in range(2)] == [1, 0]

    [alarm] = [one for one in logs if one["event"] == "canary_failed"]
    assert (alarm["lane"], alarm["code"]) == ("zhengzhou", reason)
    assert (await look(office, seal_id))["canary"]["error"] == reason
    assert await office.rows("certificates") == []
    bureau.mode = "sealed"
    office.clock.advance(timedelta(minutes=15))
    await send_canaries(office.bench)
    assert (await look(office, seal_id))["canary"]["succeeded"]


class TestLater:
    @pytest.fixture
    async def out(self, office, bureau):
        """Have a canary that the service has accepted for later."""
        seal_id = await office.activate_seal()
        bureau.mode = "later"
        assert await send_canaries(office.bench) == 1
        return seal_id

    async def test_is_asked_for_when_the_service_said(self, office, bureau, out):
        seen = await look(office, out)
        assert seen["canary"] is None
        assert seen["canary_out_since"]
        assert await send_canaries(office.bench) == 0, "not before the time it named"
        bureau.ready.set()
        office.clock.advance(timedelta(seconds=8))

        assert await send_canaries(office.bench) == 1

        seen = await look(office, out)
        assert seen["canary"]["succeeded"]
        assert seen["canary"]["milliseconds"] >= 8000
        assert seen["canary_out_since"] is None
        assert (len(bureau.asked), bureau.polls) == (1, 1)

    async def test_may_be_delivered_once(self, office, bureau, out):
        (order,) = bureau.asked
        path = urlsplit(order["return_address"]).path
        file = await bureau.finished(order["reference"])

        delivered = await office.http.post(path, content=file)
        await send_canaries(office.bench)

        assert delivered.status_code == 204
        assert (await look(office, out))["canary"]["succeeded"]
        late = await office.http.post(path, content=file)
        assert (late.status_code, late.json()["code"]) == (404, "certificates.seal_return_unknown")

    async def test_delivery_proves_nothing(self, office, bureau, out):
        (order,) = bureau.asked
        path = urlsplit(order["return_address"]).path
        await office.http.post(path, content=b"%PDF-1.7 nothing")

        await send_canaries(office.bench)

        assert (await look(office, out))["canary"]["error"] == "certificates.canary_mismatch"

    async def test_fails_when_a_day_has_passed(self, office, bureau, out):
        office.clock.advance(timedelta(hours=23, minutes=59))
        await send_canaries(office.bench)
        assert (await look(office, out))["canary"] is None
        office.clock.advance(timedelta(minutes=1))

        await send_canaries(office.bench)

        assert (await look(office, out))["canary"]["error"] == "certificates.canary_unanswered"
        assert await office.rows("canary_errands") == []
