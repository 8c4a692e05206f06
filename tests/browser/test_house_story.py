"""The house itself: logging in and out, carrying on, display modes, keyboard, lost pages."""

import secrets

import pytest
from playwright.async_api import Page, expect
from tests.browser.doors import Portal, settled
from tests.browser.people import LogIn
from tests.kit.browser import PHONE
from tests.kit.world import ZHENGZHOU, World

STAYS_INSIDE = """
document.activeElement === document.body || !!document.activeElement.closest('dialog')
"""
pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(600)]


async def log_in(page: Page, who: LogIn) -> None:
    await page.get_by_label("账号").fill(who.login)
    await page.get_by_label("密码", exact=True).fill(who.password)
    await page.get_by_role("main").get_by_role("button", name="登录").click()


async def test_visitor_meets_the_two_public_tasks_first(public: Portal) -> None:
    page = await public.page("public", "/")
    links = page.locator("main a.button")
    await expect(links.nth(0)).to_have_text("核验一份证书")
    await expect(links.nth(1)).to_have_text("登录")


async def test_wrong_password_is_told_and_what_was_typed_stays(portal: Portal) -> None:
    page = await portal.page("public", "/login")
    who = portal.people["technician"]
    await log_in(page, LogIn(who.login, "wrong-password"))
    await expect(page.get_by_role("alert")).to_contain_text("identity.log_in_refused")
    await expect(page.get_by_label("账号")).to_have_value(who.login)


async def test_session_is_in_no_storage_and_survives_a_reload(portal: Portal) -> None:
    page = await portal.page("public", "/account")
    await expect(page).to_have_url(portal.address + "/login?next=/account")
    who = portal.people["technician"]
    await log_in(page, who)
    await expect(page.get_by_role("heading", level=1)).to_have_text("账户信息")
    await expect(page.get_by_role("main")).to_contain_text(who.login)
    kept = await page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "eyJ" not in kept
    assert await page.evaluate("document.cookie") == ""
    await page.reload()
    await expect(page.get_by_role("main")).to_contain_text(who.login)
    await page.get_by_role("button", name="我的账户").click()
    await page.get_by_role("button", name="退出登录").click()
    await expect(page.get_by_role("link", name="登录").first).to_be_visible()
    await page.goto("/account")
    await expect(page).to_have_url(portal.address + "/login?next=/account")


async def test_session_ended_elsewhere_leads_to_the_log_in(portal: Portal) -> None:
    first = await portal.page("employer_administrator", "/account/sessions")
    second = await portal.page("employer_administrator", "/account/sessions")
    await second.get_by_role("button", name="退出其他登录").click()
    await expect(second.get_by_role("button", name="退出其他登录")).to_have_count(0)
    await first.reload()
    await expect(first).to_have_url(portal.address + "/login?next=/account/sessions")


async def test_first_log_in_asks_for_a_password_of_ones_own(portal: Portal, world: World) -> None:
    province, bureau = world.province, world.bureaus[ZHENGZHOU]
    administrator = await province.sign_in(bureau.administrators[0])
    username = f"first-{secrets.token_hex(4)}"
    await administrator.post(
        "/api/identity/v1/administrators",
        {
            "organisation_id": world.employers[ZHENGZHOU].organisation_id,
            "role": "employer_administrator",
            "username": username,
            "name": "新任管理员",
            "password": province.password,
        },
    )
    page = await portal.page("public", "/login")
    await log_in(page, LogIn(username, province.password))
    await expect(page.get_by_role("main")).to_contain_text("您的密码由他人设置")
    await page.get_by_label("现在的密码").fill(province.password)
    await page.get_by_label("新密码", exact=True).fill("a-password-of-my-own")
    await page.get_by_label("再输一次新密码").fill("a-password-of-my-own")
    await page.get_by_role("button", name="修改密码").click()
    await expect(page.get_by_role("heading", level=1)).not_to_have_text("修改密码")
    await page.goto("/start")
    await expect(page.get_by_role("main")).to_contain_text("确认本单位人员")


async def test_display_modes_last(public: Portal) -> None:
    page = await public.page("public", "/", size=PHONE)
    await page.get_by_role("button", name="显示设置").click()
    await page.get_by_label("长者模式（大字）").check()
    await page.get_by_label("高对比度").check()
    await page.get_by_label("English").check()
    await page.reload()
    await settled(page)
    assert await page.evaluate("getComputedStyle(document.body).fontSize") == "20px"
    assert await page.evaluate("document.documentElement.lang") == "en"
    await expect(page.get_by_role("link", name="Check a certificate")).to_be_visible()


async def test_everything_is_reached_by_keyboard(portal: Portal) -> None:
    page = await portal.page("technician", "/account", size=PHONE)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="导航")
    await expect(drawer).to_be_visible()
    for _ in range(30):
        await page.keyboard.press("Tab")
        assert await page.evaluate(STAYS_INSIDE)
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()
    await expect(page.get_by_role("button", name="菜单")).to_be_focused()


async def test_lost_page_says_so_and_leads_back(public: Portal) -> None:
    page = await public.page("public", "/nowhere/at/all")
    await expect(page.get_by_role("heading", level=1)).to_have_text("没有这个页面")
    await page.get_by_role("link", name="回首页").click()
    await expect(page).to_have_url(public.address + "/")


async def test_lost_connection_keeps_what_was_typed(public: Portal) -> None:
    page = await public.page("public", "/login")
    await page.context.set_offline(True)
    await log_in(page, LogIn("41000000000000", "whatever-it-is"))
    await expect(page.get_by_role("alert")).to_contain_text("网络没有连通")
    await expect(page.get_by_label("账号")).to_have_value("41000000000000")
    await page.context.set_offline(False)
