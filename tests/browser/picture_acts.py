"""What is done on a page before its picture is taken."""

import re
import secrets

from playwright.async_api import FilePayload, Page, expect
from tests.browser.scenes import Scene
from tests.kit.world import YEAR

LATE = 60_000


async def fills_in_a_claim(page: Page, scene: Scene) -> None:
    """Fill in a claim as far as its estimate and its evidence."""
    await page.get_by_text("学术会议", exact=True).click()
    await page.get_by_label("学习内容名称").fill("急危重症护理学术会议")
    await page.get_by_label("学时", exact=True).fill("16")
    await page.get_by_label("开始日期").fill(f"{YEAR}-10-16")
    await page.get_by_label("结束日期").fill(f"{YEAR}-10-18")
    await expect(page.get_by_test_id("estimate")).to_contain_text("16 学时", timeout=LATE)
    await page.locator("input[type=file]").set_input_files(_pdf("参会证明.pdf", scene.pdf))
    await expect(page.get_by_text("已上传")).to_have_count(1, timeout=LATE)
    await _leaves_the_field(page)


async def waits_for_the_paper(page: Page, _: Scene) -> None:
    """Wait until the document beside the facts is drawn."""
    paper = page.get_by_role("main").locator("canvas").first
    await expect(paper).to_be_visible(timeout=LATE)
    await expect(paper).not_to_have_js_property("width", 300)


async def waits_for_the_impression(page: Page, _: Scene) -> None:
    image = page.get_by_role("img", name="印章图形").first
    await expect(image).not_to_have_js_property("naturalWidth", 0)


async def approves(page: Page, scene: Scene) -> None:
    await waits_for_the_paper(page, scene)
    await page.get_by_role("main").get_by_role("button", name="通过", exact=True).click()


async def makes_a_share(page: Page, _: Scene) -> None:
    await page.get_by_role("button", name=re.compile("^生成分享码")).click()
    await page.get_by_test_id("share-link").wait_for()


async def prints_in_bulk(page: Page, _: Scene) -> None:
    ready = page.get_by_role("main").get_by_text("可下载", exact=True)
    before = await ready.count()
    await page.get_by_role("button", name="开始制作").click()
    await expect(ready).to_have_count(before + 1, timeout=LATE)


async def asks_by_number(page: Page, scene: Scene) -> None:
    await page.get_by_label("证书管理号").fill(scene.holder.management_number)
    await page.get_by_label("姓名", exact=True).fill(scene.holder.name)
    await page.get_by_label("同时出具核验回执").check()
    await page.locator("form button[type=submit]").click()
    await expect(page.get_by_role("region", name="核验结果")).to_be_visible(timeout=LATE)
    await _leaves_the_field(page)


async def asks_by_number_in_english(page: Page, scene: Scene) -> None:
    await page.locator("main input[type=text], main input:not([type])").first.fill(
        scene.holder.management_number
    )
    await page.get_by_label("Name", exact=True).fill(scene.holder.name)
    await page.locator("form button[type=submit]").click()
    await expect(page.get_by_role("main")).to_contain_text(str(YEAR), timeout=LATE)


async def hands_in_a_forgery(page: Page, scene: Scene) -> None:
    await page.get_by_label("选择证书 PDF").set_input_files(_pdf("证书.pdf", scene.forged))
    await expect(page.get_by_role("heading", name="已被改动")).to_be_visible(timeout=LATE)


async def asks_for_the_office(page: Page, scene: Scene) -> None:
    await page.get_by_label("职称评审").check()
    await page.get_by_label("身份证件号码或证书管理号").fill(scene.holder.management_number)
    await page.get_by_role("button", name="查询", exact=True).click()
    await expect(page.get_by_role("heading", name=f"{YEAR} 年度证书有效")).to_be_visible()


async def hands_in_a_table(page: Page, scene: Scene) -> None:
    number = scene.holder.management_number
    rows = f"证书管理号,姓名,年度,学时\n{number},{scene.holder.name},{YEAR},90\n"
    rows += f"{number},李四,{YEAR},60\n# {secrets.token_hex(4)}\n"
    finished = page.get_by_role("main").get_by_role("button", name="下载结果")
    before = await finished.count()
    await page.get_by_label("聘任").check()
    await page.get_by_label("选择表格").set_input_files(
        {"name": "聘任核查.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    await expect(finished).to_have_count(before + 1, timeout=LATE)


async def hands_in_revocations(page: Page, scene: Scene) -> None:
    certificate = scene.places["certificate"]
    rows = f"证书编号,理由代码\n{certificate},evidence_false\n{certificate},nonsense\n"
    await page.get_by_label("选择表格").set_input_files(
        {"name": "撤销.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    await page.wait_for_url(re.compile("/bureau/mass-revocations/.+"))
    await expect(page.get_by_text("已检查，尚未提出")).to_be_visible(timeout=LATE)


async def compares_templates(page: Page, _: Scene) -> None:
    await page.get_by_role("link", name=re.compile("合格证书.*2026.2")).click()
    await page.locator(".card code").wait_for()
    propose = page.get_by_role("button", name="提出启用")
    if await propose.count():
        await propose.click()
        await page.get_by_role("dialog").get_by_role("button", name="提交，由另一人批准").click()
    comparison = page.locator(".comparison").first
    await comparison.get_by_role("slider").wait_for(timeout=LATE)
    await comparison.get_by_role("button", name="差异").click()
    await expect(comparison.get_by_role("img", name="差异")).to_be_visible(timeout=LATE)


async def _leaves_the_field(page: Page) -> None:
    """Let no field look as if it were just being typed into, or pointed at."""
    await page.evaluate("document.activeElement?.blur()")
    await page.mouse.move(0, 0)


def _pdf(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}
