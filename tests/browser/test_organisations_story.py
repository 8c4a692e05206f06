"""Organisations and API clients: what the province keeps, what a bureau may, what operators see."""

import re
import secrets

import pytest
from playwright.async_api import Locator, Page, expect
from stdnum.cn import uscc
from tests.browser.doors import Portal, settled
from tests.browser.people import LogIn
from tests.kit.browser import PHONE

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
CITY = "郑州市人力资源和社会保障局"
OTHER = "洛阳市人力资源和社会保障局"


async def add_employer(page: Page, name: str) -> None:
    await page.get_by_role("button", name="新增下级机构").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("用人单位").check()
    await dialog.get_by_label("名称（与登记证书一致）").fill(name)
    await dialog.get_by_role("button", name="新增", exact=True).click()
    await expect(page.locator("#organisation")).to_have_text(name)


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
async def test_province_adds_an_employer_and_gives_it_an_administrator(
    portal: Portal, size: dict | None
) -> None:
    more = {"size": size} if size else {}
    page = await portal.page("provincial_administrator", "/province/organisations", **more)
    name, username = f"试验医院{secrets.token_hex(3)}", f"hospital-{secrets.token_hex(4)}"
    await page.get_by_role("link", name=CITY).click()
    await expect(page.locator("#organisation")).to_have_text(CITY)
    await add_employer(page, name)
    await expect(page.get_by_role("navigation", name="上级机构")).to_contain_text(CITY)
    # It is in the tree, and the address leads to it.
    await expect(page.get_by_role("list").get_by_role("link", name=name)).to_have_count(1)
    await page.reload()
    await expect(page.locator("#organisation")).to_have_text(name)

    await page.get_by_role("button", name="设置管理员").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("姓名").fill("赵管理")
    await dialog.get_by_label("用户名").fill(username)
    await dialog.get_by_role("button", name="设置", exact=True).click()
    shown = dialog.locator("code")
    await expect(shown).to_have_count(2)
    given = LogIn(await shown.nth(0).inner_text(), await shown.nth(1).inner_text())
    assert given.login == username
    # Shown once: a slip of the finger must not take it away.
    await page.keyboard.press("Escape")
    await expect(shown.first).to_be_visible()
    await dialog.get_by_role("button", name="已记下，关闭").click()
    person = page.get_by_role("listitem").filter(has_text="赵管理")
    await expect(person).to_contain_text("尚未修改初始密码")
    theirs = await portal.page_of(given, "/start")
    await expect(theirs.get_by_role("main")).not_to_be_empty()

    await person.get_by_role("button", name="解除").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="解除").click()
    await expect(dialog.get_by_role("alert")).to_be_visible()
    await dialog.get_by_role("textbox").fill("岗位调整")
    await dialog.get_by_role("button", name="解除").click()
    await expect(page.get_by_text("还没有管理员。")).to_be_visible()


async def test_code_with_a_wrong_check_digit_has_to_be_vouched_for(portal: Portal) -> None:
    page = await portal.page("provincial_administrator", "/province/organisations")
    await page.get_by_role("link", name=CITY).click()
    await page.get_by_role("button", name="新增下级机构").click()
    dialog = page.get_by_role("dialog")
    name = f"试验学校{secrets.token_hex(3)}"
    await dialog.get_by_label("名称（与登记证书一致）").fill(name)
    code = f"12410100{secrets.randbelow(10**9):09d}"
    wrong = "1" if uscc.calc_check_digit(code) == "0" else "0"
    await dialog.get_by_label("统一社会信用代码（可不填）").fill(code + wrong)
    await dialog.get_by_role("button", name="新增", exact=True).click()
    await expect(dialog.get_by_role("alert")).to_contain_text(re.compile("organisation_code_"))
    # What was typed is still there.
    await expect(dialog.get_by_label("名称（与登记证书一致）")).to_have_value(name)


