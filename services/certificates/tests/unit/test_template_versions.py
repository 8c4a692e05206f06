"""Template versions: shipped, never changed, told apart by their digests."""

import io
import shutil
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from certificates.forms.comparing import compare
from certificates.rendering import ornament, versions
from certificates.rendering.versions import (
    TEMPLATES,
    TemplateVersion,
    TemplateVersionUnknown,
    digest_of,
    digest_of_folder,
    shipped,
)

# Certificates exist that were made with these. A failure here means: leave the version as it was
# and put the change into a new one.
RELEASED = {
    "annex-2/2026.1": "ab678e1bbdbd9e92993dbc6e2fbf27bbffe278c91bdddec84b67e786ae0a665d",
    "annex-3/2026.1": "d20a3d2c274869859eeef0ed8104e93710d4e97b83f21e8924a874a771eb01ad",
    "certificate/2026.1": "7e0b5ebb06e6b936a5a16336492320bd18904a82841773f3cbebea8c4648a881",
    "certificate/2026.2": "f4982e1aeb99d37f242cd906996d24b7f7d2f80b16b77facc70ce12858abae5c",
    "certificate/2026.3": "4c57404a9d7fbd59532e85a79ae50b35fbefcf7d7408447641e4ab6e969815cc",
    "extract/2026.1": "09617c955bb7c5cc116710fcc778b5fc01d980af8c1e3f05e67da890929b44a4",
}
FILES = [
    (one.form, one.version, path.name) for one in shipped() for path in sorted(one.folder.iterdir())
]


@pytest.fixture
def copied(tmp_path):
    def copy(form: str, version: str):
        return shutil.copytree(TEMPLATES / form / version, tmp_path / "copy")

    return copy


def test_released_versions_are_as_they_were():
    assert {f"{one.form}/{one.version}": digest_of(one) for one in shipped()} == RELEASED


@pytest.mark.parametrize(("form", "version", "name"), FILES)
def test_digest_changes_with_any_file(copied, form, version, name):
    folder = copied(form, version)
    before = digest_of_folder(folder)
    changed = folder / name
    changed.write_bytes(changed.read_bytes() + b" ")
    assert digest_of_folder(folder) != before


def test_digest_changes_with_a_name_and_with_another_file(copied):
    folder = copied("extract", "2026.1")
    digests = {digest_of_folder(folder)}
    (folder / "row.html").rename(folder / "line.html")
    digests.add(digest_of_folder(folder))
    (folder / "more.html").write_text("")
    digests.add(digest_of_folder(folder))
    assert len(digests) == 3


def test_digest_changes_with_what_is_drawn_beside_the_files(monkeypatch):
    template = TemplateVersion("certificate", "2026.1")
    before = digest_of(template)
    drawing = ornament.page_ornament()
    monkeypatch.setattr(
        ornament, "page_ornament", lambda: replace(drawing, operators=drawing.operators + b" ")
    )
    versions.digest_of.cache_clear()
    try:
        assert digest_of(template) != before
    finally:
        monkeypatch.undo()
        versions.digest_of.cache_clear()


def test_a_version_that_is_not_shipped_is_unknown():
    with pytest.raises(TemplateVersionUnknown):
        TemplateVersion("certificate", "../../2026.1").read("page.html")


def test_a_record_is_rendered_with_the_version_it_names(renderer, record, qr_url):
    texts = []
    for version in ("2026.1", "2026.2", "2026.1"):
        pdf = renderer.render(replace(record, template_version=version), qr_url)
        document = pypdfium2.PdfDocument(pdf)
        texts.append(document[0].get_textpage().get_text_range())
        document.close()
    assert ["Date of issue" in text for text in texts] == [False, True, False]
    assert texts[0] == texts[2]


class TestComparison:
    def test_of_the_same_document_finds_nothing(self, rendered):
        before, after, difference, changed, pixels = compare(rendered, rendered)
        assert changed == 0
        assert pixels > 900_000
        assert before == after
        assert (214, 0, 0) not in _colours(difference)

    def test_shows_a_planted_change_where_it_is(self, renderer, record, qr_url, rendered):
        other = renderer.render(replace(record, employer="郑州市第二人民医院"), qr_url)
        *_, difference, changed, _ = compare(rendered, other)
        red = _image(difference)
        rows = [y for y in range(red.height) if _red_in_row(red, y)]
        assert changed > 20
        # The employer's line, 97 to 108 mm from the top, and the digest at the foot.
        upper = [y for y in rows if y < 600]
        assert upper
        assert upper[0] * 25.4 / 100 > 95
        assert upper[-1] * 25.4 / 100 < 112


def _image(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def _colours(png: bytes) -> set[tuple[int, ...]]:
    return {colour for _, colour in _image(png).getcolors(maxcolors=1 << 24)}


def _red_in_row(image: Image.Image, y: int) -> bool:
    row = image.crop((0, y, image.width, y + 1))
    return any(colour == (214, 0, 0) for _, colour in row.getcolors(maxcolors=4096))
