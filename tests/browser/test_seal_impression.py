"""A bureau applies for a seal that is drawn from its own impression, and sees what came of it."""

import re

import pytest
from playwright.async_api import FilePayload, Page, expect
from services.certificates.tests.impressions import BAD, clean, scanned
from tests.browser.doors import Portal
from tests.browser.reviewing import settled_log_in, sound
from tests.kit.browser import PHONE
from tests.kit.world import ZHENGZHOU, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]
# Not the name of the seal in use: the other stories look for that one.
NAME = "郑州市人力资源和社会保障局专业技术人员继续教育专用章"


def picture(content: bytes, kind: str = "jpeg") -> FilePayload:
    return {"name": f"印模.{kind}", "mimeType": f"image/{kind}", "buffer": content}


async def drawn(page: Page, name: str) -> str:
    """Wait until the picture is painted; return where the browser keeps it."""
    image = page.get_by_role("img", name=name, exact=True)
    await expect(image).to_have_js_property("complete", True)
    await expect(image).not_to_have_js_property("naturalWidth", 0)
    return str(await image.get_attribute("src"))


async def test_impression_is_handed_in_traced_and_seen_by_the_province(
    portal: Portal, world: World
) -> None:
    who = await settled_log_in(world, world.bureaus[ZHENGZHOU].administrators[0])
    page = await portal.page_of(who, "/bureau/seals/new")
    await page.get_by_label("印章名称").fill(NAME)
    await page.get_by_label("签章服务代号").fill("zhengzhou")
    await page.get_by_label("按上传的印模描摹").check()
    await page.get_by_role("button", name="提交申请").click()
    await expect(page).to_have_url(re.compile(r"/bureau/seals/[0-9a-f-]{36}$"))
    address = page.url.removeprefix(portal.address)
    await expect(page.get_by_text("还没有印章图形。")).to_be_visible()
    upload = page.get_by_label("上传印模")

    # What cannot be traced is refused with what to do, and the next picture may be tried at once.
    make, _ = BAD["tiny"]
    await upload.set_input_files(picture(make(), "png"))
    await expect(page.get_by_role("alert")).to_contain_text("代码 certificates.impression_")
    await upload.set_input_files(picture(scanned()))
    await drawn(page, "印模")
    first = await drawn(page, "印章图形")
    await expect(page.locator(".steps [aria-current=step]")).to_contain_text("省厅备案")
    await sound(page)

    # Handed in again it is drawn again; a reload shows what the service keeps.
    await upload.set_input_files(picture(clean(), "png"))
    await expect(page.get_by_role("img", name="印章图形")).not_to_have_attribute("src", first)
    await page.reload()
    await drawn(page, "印模")
    await drawn(page, "印章图形")
    await page.get_by_role("button", name="预览附件 2").click()
    await expect(page.locator(".viewer canvas").first).to_be_visible()

    # The province compares both before it files the seal; no picture is changed from now on.
    province = await portal.page("provincial_administrator", address, size=PHONE)
    await drawn(province, "印模")
    await expect(province.get_by_label("上传印模")).to_have_count(0)
    await province.get_by_role("button", name="提出备案启用").click()
    await province.get_by_role("button", name="提交，由另一人批准").click()
    await expect(province.get_by_text("已提出，由省厅另一人批准后生效。")).to_be_visible()
    await sound(province)
    # While it is looked at, nobody puts another one in its place.
    await upload.set_input_files(picture(scanned()))
    await expect(page.get_by_role("alert")).to_contain_text("代码 certificates.proposal_open")

    await province.get_by_role("link", name="待批事项").last.click()
    card = province.get_by_role("article").filter(has_text=NAME).first
    await expect(card.get_by_role("img", name="印模", exact=True)).to_be_visible()
    await card.get_by_role("button", name="撤回").click()
    await province.get_by_role("dialog").get_by_role("button", name="撤回").click()
    await expect(province.get_by_text("已撤回。")).to_be_visible()
