"""Fonts of the certificate: ``python -m certificates.fonts build --output DIR``, and coverage.

The system's fonts are cut into static subsets once. The whole collection would cost 235 KB in
every certificate and four times the rendering time; a subset costs a tenth of both.
"""

import argparse
import io
import json
import sys
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import uharfbuzz as hb

from chassis.errors import Category, ServiceError

RECIPE = 8  # raise it when a change here must rebuild existing directories
MANIFEST = "fonts.json"
SEAL_FILE = "seal.otf"
FIELDS_FILE = "fields.otf"
DEFAULT_OUTPUT = Path(".local/fonts")

_SYSTEM_FONTS = Path("/usr/share/fonts")
_SIMPLIFIED_CHINESE = 2  # face in the Noto CJK collections: JP, KR, SC, TC, HK
_HANGUL = range(0xAC00, 0xD7B0)
# Extensions B to H of Unicode: Hanazono for most, BabelStone for the latest.
_FALLBACKS = {
    "Yuzheng Hanazono B": _SYSTEM_FONTS / "truetype/hanazono/HanaMinB.ttf",
    "Yuzheng Hanazono A": _SYSTEM_FONTS / "truetype/hanazono/HanaMinA.ttf",
    "Yuzheng BabelStone": _SYSTEM_FONTS / "truetype/babelstone/BabelStoneHan.ttf",
}
_LARGEST_FIELD = 17.0  # points: the sentence on the certificate
_TEMPLATES = Path(__file__).parent / "rendering" / "templates"
# Layout tables would survive into every document; metrics of vertical text are never used.
_DROPPED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "SVG ")


class FontsMissing(ServiceError):
    """A source font is not installed, or the subsets have not been built."""

    code: ClassVar[str] = "certificates.fonts_missing"
    category: ClassVar[Category] = Category.UNAVAILABLE
    detail = "证书字体未安装或未生成。"


@dataclass(frozen=True, slots=True)
class Face:
    """One built font file: which characters it takes from which source."""

    family: str
    file_name: str
    source: Path
    face_index: int
    characters: frozenset[int]


def _noto(weight: str) -> Path:
    return _SYSTEM_FONTS / f"opentype/noto/NotoSerifCJK-{weight}.ttc"


def _fixed_text() -> frozenset[int]:
    """Return the characters of the certificate itself, printable ASCII and the frequent ones."""
    texts = [path.read_text() for path in sorted(_TEMPLATES.glob("certificate/*/page.html"))]
    texts.append((_TEMPLATES / "frequent.txt").read_text())
    return frozenset(map(ord, "".join(texts))) - {0x0A} | frozenset(range(0x20, 0x7F)) | {0xB7}


def _gb2312() -> list[int]:
    """Return GB 2312 in its own order: punctuation, then 6,763 characters, usual ones first."""
    rows = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return list(map(ord, b"".join(rows).decode("gb2312", errors="ignore")))


def _bands(characters: Iterable[int], size: int) -> list[frozenset[int]]:
    """Split into fonts of ``size`` glyphs.

    An embedded subset keeps an empty slot for every glyph below the highest used one: one font of
    7,000 glyphs costs 10 KB in each file, of 26,000 glyphs 16 KB, a band 1 to 2 KB.
    """
    wanted = list(characters)
    return [frozenset(wanted[at : at + size]) for at in range(0, len(wanted), size)]


@cache
def faces() -> tuple[Face, ...]:
    """Return the text faces in the order in which a character looks for its font."""
    song = _noto("Regular")
    available = _characters(_open(song, _SIMPLIFIED_CHINESE))
    core = _fixed_text() & available
    usual = [c for c in _gb2312() if c in available and c not in core]
    rare = sorted(available - core - frozenset(usual) - frozenset(_HANGUL))
    # Named by letters: Pango would take a number at the end of a family for a size.
    built = [
        Face(
            f"Yuzheng Song {chr(ord('A') + number)}",
            f"song-{number:02d}.otf",
            song,
            _SIMPLIFIED_CHINESE,
            band,
        )
        for number, band in enumerate([core, *_bands(usual, 1000), *_bands(rare, 2500)])
    ]
    covered = frozenset[int]().union(*(face.characters for face in built))
    for family, path in _FALLBACKS.items():
        characters = _characters(_open(path, 0)) - covered - frozenset(_HANGUL)
        built.append(Face(family, f"{path.stem.lower()}.ttf", path, 0, characters))
        covered |= characters
    return tuple(built)


@cache
def display_faces() -> tuple[Face, ...]:
    """Return the heavier cuts. They print fixed words only and take no part in coverage."""
    title = frozenset(map(ord, "河南省专业技术人员继续教育证书"))
    figures = frozenset(range(0x20, 0x7F)) | frozenset(map(ord, "扫码查验"))
    forms = "".join(path.read_text() for path in sorted(_TEMPLATES.glob("*/*/page.html")))
    heading = frozenset(map(ord, forms)) & _characters(_open(_noto("Bold"), _SIMPLIFIED_CHINESE))
    return (
        Face("Yuzheng Title", "title.otf", _noto("Black"), _SIMPLIFIED_CHINESE, title),
        Face("Yuzheng Figures", "figures.otf", _noto("SemiBold"), _SIMPLIFIED_CHINESE, figures),
        Face("Yuzheng Heading", "heading.otf", _noto("Bold"), _SIMPLIFIED_CHINESE, heading),
    )


