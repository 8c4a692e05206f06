"""Checking a certificate: by camera, picture, number, file, table, receipt and share code."""

import asyncio
import io
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import python_calamine
from playwright.async_api import Download, FilePayload, Page, async_playwright, expect
from tests.browser.doors import Portal
from tests.browser.papers import Paper, film, forged, jpeg, paper, photograph
from tests.kit.browser import DESKTOP, PHONE, launch, sticks_out, violations
from tests.kit.world import YEAR, World

from chassis.clock import SystemClock

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]
NAME = "王小明"
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


@pytest.fixture(scope="session")
async def held(world: World, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return await paper(world, tmp_path_factory.mktemp("paper"), NAME)


def upload(name: str, kind: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


async def content_of(download: Download) -> bytes:
    return await asyncio.to_thread((await download.path()).read_bytes)


async def fits(page: Page) -> None:
    assert await sticks_out(page) == ""
    assert await violations(page, impacts=("serious", "critical")) == []


async def ask_by_number(page: Page, number: str, name: str) -> None:
    await page.get_by_label("证书管理号").fill(number)
    await page.get_by_label("姓名").fill(name)
    await page.get_by_role("button", name="核验", exact=True).click()


class TestScanning:
    @SIZES
    async def test_camera_sees_a_code_and_its_page_opens(
        self, held: Paper, public: Portal, tmp_path: Path, size
    ) -> None:
        async with async_playwright() as playwright:
            seen = film(held.address, tmp_path / "camera.y4m")
            browser = await launch(
                playwright,
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={seen}",
            )
            portal = Portal(browser, public.address, {})
            page = await portal.page("public", "/check/scan", size=size)
            await page.get_by_role("button", name="打开摄像头").click()
            await page.wait_for_url("**/v/**", timeout=60_000)
            await expect(page.get_by_role("heading", level=1)).to_have_text("证书有效")
            assert await portal.faults() == []
            await browser.close()

    async def test_camera_that_is_not_there_is_told(self, public: Portal) -> None:
        page = await public.page("public", "/check/scan", size=PHONE)
        await page.get_by_role("button", name="打开摄像头").click()
        await expect(page.get_by_role("heading", name="摄像头")).to_be_visible()
        await fits(page)

    async def test_picture_of_a_code_opens_its_page(self, held: Paper, public: Portal) -> None:
        page = await public.page("public", "/check/scan")
        seen = upload("code.jpg", "image/jpeg", jpeg(photograph(held.address)))
        await page.get_by_label("选择二维码图片").set_input_files(seen)
        await page.wait_for_url("**/v/**", timeout=60_000)
        await expect(page.get_by_role("heading", level=1)).to_have_text("证书有效")

    async def test_code_of_a_cloned_site_is_warned_of_and_not_opened(
        self, held: Paper, public: Portal
    ) -> None:
        own = urlsplit(held.address).netloc
        page = await public.page("public", "/check/scan", size=PHONE)
        cloned = held.address.replace(own, "yuzheng.gov.cn.evil.example")
        seen = upload("code.jpg", "image/jpeg", jpeg(photograph(cloned)))
        await page.get_by_label("选择二维码图片").set_input_files(seen)
        await expect(page.get_by_role("heading", name="谨防仿冒网站")).to_be_visible(timeout=60_000)
        await expect(page.get_by_role("main")).to_contain_text("yuzheng.gov.cn.evil.example")
        assert page.url.endswith("/check/scan")
        await fits(page)

    async def test_picture_without_a_code_is_told(self, public: Portal) -> None:
        page = await public.page("public", "/check/scan")
        blank = upload("a.jpg", "image/jpeg", jpeg(photograph("x").point(lambda _: 200)))
        await page.get_by_label("选择二维码图片").set_input_files(blank)
        await expect(page.get_by_role("heading", name="没有读到二维码")).to_be_visible(
            timeout=60_000
        )


class TestNumberAndName:
    @SIZES
    async def test_both_right_show_the_certificate(self, held: Paper, public: Portal, size) -> None:
        page = await public.page("public", "/check/number", size=size)
        await page.get_by_label("同时出具核验回执").check()
        await ask_by_number(page, held.holder.management_number, NAME)
        result = page.get_by_role("region", name="核验结果")
        await expect(result.get_by_role("heading", name=f"{YEAR} 年度证书有效")).to_be_visible()
        await expect(result).to_contain_text("王*")
        await expect(result).to_contain_text("发证单位专用章：在用")
        assert NAME not in await result.inner_text()
        assert held.holder.management_number not in page.url
        await fits(page)
        code = await result.locator(".receipt .code").inner_text()
        await page.get_by_role("link", name="查阅核验回执").click()
        await page.get_by_label("回执编号", exact=True).fill(code.lower().replace("-", " "))
        await page.get_by_role("button", name="查阅", exact=True).click()
        await expect(page.get_by_role("heading", name="回执属实")).to_be_visible()
        await expect(result).to_contain_text("以“证书管理号和姓名”方式核验")
        assert page.url.endswith("/check/receipt")
        await fits(page)

    async def test_mistyped_number_is_told_before_anything_is_asked(self, public: Portal) -> None:
        page = await public.page("public", "/check/number")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.get_by_label("证书管理号").fill("41038517264971")
        await expect(page.get_by_text("校验位不符")).to_be_visible()
        await page.get_by_label("姓名").fill(NAME)
        await page.get_by_role("button", name="核验", exact=True).click()
        assert [one for one in asked if "/api/" in one] == []

    async def test_wrong_name_is_answered_as_an_unknown_number_is(
        self, held: Paper, public: Portal
    ) -> None:
        told = []
        for number, name in ((held.holder.management_number, "李四"), ("41000000000085", NAME)):
            page = await public.page("public", "/check/number")
            await ask_by_number(page, number, name)
            told.append(await page.get_by_role("alert").locator("p").first.inner_text())
        assert told[0] == told[1]


class TestFile:
    @SIZES
    async def test_genuine_file_is_told_with_every_check(
        self, held: Paper, public: Portal, size
    ) -> None:
        page = await public.page("public", "/check/file", size=size)
        file = upload("certificate.pdf", "application/pdf", held.pdf)
        await page.get_by_label("选择证书 PDF").set_input_files(file)
        await expect(page.get_by_role("heading", name="文件属实")).to_be_visible(timeout=60_000)
        await expect(page.locator(".checks li .mark.good")).to_have_count(8 + 3)
        await expect(page.locator(".outline.bad")).to_have_count(0)
        await fits(page)

    @SIZES
    async def test_altered_fact_is_pointed_at_on_the_page(
        self, held: Paper, public: Portal, size
    ) -> None:
        page = await public.page("public", "/check/file", size=size)
        file = upload("forged.pdf", "application/pdf", forged(held.pdf))
        await page.get_by_label("选择证书 PDF").set_input_files(file)
        await expect(page.get_by_role("heading", name="已被改动")).to_be_visible(timeout=60_000)
        line = page.locator(".rows li.bad .line")
        await expect(line).to_have_count(1)
        await expect(line).to_contain_text("文件写 120，登记为 90 学时")
        outline = page.locator(".outline.bad")
        await expect(outline).to_have_count(1)
        sheet, box = (
            await page.locator("figure .sheet").bounding_box(),
            await outline.bounding_box(),
        )
        assert sheet
        assert box
        # Where the form prints the total: at the left, a little below the middle.
        assert 0.2 < (box["x"] - sheet["x"]) / sheet["width"] < 0.3
        assert 0.58 < (box["y"] - sheet["y"]) / sheet["height"] < 0.64
        await outline.focus()
        await page.keyboard.press("Enter")
        await expect(line).to_be_focused()
        await expect(outline).to_have_class("outline bad current")
        await fits(page)

    async def test_what_is_no_pdf_is_told_at_once(self, public: Portal) -> None:
        page = await public.page("public", "/check/file")
        await page.get_by_label("选择证书 PDF").set_input_files(
            upload("photo.jpg", "image/jpeg", b"no")
        )
        await expect(page.get_by_role("alert")).to_contain_text("请选择 PDF 文件")
        broken = upload("broken.pdf", "application/pdf", b"%PDF-1.7 no")
        await page.get_by_label("选择证书 PDF").set_input_files(broken)
        await expect(page.get_by_role("heading", name="不能检验")).to_be_visible(timeout=60_000)


async def test_share_code_shows_everything_until_its_end(held: Paper, public: Portal) -> None:
    ends = SystemClock().now() + timedelta(days=2)
    share = await held.holder.account.post(
        "/api/certificates/v1/shares", {"years": [YEAR], "ends_at": ends.isoformat()}
    )
    page = await public.page("public", "/check/share", size=PHONE)
    await page.get_by_label("分享码").fill(share["code"])
    await page.get_by_role("button", name="查看").click()
    await expect(page.get_by_role("main")).to_contain_text(NAME)
    await expect(page.get_by_role("main")).to_contain_text("分享截至")
    assert share["code"] not in page.url
    async with page.expect_download() as saved:
        await page.get_by_role("button", name="下载证书文件").click()
    assert (await content_of(await saved.value)).startswith(held.pdf)
    await fits(page)


class TestOffices:
    async def test_office_asks_by_number_with_a_purpose(self, held: Paper, portal: Portal) -> None:
        page = await portal.page("bureau_administrator", "/check/office")
        await page.get_by_label("身份证件号码或证书管理号").fill(held.holder.management_number)
        await page.get_by_role("button", name="查询", exact=True).click()
        await expect(page.get_by_text("请选择核查目的")).to_be_visible()
        await page.get_by_label("职称评审").check()
        await page.get_by_role("button", name="查询", exact=True).click()
        await expect(page.get_by_role("heading", name=f"{YEAR} 年度证书有效")).to_be_visible()
        assert held.holder.management_number not in page.url
        await fits(page)

    @SIZES
    async def test_table_is_checked_and_survives_a_reload(
        self, held: Paper, portal: Portal, size
    ) -> None:
        page = await portal.page("employer_administrator", "/check/batch", size=size)
        rows = f"证书管理号,姓名,年度,学时\n{held.holder.management_number},{NAME},{YEAR},90\n"
        rows += f"{held.holder.management_number},李四,{YEAR},60\n"
        file = upload(f"{uuid4()}.csv", "text/csv", rows.encode())
        await page.get_by_label("选择表格").set_input_files(file)
        await expect(page.get_by_text("请选择核查目的")).to_be_visible()
        await page.get_by_label("聘任").check()
        await page.get_by_label("选择表格").set_input_files(file)
        mine = page.get_by_role("region", name="我提交的核查").get_by_role("listitem").first
        await expect(mine).to_be_visible()
        await page.reload()
        await expect(mine).to_contain_text("共 2 行：1 行有效且各项一致", timeout=60_000)
        await fits(page)
        async with page.expect_download() as saved:
            await mine.get_by_role("button", name="下载结果").click()
        result = (await content_of(await saved.value)).decode("utf-8-sig")
        assert "不一致" in result.splitlines()[2]
        await mine.get_by_role("button", name="删除").click()
        await mine.get_by_role("button", name="确认删除表格和结果").click()
        await expect(page.get_by_text("确认删除表格和结果")).to_have_count(0)

    async def test_template_has_the_columns_that_are_read(self, portal: Portal) -> None:
        page = await portal.page("employer_administrator", "/check/batch")
        async with page.expect_download() as saved:
            await page.get_by_role("link", name="下载表格模板").click()
        content = await content_of(await saved.value)
        sheet = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
        assert sheet.to_python() == [
            ["证书管理号", "身份证件号码", "姓名", "年度", "学时", "工作单位"]
        ]

    async def test_visitor_is_led_to_the_log_in(self, public: Portal) -> None:
        page = await public.page("public", "/check/scan")
        await page.get_by_role("link", name="批量核查").first.click()
        await expect(page).to_have_url(public.address + "/login?next=/check/batch")
