from xml.etree import ElementTree as ET

import pytest

from certificates.errors import SealTextUnprintable
from certificates.layout import SEAL_BOX, SEAL_DIAMETER
from certificates.sealing.appearance import draw_seal


def test_seal_has_no_live_text(seal):
    assert b"Tf" not in seal.operators
    assert b"BT" not in seal.operators


def test_seal_is_42_millimetres_across():
    left, low, right, high = SEAL_BOX
    assert right - left == high - low == round(SEAL_DIAMETER) == 119


def test_every_character_is_drawn(seal):
    rim_and_star, title, warning = 1, 16, 8
    assert seal.operators.count(b" cm ") == rim_and_star + title + warning


def test_filed_seal_has_no_warning(fonts_dir, seal):
    filed = draw_seal(seal.title, fonts_dir, development=False)
    assert filed.operators.count(b" cm ") == 17


def test_svg_is_the_same_drawing(seal):
    paths = list(ET.fromstring(seal.to_svg()).iter("{http://www.w3.org/2000/svg}path"))  # noqa: S314 - our own text
    assert len(paths) == seal.operators.count(b" cm ")


def test_long_title_stays_on_the_seal(fonts_dir):
    title = "河南省住房和城乡建设系统专业技术人员继续教育专用章"
    seal = draw_seal(title, fonts_dir, development=True)
    assert seal.operators.count(b" cm ") == 1 + len(title) + 8


def test_title_that_cannot_be_drawn_is_refused(fonts_dir):
    with pytest.raises(SealTextUnprintable):
        draw_seal("\U0002ebf0市专用章", fonts_dir, development=True)
