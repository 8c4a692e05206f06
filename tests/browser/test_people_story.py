"""An employer's people: confirmed, sent back, let go, one by one and together."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import unquote

import pytest
from deploy.local.demo.people import new_identity_number
from playwright.async_api import Locator, Page, Route, expect
from tests.browser.doors import Portal
from tests.browser.people import LogIn
from tests.browser.reviewing import sound
from tests.kit.browser import PHONE
from tests.kit.world import ZHENGZHOU, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


async def ask(world: World, name: str) -> LogIn:
    """Register somebody who waits for the employer."""
    answer = await world.gateway.public.post(
        "/api/identity/v1/registrations",
        {
            "id_number": new_identity_number(),
            "name": name,
            "employer_id": world.employers[ZHENGZHOU].organisation_id,
            "title_level": "junior",
            "password": world.province.password,
        },
    )
    return LogIn(answer["management_number"], world.province.password)


@asynccontextmanager
async def held_back(page: Page, address: str) -> AsyncIterator[None]:
    """Let what is asked for at this address wait for its answer until the block ends."""
    over = asyncio.Event()

    async def wait(route: Route) -> None:
        await over.wait()
        await route.continue_()

    await page.route(address, wait)
    yield
    over.set()


def row(page: Page, who: LogIn) -> Locator:
    return page.get_by_role("row").filter(has_text=who.login)


async def test_request_is_confirmed_and_the_person_is_told(portal: Portal, world: World) -> None:
    who = await ask(world, "张䶮")
    page = await portal.page("employer_administrator", "/employer/people")
    await row(page, who).get_by_role("button", name="确认").click()
    await expect(page.get_by_text("已确认 张䶮 的任职。")).to_be_visible()
    await expect(row(page, who)).to_have_count(0)
    theirs = await portal.page_of(who, "/messages")
    await expect(theirs.get_by_role("main")).to_contain_text("用人单位已确认您的任职")


async def test_request_is_sent_back_with_a_reason_on_a_phone(portal: Portal, world: World) -> None:
    who = await ask(world, "欧阳若兰")
    page = await portal.page("employer_administrator", "/employer/people", size=PHONE)
    await row(page, who).get_by_role("button", name="退回").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="退回申请").click()
    await expect(dialog.get_by_role("alert")).to_be_visible()
    await dialog.get_by_role("textbox").fill("不是本单位人员")
    await dialog.get_by_role("button", name="退回申请").click()
    await expect(page.get_by_text("已退回 欧阳若兰 的申请。")).to_be_visible()
    await page.get_by_role("button", name="已退回").click()
    await expect(page).to_have_url(re.compile("state=rejected"))
    theirs = await portal.page_of(who, "/messages")
    await expect(theirs.get_by_role("main")).to_contain_text("退回了您的任职申请")


async def test_several_are_confirmed_together_and_one_is_let_go(
    portal: Portal, world: World
) -> None:
    first, second = await ask(world, "李一"), await ask(world, "李二")
    page = await portal.page("employer_administrator", "/employer/people")
    for who in (first, second):
        await row(page, who).get_by_role("checkbox").check()
    await page.get_by_role("button", name="确认所选人员").click()
    await expect(page.get_by_text("已确认 2 人的任职。")).to_be_visible()
    await page.goto("/employer/people?state=confirmed")
    await page.get_by_role("searchbox").fill(first.login)
    await page.get_by_role("button", name="查找").click()
    await expect(page.get_by_role("row")).to_have_count(2)
    await row(page, first).get_by_role("button", name="办理离职").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("原因").fill("调离")
    await dialog.get_by_role("button", name="办理离职").click()
    await expect(page.get_by_text("已为 李一 办理离职。")).to_be_visible()
    await page.get_by_role("button", name="已离职").click()
    await expect(page.get_by_role("main")).to_contain_text("调离")


async def test_somebody_is_found_by_name_or_number_and_no_address_has_either(
    portal: Portal, world: World
) -> None:
    who = await ask(world, "司马相如")
    page = await portal.page("employer_administrator", "/employer/people", size=PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(unquote(request.url)))
    for typed in ("司马", who.login, who.login[:8]):
        await page.get_by_role("searchbox").fill(typed)
        async with page.expect_response("**/affiliations/search"):
            await page.get_by_role("button", name="查找").click()
        await expect(page.get_by_role("table")).to_have_attribute("aria-busy", "false")
        await expect(row(page, who)).to_be_visible()
        others = page.locator("tbody tr").filter(has_not_text="司马相如")
        await expect(others).to_have_count(0)
    async with held_back(page, "**/affiliations/search"):
        await page.get_by_role("searchbox").fill("查无此人")
        await page.get_by_role("searchbox").press("Enter")
        await expect(page.get_by_role("table")).to_have_attribute("aria-busy", "true")
        # What is about to go can be read to the last.
        await sound(page)
    await expect(page.get_by_text("没有找到这样的人员。")).to_be_visible()
    await page.get_by_role("button", name="显示全部").click()
    await expect(page.get_by_role("searchbox")).to_have_value("")
    await expect(page.get_by_role("row")).not_to_have_count(0)
    assert asked
    said = [*asked, page.url]
    assert [one for one in said if "司马" in one or who.login[:8] in one or "查无" in one] == []
