"""A bureau that seals whole PDFs: its every answer ends in the right visible state."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from services.certificates.tests.service.settings_of import with_endpoint
from tests.kit.pki import LUOYANG, ZHENGZHOU, throw_away_pki
from tests.kit.whole_pdf_bureau import WholePdfBureau

from certificates.usecases.compare_logs import compare_logs
from certificates.usecases.render import render_due
from certificates.usecases.seal import seal_due

pytestmark = pytest.mark.infra


@pytest.fixture
async def bureau():
    pki = throw_away_pki()
    async with WholePdfBureau(pki.issue(ZHENGZHOU), pki.issue(LUOYANG)) as server:
        yield server


@pytest.fixture
def settings(settings, bureau, tmp_path):
    """Have Zhengzhou seal whole documents, three seconds being the most it may take."""
    changes = {"base_url": bureau.url, "shape": "whole_pdf", "timeout_seconds": 3}
    return with_endpoint(settings, tmp_path, "zhengzhou", **changes)


async def waiting(office, count=1):
    technicians = []
    for _ in range(count):
        technician = await office.technician()
        await office.complete_year(technician)
        technicians.append(technician)
    while await render_due(office.bench):
        continue
    return technicians


async def test_sealed_at_once_is_published_with_the_bureaus_own_file(office, bureau):
    seal_id = await office.activate_seal()
    technicians = await waiting(office, 3)

    await seal_due(office.bench, seal_id)

    for technician in technicians:
        assert (await office.intent(technician))["state"] == "issued"
    assert len(bureau.asked) == 3
    (first, *_) = await office.rows("certificates")
    file = await office.bench.objects.get(first["file_sha256"])
    assert file.startswith(b"%PDF-")
    assert first["rendered_length"] < len(file)
    assert await office.rows("seal_errands") == [], "nothing is left of a document that is done"


async def test_a_service_without_a_log_for_us_is_not_said_to_leave_anything_out(office, bureau):
    seal_id = await office.activate_seal()
    await waiting(office)
    await seal_due(office.bench, seal_id)

    for _ in range(2):
        await compare_logs(office.bench)
        office.clock.advance(timedelta(minutes=10))

    assert len(await office.rows("signing_digests")) == 1
    assert await office.rows("log_omissions") == []


async def test_refused_document_shows_the_bureaus_reason_and_is_tried_again(office, bureau):
    seal_id = await office.activate_seal()
    (technician,) = await waiting(office)
    bureau.mode = "refuses"

    await seal_due(office.bench, seal_id)

    intent = await office.intent(technician)
    assert (intent["state"], intent["last_error"]) == ("sealing", "certificates.seal_refused")
    (errand,) = await office.rows("seal_errands")
    assert errand["refusal"] == "office_closed"
    bureau.mode = "sealed"
    office.clock.advance(timedelta(minutes=2))
    await seal_due(office.bench, seal_id)
    assert (await office.intent(technician))["state"] == "issued"


async def test_accepted_document_is_asked_for_until_it_is_there(office, bureau):
    seal_id = await office.activate_seal()
    (technician,) = await waiting(office)
    bureau.mode = "later"

    await seal_due(office.bench, seal_id)

    intent = await office.intent(technician)
    assert (intent["state"], intent["last_error"]) == ("sealing", "certificates.seal_pending")
    assert intent["next_attempt_at"] == office.clock.now() + timedelta(seconds=7)
    assert await seal_due(office.bench, seal_id) == 0, "not before the time it named"
    (lane,) = await office.rows("lanes")
    assert lane["failures"] == 0, "a service that accepts is not away"
    office.clock.advance(timedelta(seconds=8))
    await seal_due(office.bench, seal_id)
    assert (await office.intent(technician))["last_error"] == "certificates.seal_pending"
    bureau.ready.set()
    office.clock.advance(timedelta(seconds=8))
    await seal_due(office.bench, seal_id)
    assert (await office.intent(technician))["state"] == "issued"
    assert (len(bureau.asked), bureau.polls) == (1, 2), "handed in once, asked for twice"


async def test_delivered_document_is_taken_through_the_gate_at_once(office, bureau):
    seal_id = await office.activate_seal()
    (technician,) = await waiting(office)
    bureau.mode = "later"
    await seal_due(office.bench, seal_id)
    (order,) = bureau.asked
    path = urlsplit(order["return_address"]).path
    file = await bureau.finished(order["reference"])

    answers = [await office.http.post(path, content=file) for _ in range(2)]
    await seal_due(office.bench, seal_id)

    assert [answer.status_code for answer in answers] == [204, 204]
    assert (await office.intent(technician))["state"] == "issued"
    assert bureau.polls == 0
    late = await office.http.post(path, content=file)
    assert (late.status_code, late.json()["code"]) == (404, "certificates.seal_return_unknown")


async def test_delivery_proves_nothing(office, bureau):
    seal_id = await office.activate_seal()
    (technician,) = await waiting(office)
    bureau.mode = "later"
    await seal_due(office.bench, seal_id)
    (order,) = bureau.asked
    path = urlsplit(order["return_address"]).path

    nonsense = await office.http.post(path, content=b"no document")
    stranger = await office.http.post(path[:-10] + "0123456789", content=b"%PDF-1.7")
    bureau.mode = "wrong_certificate"
    forged = await office.http.post(path, content=await bureau.finished(order["reference"]))
    await seal_due(office.bench, seal_id)

    assert (nonsense.status_code, stranger.status_code, forged.status_code) == (400, 404, 204)
    assert (await office.intent(technician))["state"] == "quarantined"


@pytest.mark.parametrize("mode", ["away", "slow", "talks"])
async def test_service_that_does_not_answer_breaks_the_circuit_and_loses_nothing(
    office, bureau, mode
):
    seal_id = await office.activate_seal()
    technicians = await waiting(office, 2)
    bureau.mode = mode

    await seal_due(office.bench, seal_id)

    for technician in technicians:
        intent = await office.intent(technician)
        assert (intent["state"], intent["last_error"]) == (
            "sealing",
            "certificates.seal_unavailable",
        )
    (lane,) = await office.rows("lanes")
    assert (lane["failures"], lane["failing_since"]) == (1, office.clock.now())
    bureau.mode = "sealed"
    bureau.ready.set()
    office.clock.advance(timedelta(minutes=2))
    while await seal_due(office.bench, seal_id):
        continue
    for technician in technicians:
        assert (await office.intent(technician))["state"] == "issued"
    (lane,) = await office.rows("lanes")
    assert (lane["failures"], lane["failing_since"]) == (0, None)


@pytest.mark.parametrize(
    ("mode", "checks"),
    [
        ("altered_page", {"structure"}),
        ("wrong_certificate", {"signer"}),
        ("truncated", {"one_signature"}),
        # The metadata of what we issued is ours: a bureau's software must leave it alone.
        ("stock_writer", {"structure"}),
    ],
)
async def test_file_that_is_not_what_was_asked_for_is_quarantined(office, bureau, mode, checks):
    seal_id = await office.activate_seal()
    (technician,) = await waiting(office)
    bureau.mode = mode

    await seal_due(office.bench, seal_id)

    intent = await office.intent(technician)
    assert (intent["state"], intent["last_error"]) == ("quarantined", "certificates.gate_refused")
    assert await office.rows("certificates") == []
    (entry,) = [
        row for row in await office.rows("audit_rows") if row["action"] == "intent.quarantined"
    ]
    assert checks <= set(entry["detail"]["checks"])


async def test_service_may_not_send_us_elsewhere(office, bureau):
    seal_id = await office.activate_seal()
    (technician,) = await waiting(office)
    bureau.mode = "elsewhere"

    await seal_due(office.bench, seal_id)

    assert (await office.intent(technician))["last_error"] == "certificates.seal_refused"
    (errand,) = await office.rows("seal_errands")
    assert (errand["location"], errand["refusal"]) == (None, "location_elsewhere")
