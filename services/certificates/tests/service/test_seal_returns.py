"""The address where a bureau delivers what it sealed later: one ticket, one document."""

import asyncio
from urllib.parse import urlsplit

import pytest
from services.certificates.tests.service.settings_of import with_endpoint
from tests.kit.pki import LUOYANG, ZHENGZHOU, throw_away_pki
from tests.kit.whole_pdf_bureau import WholePdfBureau

from certificates.sealing.whole_pdf import LARGEST_DOCUMENT
from certificates.usecases.render import render_due
from certificates.usecases.seal import seal_due

pytestmark = pytest.mark.infra
API = "/api/certificates/v1/seal-returns"


@pytest.fixture
async def bureau():
    pki = throw_away_pki()
    async with WholePdfBureau(pki.issue(ZHENGZHOU), pki.issue(LUOYANG), mode="later") as server:
        yield server


@pytest.fixture
def settings(settings, bureau, tmp_path):
    changes = {"base_url": bureau.url, "shape": "whole_pdf", "timeout_seconds": 5}
    changed = with_endpoint(settings, tmp_path, "zhengzhou", **changes)
    return changed.model_copy(update={"request_timeout_seconds": 1.0})


@pytest.fixture
async def handed_in(office, bureau):
    """Have a document that the bureau has accepted for later; return where it is awaited."""
    seal_id = await office.activate_seal()
    technician = await office.technician()
    await office.complete_year(technician)
    while await render_due(office.bench):
        continue
    await seal_due(office.bench, seal_id)
    (order,) = bureau.asked
    return technician, seal_id, order, urlsplit(order["return_address"]).path


def told(answer):
    document = answer.json()
    return answer.status_code, document["code"], document["detail"]


async def test_every_ticket_that_is_not_awaited_gets_one_answer(office, bureau, handed_in):
    technician, seal_id, order, path = handed_in
    file = await bureau.finished(order["reference"])
    await office.http.post(path, content=file)
    await seal_due(office.bench, seal_id)
    assert (await office.intent(technician))["state"] == "issued"
    invented = f"{API}/{'A' * 43}"

    answers = [
        await office.http.post(one, content=content)
        for one in (path, invented, f"{API}/short", f"{API}/{'长' * 80}")
        for content in (file, b"no document", b"")
    ]

    assert {told(one) for one in answers} == {
        (404, "certificates.seal_return_unknown", "没有等待送回的文件，或已办结。")
    }


async def test_the_first_delivery_stands(office, bureau, handed_in):
    technician, seal_id, order, path = handed_in
    file = await bureau.finished(order["reference"])

    answers = [await office.http.post(path, content=one) for one in (file, b"%PDF-1.7 other")]
    await seal_due(office.bench, seal_id)

    assert [one.status_code for one in answers] == [204, 204]
    assert (await office.intent(technician))["state"] == "issued"


async def test_a_ticket_of_a_cancelled_certificate_is_worth_nothing(office, bureau, handed_in):
    technician, _, order, path = handed_in
    file = await bureau.finished(order["reference"])
    await office.reopen_year(technician)

    answer = await office.http.post(path, content=file)

    assert (await office.intent(technician))["state"] == "cancelled"
    assert answer.status_code == 404


async def test_too_much_is_not_read_to_its_end(office, handed_in):
    *_, path = handed_in
    sent = 0

    async def endless():
        nonlocal sent
        yield b"%PDF-1.7"
        while sent < 4 * LARGEST_DOCUMENT:
            sent += 1 << 20
            yield bytes(1 << 20)

    answer = await office.http.post(path, content=endless())

    assert (answer.status_code, answer.json()["code"]) == (
        413,
        "certificates.seal_return_too_large",
    )
    assert (await office.rows("seal_errands"))[0]["returned"] is None


async def test_a_trickle_is_cut_off(office, handed_in):
    *_, path = handed_in
    never = asyncio.Event()

    async def trickle():
        yield b"%PDF-1.7"
        await never.wait()

    answer = await office.http.post(path, content=trickle())

    assert answer.status_code == 503
    assert (await office.rows("seal_errands"))[0]["returned"] is None
