"""Fonts of the certificate: ``python -m certificates.fonts build --output DIR``, and coverage.

The system's fonts are cut into static subsets once. The whole collection would cost 235 KB in
every certificate and four times the rendering time; a subset costs a tenth of both.
"""

import argparse
import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import uharfbuzz as hb
from chassis.errors import Category, ServiceError
from fontTools.cffLib import CFFFontSet

RECIPE = 1  # raise it when a change here must rebuild existing directories
MANIFEST = "fonts.json"
DEFAULT_OUTPUT = Path(".local/fonts")

_SYSTEM_FONTS = Path("/usr/share/fonts")
_SIMPLIFIED_CHINESE = 2  # face in the Noto CJK collections: JP, KR, SC, TC, HK
_HANGUL = range(0xAC00, 0xD7B0)
# Layout tables would survive into every document; metrics of vertical text are never used.
_DROPPED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "SVG ")


class FontsMissing(ServiceError):
    """A source font is not installed, or the subsets have not been built."""

    code: ClassVar[str] = "certificates.fonts_missing"
    category: ClassVar[Category] = Category.UNAVAILABLE
    detail = "证书字体未安装或未生成。"


@dataclass(frozen=True, slots=True)
class Face:
    """One built font file; ``wanted`` picks from its source's characters those it keeps."""

    family: str
    file_name: str
    source: Path
    face_index: int
    wanted: Callable[[frozenset[int], frozenset[int]], frozenset[int]]


def _everyday() -> frozenset[int]:
    """Return Latin, punctuation and the 6,763 characters of GB 2312: nearly every certificate.

    They get a font of their own because an embedded subset keeps a slot for each glyph up to the
    highest used one.
    """
    rows = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    text = b"".join(rows).decode("gb2312", errors="ignore")
    return frozenset(map(ord, text)) | frozenset(range(0x20, 0x7F)) | frozenset(map(ord, "·—…〇"))


def _keep_everyday(available: frozenset[int], _: frozenset[int]) -> frozenset[int]:
    return available & _everyday()


def _keep_rest(available: frozenset[int], covered: frozenset[int]) -> frozenset[int]:
    return available - covered - frozenset(_HANGUL)


_NOTO = _SYSTEM_FONTS / "opentype/noto"
# In the order in which a character looks for a font.
FACES = (
    Face(
        "Yuzheng Song",
        "song.otf",
        _NOTO / "NotoSerifCJK-Regular.ttc",
        _SIMPLIFIED_CHINESE,
        _keep_everyday,
    ),
    Face(
        "Yuzheng Song Rare",
        "song-rare.otf",
        _NOTO / "NotoSerifCJK-Regular.ttc",
        _SIMPLIFIED_CHINESE,
        _keep_rest,
    ),
    Face(
        "Yuzheng Hanazono B",
        "hanazono-b.ttf",
        _SYSTEM_FONTS / "truetype/hanazono/HanaMinB.ttf",
        0,
        _keep_rest,
    ),
    Face(
        "Yuzheng Hanazono A",
        "hanazono-a.ttf",
        _SYSTEM_FONTS / "truetype/hanazono/HanaMinA.ttf",
        0,
        _keep_rest,
    ),
    Face(
        "Yuzheng BabelStone",
        "babelstone.ttf",
        _SYSTEM_FONTS / "truetype/babelstone/BabelStoneHan.ttf",
        0,
        _keep_rest,
    ),
)
# Display weights print fixed words and seal titles only, so they take no part in coverage.
DISPLAY_FACES = (
    Face(
        "Yuzheng Song Black",
        "song-black.otf",
        _NOTO / "NotoSerifCJK-Black.ttc",
        _SIMPLIFIED_CHINESE,
        _keep_everyday,
    ),
    Face(
        "Yuzheng Song SemiBold",
        "song-semibold.otf",
        _NOTO / "NotoSerifCJK-SemiBold.ttc",
        _SIMPLIFIED_CHINESE,
        _keep_everyday,
    ),
)