def seal_face() -> Face:
    """Return the face whose outlines seals are drawn with; it never enters a file as a font."""
    available = _characters(_open(_noto("Bold"), _SIMPLIFIED_CHINESE)) - frozenset(_HANGUL)
    return Face("Yuzheng Seal", SEAL_FILE, _noto("Bold"), _SIMPLIFIED_CHINESE, available)


def fields_face() -> Face:
    """Return the face from which the fast path takes the glyphs of one certificate's fields."""
    available = _characters(_open(_noto("Regular"), _SIMPLIFIED_CHINESE))
    characters = frozenset((*_gb2312(), *range(0x20, 0x7F), 0xB7)) & available
    return Face("Yuzheng Fields", FIELDS_FILE, _noto("Regular"), _SIMPLIFIED_CHINESE, characters)


class Coverage:
    """Which characters the built fonts can print."""

    def __init__(self, directory: Path) -> None:
        # One byte a code point: a set of them would be eight times the memory.
        self._covered = bytearray(sys.maxunicode + 1)
        for file_name in installed(directory).text.values():
            for character in _open(directory / file_name, 0).unicodes:
                self._covered[character] = True

    def missing(self, text: str) -> list[str]:
        """Return the characters of ``text`` that no font has, each once, in order."""
        return list(dict.fromkeys(c for c in text if not self._covered[ord(c)]))


@dataclass(frozen=True, slots=True)
class Installed:
    """File names by family, in the order in which a character looks for its font."""

    text: dict[str, str]
    display: dict[str, str]


def installed(directory: Path) -> Installed:
    """Return what was built into ``directory``; FontsMissing if nothing was, or not completely."""
    manifest = _read_manifest(directory)
    if not manifest:
        raise FontsMissing("证书字体尚未生成，请先运行 python -m certificates.fonts build。")
    found = Installed(manifest["text"], manifest["display"])
    for file_name in (*found.text.values(), *found.display.values(), SEAL_FILE, FIELDS_FILE):
        if not (directory / file_name).is_file():
            raise FontsMissing(f"缺少证书字体：{file_name}")
    return found


def build(output: Path) -> bool:
    """Build all subsets into ``output``; return False if they were up to date already."""
    inputs = _inputs()
    if _read_manifest(output).get("inputs") == inputs:
        return False
    output.mkdir(parents=True, exist_ok=True)
    (output / MANIFEST).unlink(missing_ok=True)
    for face in (*faces(), *display_faces(), seal_face(), fields_face()):
        _build_face(face, output)
    # Written last: a build that was interrupted counts as not done.
    manifest = {
        "inputs": inputs,
        "text": {face.family: face.file_name for face in faces()},
        "display": {face.family: face.file_name for face in display_faces()},
    }
    (output / MANIFEST).write_text(json.dumps(manifest, indent=1))
    return True


def _build_face(face: Face, output: Path) -> None:
    options = hb.SubsetInput()
    options.unicode_set.update(face.characters)
    options.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in _DROPPED_TABLES)
    options.flags = hb.SubsetFlags.NO_HINTING
    if face.file_name == FIELDS_FILE:
        # Cut again for every certificate: shared subroutines would have to be cut as well.
        options.flags |= hb.SubsetFlags.DESUBROUTINIZE
    source = _open(face.source, face.face_index)
    subset = bytearray(hb.subset(source, options).blob.data)
    if face.file_name == FIELDS_FILE:
        # Needed by the build alone, as below.
        from certificates.rendering.compiled.outlines import (  # noqa: PLC0415 - see above
            coarse_font,
            grid_of,
        )

        subset = bytearray(coarse_font(bytes(subset), grid_of(_LARGEST_FIELD)))
    if subset[:4] == b"OTTO":
        _number_glyphs_as_characters(subset)
    # Replaced, never overwritten: running processes have the old file mapped into memory.
    fresh = output / f".{face.file_name}"
    fresh.write_bytes(subset)
    fresh.replace(output / face.file_name)


def _number_glyphs_as_characters(font: bytearray) -> None:
    """Make CID = glyph id in a CID-keyed CFF font, in place.

    Subsetting renumbers glyphs but keeps the old CIDs, while the PDF writer stores glyph ids as
    CIDs: MuPDF and Ghostscript then draw a blank page although the text still extracts. A
    charset of one range is five bytes, never longer than what it replaces.
    """
    table = hb.Face(hb.Blob(bytes(font))).reference_table("CFF ").data
    start = bytes(font).index(table)
    # Needed by the build alone: a process that only asks for coverage is spared its memory.
    from fontTools.cffLib import CFFFontSet  # noqa: PLC0415 - see above

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


def _inputs() -> dict[str, int]:
    """Describe what a build depends on: the recipe, the wanted characters, every source's size."""
    inputs = {"recipe": RECIPE, "core": zlib.crc32(repr(sorted(_fixed_text())).encode())}
    headings = [sorted(face.characters) for face in display_faces()]
    inputs["headings"] = zlib.crc32(repr(headings).encode())
    sources = [_noto(weight) for weight in ("Regular", "Bold", "SemiBold", "Black")]
    for source in (*sources, *_FALLBACKS.values()):
        if not source.is_file():
            raise FontsMissing(f"证书字体未安装：{source.name}")
        inputs[source.name] = source.stat().st_size
    return inputs


def _read_manifest(output: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((output / MANIFEST).read_text())
    except (OSError, ValueError):
        return {}
    return manifest


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
