"""A technician's story, all of it in the browser: from registration to a checked certificate."""

import re
from collections.abc import Awaitable, Callable

import pytest
from deploy.local.demo import evidence
from deploy.local.demo.people import Evidence, new_identity_number
from playwright.async_api import FilePayload, Page, ViewportSize, expect
from tests.browser.doors import Portal, go, settled
from tests.kit.browser import DESKTOP, PHONE
from tests.kit.world import YEAR, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(600)]
NAME = "张䶮"
PATIENCE = 60_000


def payload(file: Evidence) -> FilePayload:
    return {"name": file.name, "mimeType": file.media_type, "buffer": file.content}


async def registers(page: Page, world: World, *, id_number: str) -> None:
    """Fill in the registration and send it."""
    await page.get_by_label("姓名").fill(NAME)
    await expect(page.get_by_text("U+4DAE")).to_be_visible()
    await page.get_by_label("身份证件号码").fill(id_number)
    await page.get_by_label("用人单位").fill("郑州市测试医院")
    await page.get_by_role("button", name="郑州市测试医院").first.click()
    await page.get_by_text("中级", exact=True).click()
    await page.get_by_label("设置密码").fill(world.province.password)
    await page.get_by_label("再输一次密码").fill(world.province.password)
    await page.get_by_role("button", name="提交注册").click()


async def number_of(page: Page) -> str:
    """Wait for the management number, which is shown large, and return it."""
    number = page.get_by_test_id("management-number")
    await expect(number).to_have_text(re.compile(r"^41\d{12}$"), timeout=PATIENCE)
    return await number.inner_text()


async def reloaded_until(page: Page, condition: Callable[[], Awaitable[bool]]) -> None:
    """Load the page again, as a waiting person does, until it shows what is awaited."""
    for _ in range(60):
        await page.reload()
        await settled(page)
        if await condition():
            return
        await page.wait_for_timeout(500)
    raise AssertionError("it never came")


async def files(page: Page, *, subject: str, kind: str, title: str, hours: str) -> str:
    """File hours with two files of evidence; return the claim's id."""
    await page.goto(f"/technician/claims/new?year={YEAR}&subject={subject}")
    await page.get_by_text(kind, exact=True).click()
    await page.get_by_label("学习内容名称").fill(title)
    await page.get_by_label("学时", exact=True).fill(hours)
    await page.get_by_label("开始日期").fill(f"{YEAR}-03-02")
    await page.get_by_label("结束日期").fill(f"{YEAR}-03-13")
    await expect(page.get_by_test_id("estimate")).to_contain_text(f"{hours} 学时", timeout=PATIENCE)
    await page.locator("input[type=file]").set_input_files(
        [payload(evidence.photograph()), payload(evidence.completion_certificate(NAME))]
    )
    await expect(page.get_by_text("已上传")).to_have_count(2, timeout=PATIENCE)
    await page.get_by_role("button", name="提交申报").click()
    await expect(page.get_by_text("申报已提交")).to_be_visible(timeout=PATIENCE)
    return page.url.rsplit("/", 1)[-1].partition("?")[0]


class Reviewers:
    """The employer's and the bureau's administrators, each at a page of their own."""

    def __init__(self, portal: Portal, size: ViewportSize) -> None:
        self._portal = portal
        self._size = size
        self._pages: dict[str, Page] = {}

    async def confirm(self, number: str) -> None:
        page = await self._at("employer", "people")
        await page.get_by_role("searchbox").fill(number)
        await page.get_by_role("button", name="查找").click()
        asks = page.locator("tbody tr").filter(has_text=number)
        await asks.get_by_role("button", name="确认").click()
        await expect(page.get_by_text(f"已确认 {NAME} 的任职。")).to_be_visible()

    async def approve(self, claim: str, area: str) -> None:
        page = await self._at(area, f"reviews/{claim}")
        await page.get_by_role("button", name="通过", exact=True).click()
        await page.get_by_role("button", name="确认通过").click()
        await expect(page.get_by_role("main").get_by_role("status").first).to_contain_text("已通过")

    async def return_it(self, claim: str, reason: str) -> None:
        page = await self._at("employer", f"reviews/{claim}")
        await page.get_by_role("button", name="退回修改").click()
        await page.get_by_role("main").get_by_label(re.compile(reason)).check()
        await page.get_by_role("button", name="确认退回").click()
        await expect(page.get_by_role("main").get_by_role("status").first).to_contain_text("已退回")

    async def _at(self, area: str, place: str) -> Page:
        path = f"/{area}/{place}"
        if page := self._pages.get(area):
            await page.goto(path)
            return page
        page = await self._portal.page(f"{area}_administrator", path, size=self._size)
        page.set_default_timeout(PATIENCE)
        self._pages[area] = page
        return page


