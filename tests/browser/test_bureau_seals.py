"""A bureau's day with certificates and seals: suspend, revoke with two people, apply for a seal."""

import re

import pytest
from playwright.async_api import Page, expect
from tests.browser.doors import Portal, settled
from tests.browser.people import LogIn
from tests.kit.browser import PHONE, sticks_out
from tests.kit.world import KAIFENG, YEAR, ZHENGZHOU, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
async def certificate(world: World) -> str:
    """Issue a certificate for this story alone; return its id."""
    technician = await world.completed("赵敏")
    issued = await world.people.certificate(technician, YEAR)
    return str(issued["certificate_id"])


async def colleague(world: World, code: str, place: int) -> LogIn:
    """Return one of a bureau's two administrators, with a password of his own."""
    who = LogIn(world.bureaus[code].administrators[place], world.province.password)
    await world.gateway.settle(who.login, who.password)
    return who


async def choose(page: Page, reason: str) -> None:
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label(reason, exact=True).check()


async def state(page: Page, word: str) -> None:
    await expect(page.locator(".page-head .state")).to_have_text(word)


async def test_certificate_is_suspended_reinstated_and_revoked_by_two(
    portal: Portal, world: World, certificate: str
) -> None:
    first = await colleague(world, ZHENGZHOU, 0)
    second = await colleague(world, ZHENGZHOU, 1)
    page = await portal.page_of(first, f"/bureau/certificates/{certificate}")
    await state(page, "有效")
    await page.locator(".viewer canvas").first.wait_for()

    await page.get_by_role("button", name="暂停").click()
    await choose(page, "核查中")
    await page.get_by_role("dialog").get_by_role("button", name="暂停").click()
    await state(page, "已暂停")
    await page.get_by_role("button", name="恢复").click()
    await choose(page, "核查无误")
    await page.get_by_role("dialog").get_by_role("button", name="恢复").click()
    await state(page, "有效")

    await page.get_by_role("button", name="提出撤销").click()
    await choose(page, "申报材料不实")
    await page.get_by_label("因弄虚作假撤销").check()
    await page.get_by_role("button", name="提交，由另一人批准").click()
    await expect(page.get_by_text("撤销已提出，由另一人批准后生效。")).to_be_visible()
    await state(page, "有效")

    # The proposer sees that it takes somebody else.
    await page.get_by_role("link", name="查看待批事项").click()
    own = page.get_by_role("article").filter(has_text="赵敏").first
    await expect(own.get_by_text("您不能批准")).to_be_visible()
    await expect(own.get_by_role("button", name="批准", exact=True)).to_have_count(0)

    other = await portal.page_of(second, "/bureau/approvals")
    card = other.get_by_role("article").filter(has_text="赵敏").first
    await expect(card.get_by_text("撤销，不能恢复")).to_be_visible()
    bureau = world.bureaus[ZHENGZHOU].name
    await expect(card).to_contain_text(f"提出人：{bureau}管理员 · {bureau}")
    await card.get_by_role("button", name="批准", exact=True).click()
    await other.get_by_role("dialog").get_by_role("button", name="批准").click()
    await expect(card.get_by_text("已批准，立即生效。")).to_be_visible()

    await page.goto(f"/bureau/certificates/{certificate}")
    await state(page, "已撤销")
    await expect(page.get_by_text("涉及弄虚作假")).to_be_visible()


async def test_list_filters_are_in_the_address_and_survive_a_reload(
    portal: Portal, certificate: str
) -> None:
    page = await portal.page("bureau_administrator", "/bureau/certificates")
    await page.get_by_label("状态").select_option("valid")
    await page.wait_for_url(re.compile("state=valid"))
    await page.reload()
    await settled(page)
    await expect(page.get_by_label("状态")).to_have_value("valid")
    assert certificate
    await expect(page.get_by_role("link", name="赵敏").first).to_be_visible()


async def test_revocation_by_file_is_checked_row_by_row_and_found_again(
    portal: Portal, world: World, certificate: str
) -> None:
    page = await portal.page("bureau_administrator", "/bureau/mass-revocations")
    rows = f"证书编号,理由代码\n{certificate},evidence_false\n{certificate},nonsense\n"
    file = {"name": "撤销.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    await page.get_by_label("选择表格").set_input_files(file)
    await page.wait_for_url(re.compile("/bureau/mass-revocations/.+"))
    for _ in range(2):
        await expect(page.get_by_text("已检查，尚未提出")).to_be_visible()
        await expect(page.get_by_role("row", name="可以撤销 1")).to_be_visible()
        await expect(page.get_by_role("row", name="理由代码不在规定的范围内 1")).to_be_visible()
        await page.reload()
        await settled(page)
    async with page.expect_download() as download:
        await page.get_by_role("button", name="下载原表和每行结果").click()
    assert (await download.value).suggested_filename.endswith(".csv")

    # Whoever lost the address, and a colleague, find the table in the list.
    address = page.url.removeprefix(portal.address)
    await page.get_by_role("link", name="再提交一份").click()
    await expect(page.locator(f"a[href='{address}']")).to_be_visible()
    await page.get_by_label("办理状态").select_option("done")
    await expect(page).to_have_url(re.compile(r"\?state=done$"))
    await expect(page.locator(f"a[href='{address}']")).to_have_count(0)
    other = await portal.page_of(
        await colleague(world, ZHENGZHOU, 1), "/bureau/mass-revocations?state=examined", size=PHONE
    )
    theirs = other.get_by_role("row").filter(has=other.locator(f"a[href='{address}']"))
    await expect(theirs).to_contain_text("其他管理员")
    await expect(theirs).to_contain_text("已检查，尚未提出")
    assert await sticks_out(other) == ""
    await other.locator(f"a[href='{address}']").click()
    await expect(other.get_by_role("row", name="可以撤销 1")).to_be_visible()


async def test_bureau_sees_its_seal_its_lane_and_annex_2_also_on_a_phone(
    portal: Portal,
) -> None:
    page = await portal.page("bureau_administrator", "/bureau/seals", size=PHONE)
    await page.get_by_role(
        "link", name=re.compile("郑州市专业技术人员继续教育专用章")
    ).first.click()
    await settled(page)
    await expect(page.get_by_role("heading", name="签章通道")).to_be_visible()
    await expect(page.get_by_text("畅通", exact=True)).to_be_visible()
    await expect(page.get_by_role("img", name="印章图形")).to_be_visible()
    await page.get_by_role("button", name="预览附件 2").click()
    await page.locator(".viewer canvas").first.wait_for()
    assert await sticks_out(page) == ""


async def test_application_that_the_service_refuses_says_why_and_keeps_what_was_typed(
    portal: Portal, world: World
) -> None:
    page = await portal.page_of(await colleague(world, KAIFENG, 0), "/bureau/seals/new")
    name = page.get_by_label("印章名称")
    await expect(name).to_have_value("开封市专业技术人员继续教育专用章")
    await page.get_by_role("button", name="提交申请").click()
    await expect(page.get_by_text("请填写全部内容。")).to_be_visible()
    await page.get_by_label("签章服务代号").fill("zhengzhou")
    await page.get_by_role("button", name="提交申请").click()
    await expect(page.get_by_role("alert").filter(has_text="代码 certificates.")).to_be_visible()
    await expect(name).to_have_value("开封市专业技术人员继续教育专用章")
