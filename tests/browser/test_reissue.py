"""A holder asks for a corrected version; the old one stays valid until the new one is there."""

import re
from typing import Any

import pytest
from deploy.local.demo.people import Technician
from playwright.async_api import expect
from tests.browser.doors import Portal
from tests.browser.people import LogIn
from tests.browser.reviewing import place_with_claims, settled_log_in, sound
from tests.kit.browser import PHONE
from tests.kit.renaming import renamed
from tests.kit.world import YEAR, ZHENGZHOU, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]


async def superseded(world: World, holder: Technician, certificate: dict[str, Any]) -> None:
    """Wait until the next version has taken the certificate's place."""

    async def look() -> bool | None:
        path = f"/api/certificates/v1/certificates/{certificate['certificate_id']}"
        return (await holder.account.get(path))["state"] == "superseded" or None

    await world.observer.until("the next version is there", look)


async def test_corrected_version_takes_the_place_of_the_old_one(
    portal: Portal, world: World
) -> None:
    place = await place_with_claims(world, ZHENGZHOU, "何换发")
    holder, before = place.people[0], place.employer.name
    await world.people.review_year(holder, place.claims)
    first = await world.people.certificate(holder, YEAR)
    address = f"/technician/certificates/{first['certificate_id']}"
    who = LogIn(holder.management_number, world.province.password)
    page = await portal.page_of(who, address, size=PHONE)
    main = page.get_by_role("main")
    await expect(main.get_by_role("definition").filter(has_text=before)).to_be_visible()

    # As long as nothing printed has changed there is nothing to reissue, and it is said why.
    await main.get_by_text("申请换发", exact=True).click()
    await main.get_by_text("用人单位名称变更").click()
    await main.get_by_role("button", name="提交换发申请").click()
    await expect(main.get_by_role("alert")).to_contain_text("certificates.nothing_to_correct")
    now = before.replace("审核试点单位", "更名后单位")
    await renamed(world, place.employer, now)
    await main.get_by_role("button", name="提交换发申请").click()
    await expect(main).to_contain_text("已受理，新版证书正在制作。")
    await sound(page)

    await superseded(world, holder, first)
    await page.reload()
    await expect(main.locator(".page-head")).to_contain_text("已被替换")
    await main.get_by_role("link", name="已有新版证书").click()
    await expect(page).not_to_have_url(re.compile(f"{address}$"))
    await expect(main.locator(".page-head")).to_contain_text("第 2 版")
    await expect(main.get_by_role("definition").filter(has_text=now)).to_be_visible()
    await expect(main.locator("canvas").first).to_be_visible()
    async with page.expect_download() as fetched:
        await main.get_by_role("button", name="下载 PDF").click()
    assert (await (await fetched.value).path()).read_bytes().startswith(b"%PDF-")
    await sound(page)

    # The bureau sees both and why, and may ask for a version too.
    official = await settled_log_in(world, world.bureaus[ZHENGZHOU].administrators[0])
    desk = await portal.page_of(official, f"/bureau/certificates/{first['certificate_id']}")
    await expect(desk.locator(".page-head .state")).to_have_text("已被替换")
    await expect(desk.get_by_role("main")).to_contain_text("用人单位名称变更")
    newest = await world.people.certificate(holder, YEAR)
    await desk.goto(f"/bureau/certificates/{newest['certificate_id']}")
    await desk.get_by_role("button", name="换发新版").click()
    dialog = desk.get_by_role("dialog")
    await dialog.get_by_label("用人单位名称变更").check()
    await dialog.get_by_role("button", name="换发新版").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("certificates.nothing_to_correct")
    await renamed(world, place.employer, before)
    await dialog.get_by_role("button", name="换发新版").click()
    await expect(desk.get_by_text("换发已受理，新版正在制作。")).to_be_visible()
    await sound(desk)
    await superseded(world, holder, newest)
    await desk.reload()
    await expect(desk.locator(".page-head .state")).to_have_text("已被替换")