async def completes_the_year(page: Page, reviewers: Reviewers) -> None:
    """File the year's hours, mend what comes back, and have everything approved."""
    first = await files(
        page, subject="public", kind="培训、研修、进修", title="公需科目培训", hours="30"
    )
    second = await files(
        page, subject="professional", kind="学术会议", title="急危重症护理学术会议", hours="60"
    )
    await reviewers.approve(first, "employer")
    await reviewers.return_it(second, "证明材料无法辨认")
    await go(page, "/technician")
    await page.get_by_role("link", name="查看并修改").click()
    await expect(page.get_by_test_id("timeline")).to_contain_text("证明材料无法辨认")
    await expect(page.get_by_test_id("timeline")).to_contain_text("请重新扫描或拍照")
    await page.get_by_role("link", name="修改并再次提交").click()
    await expect(page.get_by_label("学时", exact=True)).to_have_value("60")
    await page.get_by_role("button", name="再次提交").click()
    await expect(page.get_by_test_id("timeline")).to_contain_text("修改后再次提交")
    await reviewers.approve(first, "bureau")
    await reviewers.approve(second, "employer")
    await reviewers.approve(second, "bureau")


async def takes_the_certificate(page: Page, number: str) -> None:
    """Wait for the certificate, look at it, and download it."""
    await go(page, "/technician/certificates")
    open_it = page.get_by_role("link", name="查看证书")
    await reloaded_until(page, open_it.is_visible)
    await open_it.click()
    await expect(page.locator("canvas").first).to_be_visible(timeout=PATIENCE)
    async with page.expect_download() as download:
        await page.get_by_role("button", name="下载 PDF").click()
    assert (await download.value).suggested_filename.endswith(f"{number}.pdf")


async def is_checked(visitor: Page, number: str, link: str) -> None:
    """Check the certificate as anybody may: by number and name, then by the holder's link."""
    visitor.set_default_timeout(PATIENCE)
    await visitor.get_by_label("证书管理号").fill(number)
    await visitor.get_by_label("姓名", exact=True).fill(NAME)
    await visitor.locator("form button[type=submit]").click()
    await expect(visitor.get_by_role("main")).to_contain_text("有效", timeout=PATIENCE)
    await visitor.goto(link)
    await expect(visitor.get_by_role("main")).to_contain_text(str(YEAR), timeout=PATIENCE)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_from_registration_to_a_checked_certificate(
    portal: Portal, world: World, size: ViewportSize
) -> None:
    page = await portal.page("public", "/register", size=size)
    page.set_default_timeout(PATIENCE)
    await registers(page, world, id_number=new_identity_number())
    number = await number_of(page)
    await page.get_by_role("button", name="登录并进入").click()
    await expect(page.get_by_text("您的任职尚未确认")).to_be_visible(timeout=PATIENCE)
    reviewers = Reviewers(portal, size)
    await reviewers.confirm(number)
    await reloaded_until(page, page.get_by_test_id("rings").is_visible)
    await expect(page.get_by_text("专业科目还需申报 60 学时")).to_be_visible()
    await completes_the_year(page, reviewers)
    await takes_the_certificate(page, number)
    await page.get_by_role("link", name="生成分享码").click()
    await page.get_by_role("button", name="生成分享码").click()
    link = await page.get_by_test_id("share-link").inner_text()
    visitor = await portal.page("public", "/check/number", size=size)
    await is_checked(visitor, number, link)
    await page.reload()
    await expect(page.get_by_test_id("share")).to_contain_text("被查看 1 次")
    await page.get_by_role("button", name="撤销").click()
    await page.get_by_role("button", name="确定撤销").click()
    await expect(page.get_by_test_id("share")).to_contain_text("已撤销")


async def test_id_number_is_judged_while_it_is_typed(public: Portal) -> None:
    page = await public.page("public", "/register", size=PHONE)
    field, finding = page.get_by_label("身份证件号码"), page.locator("#id-number-finding")
    for typed, said in (
        ("1101051949", "已输入 10 位"),
        ("110105194912310021", "校验位不对"),
        ("１１０１０５ 19491231 002ｘ", "110105 19491231 002X"),
        ("110105491231002", "15 位旧号码已升为 18 位"),
        ("110105194912310000", "电子表格"),
    ):
        await field.fill(typed)
        await expect(finding).to_contain_text(said)


async def test_second_registration_is_told_in_the_one_wording_after_sending(
    public: Portal, world: World
) -> None:
    id_number = new_identity_number()
    page = await public.page("public", "/register")
    await registers(page, world, id_number=id_number)
    await number_of(page)
    again = await public.page("public", "/register")
    await registers(again, world, id_number=id_number)
    await expect(again.get_by_role("alert")).to_contain_text("identity.registration_refused")
    await expect(again.get_by_label("身份证件号码")).to_have_value(id_number)


async def test_claim_keeps_what_was_typed_and_can_be_taken_back(portal: Portal) -> None:
    page = await portal.page("technician", f"/technician/claims/new?year={YEAR}")
    page.set_default_timeout(PATIENCE)
    await page.get_by_label("学习内容名称").fill("写到一半的申报")
    await go(page, "/technician")
    await go(page, "/technician/claims/new")
    await expect(page.get_by_label("学习内容名称")).to_have_value("写到一半的申报")
    await page.get_by_role("button", name="提交申报").click()
    await expect(
        page.get_by_text("该类活动").or_(page.get_by_text("请填写这一项。")).first
    ).to_be_visible()
    claim = await files(
        page, subject="professional", kind="学术会议", title="将撤回的申报", hours="1"
    )
    await page.get_by_role("button", name="撤回申报").click()
    await page.get_by_role("button", name="确定撤回").click()
    await expect(page.get_by_test_id("timeline")).to_contain_text("撤回申报")
    await go(page, "/technician/claims?state=withdrawn")
    await expect(page.locator(f"a[href$='{claim}']")).to_be_visible()
