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
from certificates.sealing.impression import examine
from certificates.sealing.seal_drawing import draw_from_impression, draw_from_name
from certificates.sealing.seal_svg import svg_of
from chassis.errors import ServiceError

GOOD = {
    "clean": impressions.clean,
    "transparent": impressions.transparent,
    "scanned": impressions.scanned,
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
    pictures = (Image.open(io.BytesIO(drawn(operators))), stamp)
    first, second = (
        one.convert("L").resize((500, 500)).point([255 * (level < 140) for level in range(256)])
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


class TestDrawing:
    @pytest.mark.parametrize("kind", GOOD)
    def test_looks_like_the_impression(self, kind, fonts_dir):
        content = GOOD[kind]()
        picture, operators = draw(content, fonts_dir)
        assert likeness(operators, Image.open(io.BytesIO(picture))) > 0.88

    def test_is_small(self, fonts_dir):
        for content in (impressions.clean(), impressions.scanned()):
            _, operators = draw(content, fonts_dir)
            assert len(zlib.compress(operators, 9)) < 9_000

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
        star = impressions.on_paper(impressions.seal())
        # Ink exactly where the mark goes.
        star.paste((200, 24, 32), (400, 780, 720, 860))
        _, operators = draw(impressions.png(star), fonts_dir, development=True)
        traced = b"\n".join(operators.splitlines()[:2])
        picture = Image.open(io.BytesIO(drawn(traced)))
        assert picture.convert("L").crop((300, 710, 700, 790)).getextrema() == (255, 255)

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
