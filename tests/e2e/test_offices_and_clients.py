"""Checks by offices and by other systems, through the gateway, on every real part."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

import httpx
import pytest
import python_calamine
import xlsxwriter
from aiohttp import web
from deploy.local.demo import evidence
from deploy.local.demo.gateway import Account, Refused
from deploy.local.demo.people import Technician, new_identity_number
from tests.kit.world import YEAR, ZHENGZHOU, World

pytestmark = pytest.mark.e2e
BATCHES = "/api/verify/v1/batches"
CLIENT = "/api/verify/v1/client"
HEADER = ["序号", "身份证件号码", "证书管理号", "姓名", "年度", "学时", "工作单位"]


@dataclass(frozen=True)
class Holder:
    """Somebody with a certificate, and what only he and identity know."""

    technician: Technician
    identity_number: str
    certificate: dict[str, Any]


@pytest.fixture
async def holder(world: World) -> Holder:
    number = new_identity_number()
    technician = await world.people.register(
        name="张䶮",
        identity_number=number,
        employer=world.employers[ZHENGZHOU],
        bureau=world.bureaus[ZHENGZHOU],
    )
    claims = await world.people.file_year(technician, year=YEAR, evidence=evidence.photograph())
    await world.people.review_year(technician, claims)
    certificate = await world.people.certificate(technician, YEAR)
    return Holder(technician, number, certificate)


def as_csv(rows: list[list[str]]) -> bytes:
    output = io.StringIO()
    csv.writer(output).writerows(rows)
    return output.getvalue().encode("gb18030")


def as_xlsx(rows: list[list[str]]) -> bytes:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return output.getvalue()


def read(content: bytes, format_: str) -> list[list[str]]:
    if format_ == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()


async def finished(bureau: Account, batch: str) -> dict[str, Any] | None:
    shown: dict[str, Any] = await bureau.get(f"{BATCHES}/{batch}")
    return shown if shown["state"] in ("finished", "failed") else None


async def known_to_verify(world: World, holder: Holder) -> None:
    """Wait until the certificate has reached the public registry."""
    body = {"management_number": holder.technician.management_number, "name": "张䶮"}

    async def look() -> bool | None:
        try:
            return bool(await world.gateway.public.post("/api/verify/v1/lookups", body))
        except Refused as refusal:
            if refusal.code == "verify.lookup_not_found":
                return None
            raise

    await world.observer.until("verify knows the certificate", look)


@pytest.mark.parametrize(("format_", "write"), [("csv", as_csv), ("xlsx", as_xlsx)])
async def test_office_has_a_table_checked_by_id_number_and_by_number(
    world: World, holder: Holder, format_: str, write: Any
) -> None:
    await known_to_verify(world, holder)
    number = holder.technician.management_number
    unit = holder.certificate["employer_name"]
    rows = [
        HEADER,
        ["1", holder.identity_number, "", "张䶮", str(YEAR), "90", unit],
        ["2", "", number, "张䶮", str(YEAR), "60", unit],
        ["3", holder.identity_number, "", "李四", str(YEAR), "", "别的单位"],
        ["4", new_identity_number(), "", "王五", str(YEAR), "90", unit],
    ]
    bureau = await world.province.sign_in(world.bureaus[ZHENGZHOU].administrators[0])
    sent = await world.gateway.client.post(
        BATCHES,
        files={"file": (f"rows.{format_}", write(rows))},
        data={"purpose": "title_review"},
        headers=bureau._headers | {"idempotency-key": str(uuid4())},
    )
    assert sent.status_code == 202, sent.text
    batch = sent.json()["id"]
    ended = await world.observer.until("the batch ends", partial(finished, bureau, batch))
    assert (ended["state"], ended["rows"], ended["matched"]) == ("finished", 4, 1), ended
    file = await bureau.download(f"{BATCHES}/{batch}/file")
    found = read(file.content, format_)
    assert [row[: len(HEADER)] for row in found] == rows
    assert [row[len(HEADER) : -1] for row in found[1:]] == [
        ["有效", "一致", "一致", "一致", "一致"],
        ["有效", "一致", "一致", "不一致", "一致"],
        ["有效", "不一致", "一致", "", "不一致"],
        ["未查到"] * 5,
    ]

    async def seen() -> dict[str, Any] | None:
        path = f"/api/certificates/v1/certificates/{holder.certificate['certificate_id']}/checks"
        page = await holder.technician.account.get(path)
        return next((one for one in page["items"] if one["verifier"] == "batch"), None)

    check = await world.observer.until("the holder sees it", seen)
    assert (check["purpose"], check["count"]) == ("title_review", 1)
    assert check["organisation_name"]


async def registered(world: World) -> tuple[Account, str, str]:
    """Let the province register a system; return the province, and the system's id and secret."""
    province = await world.province.provincial()
    body = {
        "name": "河南省职称评审平台",
        "organisation_id": world.bureaus[ZHENGZHOU].organisation_id,
    }
    made = await province.post("/api/identity/v1/clients", body)
    return province, made["client_id"], made["client_secret"]


