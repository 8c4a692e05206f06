"""The province's day: a seal suspended and reinstated by two, a template compared and released."""

import re

import pytest
from playwright.async_api import expect
from tests.browser.doors import Portal, settled
from tests.browser.people import LogIn
from tests.kit.browser import PHONE, sticks_out
from tests.kit.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(600)]
SEAL = re.compile("洛阳市专业技术人员继续教育专用章")


async def second_of(world: World) -> LogIn:
    who = LogIn("province-admin-2", world.province._first_password)
    await world.gateway.settle(who.login, who.password)
    return who


async def test_seal_is_suspended_by_one_and_reinstated_by_two(portal: Portal, world: World) -> None:
    page = await portal.page("provincial_administrator", "/bureau/seals")
    await page.get_by_role("link", name=SEAL).first.click()
    await settled(page)
    await page.get_by_role("button", name="停用").click()
    await page.get_by_role("dialog").get_by_label("核查中").check()
    await page.get_by_role("dialog").get_by_role("button", name="停用").click()
    await expect(page.locator(".page-head .state")).to_have_text("已停用")
    await expect(page.get_by_text("签章已停用，证书不会送签")).to_be_visible()

    await page.get_by_role("button", name="提出恢复使用").click()
    await page.get_by_role("dialog").get_by_role("button", name="提交，由另一人批准").click()
    await expect(page.get_by_text("已提出，由省厅另一人批准后生效。")).to_be_visible()
    await page.get_by_role("link", name="待批事项").first.click()
    own = page.get_by_role("article").filter(has_text=SEAL).first
    await expect(own.get_by_text("您不能批准")).to_be_visible()

    other = await portal.page_of(await second_of(world), "/bureau/approvals")
    card = other.get_by_role("article").filter(has_text=SEAL).first
    await expect(card.get_by_role("img", name="印章图形")).to_be_visible()
    await card.get_by_role("button", name="批准", exact=True).click()
    await other.get_by_role("dialog").get_by_role("button", name="批准").click()
    await expect(card.get_by_text("已批准，立即生效。")).to_be_visible()
    await card.get_by_role("link", name="查看签章和印章图形").click()
    await expect(other.locator(".page-head .state")).to_have_text("使用中")


async def test_template_is_compared_in_pictures_and_withdrawn(portal: Portal) -> None:
    page = await portal.page("provincial_administrator", "/province/templates")
    await page.get_by_role("link", name=re.compile("合格证书.*2026.2")).click()
    await settled(page)
    await page.locator(".card code").wait_for()
    if await page.get_by_role("button", name="提出启用").count():
        await page.get_by_role("button", name="提出启用").click()
        await page.get_by_role("dialog").get_by_role("button", name="提交，由另一人批准").click()
    comparison = page.locator(".comparison").first
    await comparison.get_by_role("slider").wait_for(timeout=60_000)
    await comparison.get_by_role("slider").fill("20")
    await expect(comparison.get_by_role("img", name="现用版本")).to_be_visible()
    await comparison.get_by_role("button", name="差异").click()
    await expect(comparison.get_by_role("img", name="差异")).to_be_visible()
    await comparison.get_by_role("button", name="并排").click()
    await expect(comparison.get_by_role("img", name="新版本")).to_be_visible()
    await page.set_viewport_size(PHONE)
    assert await sticks_out(page) == ""

    # The proposer takes it back, so the platform stays as the other stories know it.
    await page.goto("/bureau/approvals")
    card = page.get_by_role("article").filter(has_text="启用新的证书样式").first
    await expect(card.get_by_text("您不能批准")).to_be_visible()
    await card.get_by_role("button", name="撤回").click()
    await page.get_by_role("dialog").get_by_role("button", name="撤回").click()
    await expect(card.get_by_text("已撤回。")).to_be_visible()