class Coverage:
    """Which characters the built fonts can print."""

    def __init__(self, directory: Path) -> None:
        covered: frozenset[int] = frozenset()
        for face in FACES:
            covered |= _characters(_open(directory / face.file_name, 0))
        self._covered = covered

    def missing(self, text: str) -> list[str]:
        """Return the characters of ``text`` that no font has, each once, in order."""
        return list(dict.fromkeys(c for c in text if ord(c) not in self._covered))


def build(output: Path) -> bool:
    """Build all subsets into ``output``; return False if they were up to date already."""
    manifest = _manifest()
    if _read_manifest(output) == manifest:
        return False
    output.mkdir(parents=True, exist_ok=True)
    covered: frozenset[int] = frozenset()
    for face in FACES:
        covered |= _build_face(face, output, covered)
    for face in DISPLAY_FACES:
        _build_face(face, output, frozenset())
    # Written last: a build that was interrupted counts as not done.
    (output / MANIFEST).write_text(json.dumps(manifest, indent=1))
    return True


def _build_face(face: Face, output: Path, covered: frozenset[int]) -> frozenset[int]:
    source = _open(face.source, face.face_index)
    wanted = face.wanted(_characters(source), covered)
    options = hb.SubsetInput()
    options.unicode_set.update(wanted)
    options.drop_table_tag_set.update(
        int.from_bytes(tag.encode()) for tag in _DROPPED_TABLES
    )
    options.flags = hb.SubsetFlags.NO_HINTING
    subset = bytearray(hb.subset(source, options).blob.data)
    if subset[:4] == b"OTTO":
        _number_glyphs_as_characters(subset)
    (output / face.file_name).write_bytes(subset)
    return wanted


def _number_glyphs_as_characters(font: bytearray) -> None:
    """Make CID = glyph id in a CID-keyed CFF font, in place.

    Subsetting renumbers glyphs but keeps the old CIDs, while the PDF writer stores glyph ids as
    CIDs: MuPDF and Ghostscript then draw a blank page although the text still extracts. A
    charset of one range is five bytes, never longer than what it replaces.
    """
    table = hb.Face(hb.Blob(bytes(font))).reference_table("CFF ").data
    start = bytes(font).index(table)
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(table), None)
    top = fonts[0]
    count = len(top.CharStrings)
    offset = start + top.rawDict["charset"]
    font[offset : offset + 5] = b"\x02\x00\x01" + (count - 2).to_bytes(2)


def _open(path: Path, index: int) -> hb.Face:
    if not path.is_file():
        raise FontsMissing(f"证书字体未安装或未生成：{path.name}")
    return hb.Face(hb.Blob.from_file_path(path), index)


def _characters(face: hb.Face) -> frozenset[int]:
    return frozenset(face.unicodes)


def _manifest() -> dict[str, int]:
    """Describe what a build depends on: the recipe and the size of every source."""
    sizes = {"recipe": RECIPE}
    for face in (*FACES, *DISPLAY_FACES):
        if not face.source.is_file():
            raise FontsMissing(f"证书字体未安装：{face.source.name}")
        sizes[face.file_name] = face.source.stat().st_size
    return sizes


def _read_manifest(output: Path) -> object:
    try:
        return json.loads((output / MANIFEST).read_text())
    except (OSError, ValueError):
        return None


def main(arguments: list[str]) -> int:
    """Run the command line: ``build --output DIR``."""
    parser = argparse.ArgumentParser(prog="python -m certificates.fonts")
    commands = parser.add_subparsers(required=True)
    builder = commands.add_parser("build", help="build the static subsets, if not up to date")
    builder.add_argument("--output", type=Path, default=DEFAULT_OUTPUT)
    options = parser.parse_args(arguments)
    try:
        built = build(options.output)
    except FontsMissing as error:
        sys.stderr.write(f"{error.detail}\n")
        return 1
    sys.stdout.write(f"{options.output}: {'built' if built else 'up to date'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
