"""What is taken as an impression, what is kept of it, and the seal traced from it."""

import io
import subprocess
import sys
import zlib
from hashlib import sha256

import pytest
from PIL import Image, ImageChops
from services.certificates.tests import impressions
from tests.kit.stack import ROOT

from certificates.forms.seal_picture import drawn
from certificates.layout import SEAL_DIAMETER
from certificates.sealing.appearance import draw_impression, mark_band
from certificates.sealing.impression import examine
from certificates.sealing.seal_drawing import draw_from_impression, draw_from_name
from certificates.sealing.seal_svg import svg_of
from certificates.sealing.tracing import foot_of_mark, traced
from certificates.sealing.upright import tilt_of
from chassis.errors import ServiceError

SHORT = "洛阳市专业技术人员继续教育专用章"
GOOD = {
    "clean": impressions.clean,
    "transparent": impressions.transparent,
    "scanned": impressions.scanned,
    "askew": impressions.askew,
}
_AGAIN = """
import sys
from hashlib import sha256
from pathlib import Path
from certificates.sealing.seal_drawing import draw_from_impression
parts = draw_from_impression("章", sys.stdin.buffer.read(), Path(sys.argv[1]), development=True)
print(*(sha256(part).hexdigest() for part in parts))
"""


def draw(content, fonts_dir, *, development=False):
    return draw_from_impression(impressions.TITLE, content, fonts_dir, development=development)


def likeness(operators, stamp):
    """Return which share of the ink of either is in both."""
    return likeness_of(Image.open(io.BytesIO(drawn(operators))), stamp)


def likeness_of(*pictures):
    first, second = (
        one.convert("L").resize((500, 500)).point([255 * (level < 170) for level in range(256)])
        for one in pictures
    )
    both, either = ImageChops.darker(first, second), ImageChops.lighter(first, second)
    return both.histogram()[255] / either.histogram()[255]


class TestExamining:
    @pytest.mark.parametrize("kind", GOOD)
    def test_takes_a_round_red_seal(self, kind):
        kept = Image.open(io.BytesIO(examine(GOOD[kind]()).picture))
        assert kept.format == "JPEG"
        assert 300 <= kept.width == kept.height <= 1000

    @pytest.mark.parametrize("kind", impressions.BAD)
    def test_says_what_is_wrong(self, kind):
        make, code = impressions.BAD[kind]
        with pytest.raises(ServiceError) as refusal:
            examine(make())
        assert refusal.value.code == f"certificates.impression_{code}"
        assert refusal.value.remedy

    def test_keeps_nothing_but_pixels(self):
        picture = examine(impressions.clean()).picture
        assert "王小明".encode() not in picture
        kept = Image.open(io.BytesIO(picture))
        assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not kept.getexif()

    def test_keeps_what_fits_into_the_form(self):
        assert len(examine(impressions.scanned()).picture) <= 500_000

    def test_is_kept_on_white(self):
        kept = Image.open(io.BytesIO(examine(impressions.scanned()).picture)).convert("L")
        side, edge = kept.width, kept.width // 12
        # Below the text, where the scan has grey paper and grain.
        middle = kept.crop((side * 2 // 5, side * 5 // 6, side * 3 // 5, side * 9 // 10))
        light = middle.histogram()[250:]
        assert sum(light) > 0.97 * middle.width * middle.height
        assert kept.crop((0, 0, edge, edge)).getextrema()[0] >= 250

    @pytest.mark.parametrize("degrees", [-19, -3, 7, 19])
    def test_stands_it_upright(self, degrees):
        turned, straight = examine(impressions.askew(degrees)), examine(impressions.clean())
        assert likeness_of(turned.ink, straight.ink) > 0.9

    def test_leaves_what_has_no_star(self):
        dark = [255 * (level < 128) for level in range(256)]
        assert tilt_of(impressions.ring(size=640).convert("L").point(dark), 320) == 0


class TestMark:
    """Where a development seal says that it is one."""

    def test_stands_where_nothing_is(self, fonts_dir):
        stamp = impressions.seal()
        ink = examine(impressions.png(impressions.on_paper(stamp))).ink
        assert foot_of_mark(ink) > 60  # the line of the purpose has the usual place
        short = examine(impressions.png(impressions.on_paper(impressions.seal(SHORT)))).ink
        assert foot_of_mark(short) == 54


class TestDrawing:
    @pytest.mark.parametrize("kind", GOOD)
    def test_looks_like_the_impression(self, kind, fonts_dir):
        content = GOOD[kind]()
        picture, operators = draw(content, fonts_dir)
        assert likeness(operators, Image.open(io.BytesIO(picture))) > 0.88

    def test_is_small(self, fonts_dir):
        for content in (impressions.clean(), impressions.scanned()):
            _, operators = draw(content, fonts_dir)
            assert len(zlib.compress(operators, 9)) < 12_500

    def test_holds_paths_and_nothing_else(self, fonts_dir):
        _, operators = draw(impressions.clean(), fonts_dir)
        words = {word for word in operators.split() if not word.lstrip(b"-")[:1].isdigit()}
        assert words == {b"rg", b"q", b"cm", b"m", b"l", b"c", b"h", b"f*", b"Q"}

    def test_is_the_same_in_another_process(self, fonts_dir):
        content = impressions.scanned()
        done = subprocess.run(
            [sys.executable, "-c", _AGAIN, str(fonts_dir)],
            input=content,
            capture_output=True,
            check=True,
            cwd=ROOT,
        )
        parts = draw(content, fonts_dir, development=True)
        assert done.stdout.decode().split() == [sha256(part).hexdigest() for part in parts]

    def test_a_development_seal_says_so_over_whatever_was_there(self, fonts_dir):
        title, content = impressions.TITLE, impressions.clean()
        _, real = draw(content, fonts_dir)
        _, trial = draw(content, fonts_dir, development=True)
        mark = draw_from_name(title, fonts_dir, development=True).splitlines()[-8:]
        assert trial.splitlines()[-8:] == mark
        assert real.count(b" cm ") == 1

    def test_the_band_of_the_mark_is_left_blank(self, fonts_dir):
        ink = examine(impressions.clean()).ink
        # Ink wherever the mark may go.
        ink.paste(0, (250, 780, 950, 1150))
        foot = foot_of_mark(ink)
        outlines = traced(ink, without=mark_band(foot))
        image = draw_impression("章", outlines, ink.width, fonts_dir, mark_foot=None)
        _, top, _, bottom = (500 + 5 * edge for edge in mark_band(foot))
        picture = Image.open(io.BytesIO(drawn(image.operators))).convert("L")
        blank = picture.crop((300, round(top) + 4, 700, round(bottom) - 4))
        assert blank.getextrema() == (255, 255)

    def test_too_much_dirt_is_refused(self, fonts_dir):
        page = impressions.on_paper(impressions.seal())
        for x in range(200, 920, 14):
            for y in range(200, 920, 14):
                page.paste((200, 24, 32), (x, y, x + 8, y + 7))
        with pytest.raises(ServiceError) as refusal:
            draw(impressions.png(page), fonts_dir)
        assert refusal.value.code == "certificates.impression_illegible"

    def test_is_an_svg_of_the_same_size(self, fonts_dir):
        _, operators = draw(impressions.clean(), fonts_dir)
        size = round(SEAL_DIAMETER)
        assert f'viewBox="0 0 {size} {size}"' in svg_of(operators)