async def test_platform_checks_hears_of_the_revocation_and_the_holder_sees_it(
    world: World, holder: Holder
) -> None:
    await known_to_verify(world, holder)
    province, client_id, secret = await registered(world)
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    answer = await world.gateway.client.post("/api/identity/v1/client-tokens", data=form)
    platform = Account(world.gateway.client, answer.json()["access_token"])
    question = {
        "management_number": holder.technician.management_number,
        "name": "张䶮",
        "year": YEAR,
        "total_tenths": 900,
    }

    async def served() -> Any:
        try:
            return await platform.post(f"{CLIENT}/check", question)
        except Refused as refusal:
            if refusal.code == "verify.client_unknown":
                return None
            raise

    checked = await world.observer.until("verify knows the client", served)
    assert (checked["outcome"], checked["fields"]["total_tenths"]) == ("valid", "match")
    assert checked["certificate_id"] == holder.certificate["certificate_id"]
    async with hook() as (url, heard):
        kept = await world.gateway.client.put(
            f"{CLIENT}/webhook", json={"url": url}, headers=platform._headers
        )
        assert kept.status_code == 200, kept.text
        await world.people.revoke(holder.technician, holder.certificate["certificate_id"])
        told = await asyncio.wait_for(heard.get(), 30)
    assert told["type"] == "certificate.revoked"
    assert told["data"]["certificate_id"] == holder.certificate["certificate_id"]
    page = await platform.get(f"{CLIENT}/changes")
    assert [one["data"] for one in page["changes"]] == [told["data"]]

    async def seen() -> dict[str, Any] | None:
        path = f"/api/certificates/v1/certificates/{holder.certificate['certificate_id']}/checks"
        items = (await holder.technician.account.get(path))["items"]
        return next((one for one in items if one["verifier"] == "client"), None)

    check = await world.observer.until("the holder sees the platform", seen)
    assert check["client_name"] == "河南省职称评审平台"
    await province.post(f"/api/identity/v1/clients/{client_id}/revocation")

    async def refused() -> bool | None:
        try:
            await platform.post(f"{CLIENT}/check", question)
        except Refused as refusal:
            return refusal.code == "verify.client_revoked"
        return None

    assert await world.observer.until("the client is refused", refused)


@asynccontextmanager
async def hook() -> AsyncIterator[tuple[str, asyncio.Queue[dict[str, Any]]]]:
    """Serve as the platform does; what it hears comes out of the queue."""
    heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def answer(request: web.Request) -> web.Response:
        await heard.put(await request.json())
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post("/hook", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", heard
    finally:
        await runner.cleanup()


async def test_platform_is_shut_out_of_everything_else(world: World) -> None:
    _, client_id, secret = await registered(world)
    answer = await world.gateway.client.post(
        "/api/identity/v1/client-tokens",
        data={"grant_type": "client_credentials"},
        auth=httpx.BasicAuth(client_id, secret),
    )
    platform = Account(world.gateway.client, answer.json()["access_token"])
    for path in (BATCHES, "/api/identity/v1/me", "/api/certificates/v1/certificates"):
        with pytest.raises(Refused) as refusal:
            await platform.get(path)
        assert refusal.value.status == 401, path
