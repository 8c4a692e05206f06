import shutil

import pytest
from fontTools.ttLib import TTFont

from certificates import fonts
from certificates.fonts import Coverage, FontsMissing
from certificates.rendering import Renderer

RARE = "䶮㛃𬀩𫖯𬱖𫓧𬴂𩽾𫄧𫠆𠅤"
EXTENSION_G = "\U00030edd\U00030ede"


@pytest.fixture(scope="module")
def coverage(fonts_dir):
    return Coverage(fonts_dir)


@pytest.mark.parametrize("text", [RARE, EXTENSION_G, "阿卜杜·买买提", "〇①（）《》　", "John"])
def test_names_with_rare_characters_are_covered(coverage, text):
    assert coverage.missing(text) == []


def test_missing_characters_are_named_once_and_in_order(coverage):
    assert coverage.missing("张\U0002ebf0三\U000323af\U0002ebf0\n") == ["\U0002ebf0", "\n"]


def test_second_build_does_nothing(fonts_dir):
    assert fonts.build(fonts_dir) is False


def test_command_line_says_that_fonts_are_up_to_date(fonts_dir, capsys):
    assert fonts.main(["build", "--output", str(fonts_dir)]) == 0
    assert "up to date" in capsys.readouterr().out


def test_glyph_ids_equal_character_ids(fonts_dir):
    # Otherwise MuPDF and Ghostscript draw a blank page while the text still extracts.
    names = fonts.installed(fonts_dir)
    for file_name in (*names.text.values(), *names.display.values()):
        if file_name.endswith(".otf"):
            with TTFont(fonts_dir / file_name, lazy=True) as font:
                order = font.getGlyphOrder()
            assert order[1:] == [f"cid{number:05d}" for number in range(1, len(order))]


def test_interrupted_build_counts_as_not_built(fonts_dir, tmp_path):
    (tmp_path / "fonts.json").write_text('{"inputs": {')
    with pytest.raises(FontsMissing):
        Coverage(tmp_path)


def test_renderer_does_not_start_without_a_font(fonts_dir, tmp_path):
    shutil.copy(fonts_dir / "fonts.json", tmp_path)
    with pytest.raises(FontsMissing):
        Renderer(tmp_path)
