"""What comes out of the printer: the certificate's own sheet, and a page without its furniture."""

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.async_api import Page, expect
from tests.browser.doors import Portal
from tests.browser.people import LogIn
from tests.kit.world import YEAR, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]
A4_POINTS = (595, 842)
# The sheets stay on the page, as they are when the printer takes them.
KEEPS_THE_SHEETS = """() => {
  URL.revokeObjectURL = () => {};
  window.print = () => {
    const sheets = document.querySelector('.print-sheets').cloneNode(true);
    setTimeout(() => {
      document.body.append(sheets);
      document.documentElement.toggleAttribute('data-printing', true);
      document.title = 'printing';
    });
  };
}"""


async def printed(page: Page) -> pypdfium2.PdfDocument:
    """Return what the browser's own printing makes of the page."""
    return pypdfium2.PdfDocument(await page.pdf(prefer_css_page_size=True, print_background=True))


def look(document: pypdfium2.PdfDocument, place: int = 0) -> Image.Image:
    """Return one page as it is seen from afar: hairlines are a tint there."""
    drawn = document[place].render(scale=2).to_pil().convert("L")
    return drawn.resize((drawn.width // 8, drawn.height // 8), Image.Resampling.BOX)


@pytest.fixture
async def opened(portal: Portal, world: World) -> tuple[Page, bytes]:
    """Open a certificate as its holder; return the page and the file."""
    holder = await world.completed("张䶮")
    certificate = await world.people.certificate(holder, YEAR, seconds=180)
    number = certificate["certificate_id"]
    path = f"/api/certificates/v1/certificates/{number}/file"
    who = LogIn(holder.management_number, world.province.password)
    page = await portal.page_of(who, f"/technician/certificates/{number}")
    await expect(page.locator("canvas").first).to_be_visible()
    return page, (await holder.account.download(path)).content


async def test_certificate_is_printed_on_one_sheet_in_actual_size(
    opened: tuple[Page, bytes],
) -> None:
    page, file = opened
    await page.evaluate(KEEPS_THE_SHEETS)
    await page.get_by_role("button", name="打印（A4）").click()
    await expect(page).to_have_title("printing")
    sheet = await printed(page)
    assert len(sheet) == 1
    assert tuple(round(side) for side in sheet[0].get_size()) == A4_POINTS
    wanted = look(pypdfium2.PdfDocument(file))
    differs = ImageChops.difference(look(sheet).resize(wanted.size), wanted)
    # A blank sheet differs by more than twelve.
    assert ImageStat.Stat(differs).mean[0] < 5
    assert ImageStat.Stat(ImageChops.invert(wanted)).mean[0] > 12


async def test_page_is_printed_without_its_navigation(opened: tuple[Page, bytes]) -> None:
    page, _ = opened
    sheet = await printed(page)
    text = "".join(one.get_textpage().get_text_range() for one in sheet)
    assert f"{YEAR} 年度继续教育证书" in text
    for furniture in ("显示设置", "我的账户", "下载 PDF", "申请换发"):
        assert furniture not in text
