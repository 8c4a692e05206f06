"""A sealed file that fails the gate: seen by operators, decided by two people of the bureau."""

import re
from typing import Any

import pytest
from playwright.async_api import expect
from tests.browser.doors import Portal
from tests.browser.reviewing import settled_log_in, sound
from tests.kit.browser import PHONE
from tests.kit.faults import gate
from tests.kit.issuing import approve, ready_for_the_last_approval
from tests.kit.pinning import wrong_pin
from tests.kit.world import LUOYANG, YEAR, ZHENGZHOU, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
async def quarantined(world: World) -> dict[str, Any]:
    """Have a certificate sealed by a key that the gate does not expect; return its intent."""
    technician, decision = await ready_for_the_last_approval(world)
    async with gate("certificates", "intents", "UPDATE", when="NEW.state = 'rendered'") as shut:
        await approve(world, technician, decision)
        # Prepared with the right pin; the gate is told a wrong one.
        await shut.reached()
        async with wrong_pin(world, ZHENGZHOU, LUOYANG):
            await shut.open()

            async def look() -> dict[str, Any] | None:
                page = await technician.account.get("/api/certificates/v1/intents")
                mine = (one for one in page["items"] if one["state"] == "quarantined")
                return next(mine, None)

            found: dict[str, Any] = await world.observer.until("the file is quarantined", look)
    return found


async def test_file_in_quarantine_is_examined_again_when_two_people_want_it(
    portal: Portal, world: World, quarantined: dict[str, Any]
) -> None:
    address = f"intents/{quarantined['intent_id']}"
    operator = await portal.page("operator", "/operator/work?kind=quarantined", size=PHONE)
    await operator.locator(f"a[href$='{address}']").click()
    await expect(operator.get_by_text("没有通过的检查")).to_be_visible()
    await expect(operator.get_by_text("人社部门两名管理员提出和批准")).to_be_visible()
    await expect(operator.get_by_role("button", name="提出处理意见")).to_have_count(0)
    async with operator.expect_download() as fetched:
        await operator.get_by_role("button", name="下载用于查明原因").click()
    assert (await fetched.value).suggested_filename.endswith(".zip")
    await sound(operator)

    first, second = [
        await settled_log_in(world, one) for one in world.bureaus[ZHENGZHOU].administrators
    ]
    page = await portal.page_of(first, "/bureau/work?kind=quarantined")
    await page.locator(f"a[href$='{address}']").click()
    await expect(page.get_by_role("link", name="查看证书")).to_have_count(0)
    await page.get_by_role("button", name="提出处理意见").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("重新检查").check()
    await dialog.get_by_role("button", name="提交，由另一人批准").click()
    await expect(dialog.get_by_role("alert")).to_be_visible()
    why = f"签章证书登记有误，已更正 {quarantined['intent_id'][-6:]}"
    await dialog.get_by_role("textbox").fill(why)
    await dialog.get_by_role("button", name="提交，由另一人批准").click()
    await expect(page.get_by_text("已提交，由另一人批准后办理。")).to_be_visible()
    await sound(page)
    await page.get_by_role("status").get_by_role("link", name="待批事项").click()
    own = page.get_by_role("article").filter(has_text=why)
    await expect(own).to_contain_text("您不能批准")
    await expect(own.get_by_role("button", name="批准", exact=True)).to_have_count(0)

    other = await portal.page_of(second, "/bureau/approvals")
    card = other.get_by_role("article").filter(has_text=why)
    await expect(card).to_contain_text("处理隔离的文件")
    await card.get_by_role("link", name="查看隔离的文件").click()
    await expect(other).to_have_url(re.compile(f"/bureau/{address}$"))
    await expect(other.get_by_text("没有通过的检查")).to_be_visible()
    await other.go_back()
    await card.get_by_role("button", name="批准", exact=True).click()
    await other.get_by_role("dialog").get_by_role("button", name="批准").click()
    await expect(card).to_contain_text("已批准，立即生效。")

    # The very same bytes pass the gate of now; the certificate is there.
    await page.goto(f"/bureau/{address}")
    await expect(page.get_by_role("main")).to_contain_text("重新检查通过")
    await page.get_by_role("link", name="查看证书").click()
    await expect(page.get_by_role("heading", name=re.compile(f"{YEAR}"))).to_be_visible()
    await expect(page.locator(".page-head .state")).to_have_text("有效")
