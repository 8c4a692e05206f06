"""What both paths write looks alike in every reader that people have."""

import io
import subprocess
import time
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import sync_playwright

_RESOLUTION = 100
# Compared at two pixels a millimetre, blurred by one: renderers differ in how they draw edges.
_COMPARED = (420, 594)
# Inside of the border, whose hairlines some draw thinner than others.
_INSIDE = (44, 44, 376, 550)
_PLACES = {
    "title": (25, 48, 185, 62),
    "name": (64, 76, 85, 86),
    "employer": (68, 98, 105, 106),
    "statement": (31, 124, 180, 160),
    "hours": (43, 178, 55, 185),
    "office": (115, 213, 128, 219),
}


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=120)


def _poppler(path: Path) -> Image.Image:
    target = path.with_name("poppler.png")
    _run("pdftoppm", "-r", _RESOLUTION, "-singlefile", "-png", path, target.with_suffix(""))
    return Image.open(target)


def _mupdf(path: Path) -> Image.Image:
    target = path.with_name("mupdf.png")
    _run("mutool", "draw", "-q", "-r", _RESOLUTION, "-o", target, path, "1")
    return Image.open(target)


def _ghostscript(path: Path) -> Image.Image:
    target = path.with_name("ghostscript.png")
    _run("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=png16m", f"-r{_RESOLUTION}",
         "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", f"-sOutputFile={target}", path)  # fmt: skip
    return Image.open(target)


def _pdfium(path: Path) -> Image.Image:
    document = pypdfium2.PdfDocument(path.read_bytes())
    document.init_forms()  # else no seal
    picture = document[0].render(scale=_RESOLUTION / 72, may_draw_forms=True).to_pil()
    document.close()
    return picture


def _chromium(path: Path) -> Image.Image:
    """Take the picture of the browser's own PDF viewer and cut the page out."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        tab = browser.new_page(viewport={"width": 1000, "height": 1440})
        tab.goto(f"{path.as_uri()}#toolbar=0&navpanes=0&view=FitH")
        before, ends = b"", time.monotonic() + 60
        while time.monotonic() < ends:
            shown = tab.screenshot()
            view = Image.open(io.BytesIO(shown)).convert("RGB")
            # The viewer is dark until the page is there; it is done when nothing changes any more.
            if shown == before and view.getpixel((500, 30)) == (255, 255, 255):
                browser.close()
                return _page_of(view)
            before = shown
            tab.wait_for_timeout(100)
    raise TimeoutError("the viewer shows no page")


def _page_of(view: Image.Image) -> Image.Image:
    grey = view.convert("L")
    middle = [grey.getpixel((x, view.height // 2)) > 200 for x in range(view.width)]
    left, right = middle.index(True), view.width - middle[::-1].index(True)
    edge = [grey.getpixel((left + 3, y)) > 200 for y in range(view.height)]
    top = edge.index(True)
    return view.crop((left, top, right, top + round((right - left) * 297 / 210)))


@pytest.fixture(params=["fast", "sealed"])
def path(request, tmp_path) -> Path:
    """Yield a sealed file of the fast path, and one of the full rendering."""
    file = tmp_path / "certificate.pdf"
    file.write_bytes(request.getfixturevalue(request.param))
    return file


@pytest.fixture(params=[_poppler, _mupdf, _ghostscript, _chromium, _pdfium])
def page(request, path) -> Image.Image:
    return request.param(path).convert("RGB")


def test_fields_and_seal_are_shown(page):
    scale = page.width / 210
    for name, box in _PLACES.items():
        part = page.convert("L").crop([round(edge * scale) for edge in box])
        assert sum(part.histogram()[:128]) > 0.02 * part.width * part.height, name
    for x in (148.5 + 20.4, 148.5):
        red, green, blue = page.getpixel((round(x * scale), round(225 * scale)))
        assert red > 150
        assert max(green, blue) < 100


def test_page_looks_as_in_pdfium(page, path):
    difference = ImageChops.difference(_blurred(page), _blurred(_pdfium(path))).convert("L")
    assert difference.crop(_INSIDE).getextrema()[1] < 40
    levels = difference.histogram()
    assert sum(level * count for level, count in enumerate(levels)) / sum(levels) < 8


def test_a_page_without_the_name_does_not_look_the_same(path):
    without = _pdfium(path)
    scale = without.width / 210
    without.paste((255, 255, 255), [round(edge * scale) for edge in _PLACES["name"]])
    difference = ImageChops.difference(_blurred(without), _blurred(_pdfium(path))).convert("L")
    assert difference.crop(_INSIDE).getextrema()[1] > 80


def _blurred(picture: Image.Image) -> Image.Image:
    small = picture.convert("RGB").resize(_COMPARED, Image.Resampling.BOX)
    return small.filter(ImageFilter.GaussianBlur(2))