async def test_search_finds_and_is_kept_in_the_address(portal: Portal) -> None:
    page = await portal.page("provincial_administrator", "/province/organisations")
    await page.get_by_role("search").get_by_role("textbox").fill("洛阳")
    await page.get_by_role("search").get_by_role("button", name="查找").click()
    await page.get_by_label("类别").select_option("prefecture")
    await page.get_by_role("link", name=re.compile(f"^{OTHER}")).click()
    await expect(page.locator("#organisation")).to_have_text(OTHER)
    await page.reload()
    await settled(page)
    await expect(page.get_by_role("search").get_by_role("textbox")).to_have_value("洛阳")
    await expect(page.locator("#organisation")).to_have_text(OTHER)


async def test_bureau_begins_at_itself_and_leaves_others_alone(portal: Portal) -> None:
    page = await portal.page("bureau_administrator", "/province/organisations")
    await expect(page.get_by_role("link", name=CITY)).to_be_visible()
    await expect(page.get_by_role("link", name=OTHER)).to_have_count(0)
    await page.get_by_role("link", name=CITY).click()
    await expect(page.get_by_role("heading", name="管理员", exact=True)).to_be_visible()
    # Nobody multiplies himself.
    await expect(page.get_by_role("button", name="设置管理员")).to_have_count(0)
    await page.get_by_role("search").get_by_role("textbox").fill("洛阳市人力")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name=OTHER).click()
    await expect(page.get_by_text("这个机构的管理员由所属人社部门办理。")).to_be_visible()
    await expect(page.get_by_role("button", name="新增下级机构")).to_have_count(0)


async def test_operator_reads_the_tree(portal: Portal) -> None:
    page = await portal.page("operator", "/province/organisations")
    await page.get_by_role("link", name=CITY).click()
    await expect(page.locator("#organisation")).to_have_text(CITY)
    await expect(page.get_by_role("main").get_by_role("button", name="新增下级机构")).to_have_count(
        0
    )


async def test_tree_is_opened_by_keyboard(portal: Portal) -> None:
    page = await portal.page("provincial_administrator", "/province/organisations")
    toggle = page.get_by_role("button", name=f"展开 {CITY}")
    await toggle.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name=re.compile("金水区"))).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name=re.compile("金水区"))).to_have_count(0)


async def test_client_gets_a_secret_once_and_loses_it(portal: Portal) -> None:
    page = await portal.page("provincial_administrator", "/province/clients")
    name = f"职称评审平台{secrets.token_hex(3)}"
    await page.get_by_role("button", name="登记接口用户").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("系统名称").fill(name)
    await dialog.get_by_label("主管单位").fill("郑州市人力")
    await dialog.get_by_role("button", name="查找").click()
    await dialog.get_by_role("button", name=CITY).click()
    await dialog.get_by_label("每日核验次数上限").fill("5,000")
    await dialog.get_by_role("button", name="登记", exact=True).click()
    secret = dialog.get_by_text(re.compile("^yzs_"))
    await expect(secret).to_be_visible()
    clear = await secret.inner_text()
    await page.keyboard.press("Escape")
    await expect(secret).to_be_visible()
    await dialog.get_by_role("button", name="已记下，关闭").click()
    await page.reload()
    await settled(page)
    assert clear not in await page.content()

    card = await find_client(page, name)
    await expect(card).to_contain_text("5,000")
    await card.get_by_role("button", name="更换密钥").click()
    await page.get_by_role("dialog").get_by_role("button", name="生成新密钥").click()
    await expect(page.get_by_role("dialog").get_by_text(re.compile("^yzs_"))).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="已记下，关闭").click()
    await expect(card.get_by_role("listitem")).to_have_count(2)
    await card.get_by_role("button", name="的密钥 1").click()
    await page.get_by_role("dialog").get_by_role("button", name="停用密钥").click()
    await expect(card.get_by_role("listitem")).to_have_count(1)
    await card.get_by_role("button", name="停用接口用户").click()
    await page.get_by_role("dialog").get_by_role("button", name="停用", exact=True).click()
    await expect(card).to_contain_text("已停用")


async def find_client(page: Page, name: str) -> Locator:
    """Return the client's card, on whichever page of the list it is."""
    while True:
        await settled(page)
        card = page.get_by_role("article").filter(has_text=name)
        if await card.count():
            return card
        await page.get_by_role("button", name="下一页").click()
