"""The glyphs that one certificate's fields need beyond those of the shell."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import uharfbuzz as hb

from certificates import fonts
from certificates.rendering.compiled.packing import packed
from certificates.rendering.compiled.shell import Codes

# What a bare CFF program does not need: everything else of the OpenType file.
_DROPPED = ("cmap", "OS/2", "name", "post", "hmtx", "hhea", "head")
_SMALLEST, _LARGEST = 2, 250  # glyphs in one font: see _number_glyphs_as_characters
_FILLING = ".-"
# Bytes of a CFF dictionary.
_CHARSET, _ESCAPE, _LAST_OPERATOR, _REAL, _TWO_BYTES = 15, 12, 21, 30, 247
_LONG_OPERANDS = {28: 3, 29: 5}  # and their length


@dataclass(frozen=True, slots=True)
class Cut:
    """A font program with exactly the wanted characters."""

    program: bytes  # bare CFF, deflated
    codes: dict[str, tuple[str, int]]  # character: code in hexadecimal, advance in 1/1000 em
    widths: str  # contents of /W
    to_unicode: bytes  # CMap, deflated


class Lettering:
    """Cuts fonts from the fields' face; one per process."""

    def __init__(self, fonts_dir: Path) -> None:
        blob = hb.Blob.from_file_path(fonts_dir / fonts.FIELDS_FILE)
        face = hb.Face(blob)
        # Parsed once: cutting from the raw face takes ten times as long.
        self._face = hb.subset_preprocess(face)
        font = hb.Font(face)
        self._glyphs = {}
        for character in sorted(face.unicodes):
            glyph = font.get_nominal_glyph(character)
            if glyph:
                self._glyphs[chr(character)] = (glyph, font.get_glyph_h_advance(glyph))

    @cached_property
    def printable(self) -> frozenset[str]:
        """Return the characters that can be cut."""
        return frozenset(self._glyphs)

    def cut(self, characters: Iterable[str]) -> Cut:
        """Return the font for these characters; KeyError for one that the face lacks."""
        wanted = set(characters)
        for spare in _FILLING:
            if len(wanted) < _SMALLEST:
                wanted.add(spare)
        if len(wanted) > _LARGEST:
            raise ValueError("too many characters for one certificate")
        ordered = sorted(wanted, key=lambda character: self._glyphs[character][0])
        options = hb.SubsetInput()
        options.glyph_set.update(self._glyphs[character][0] for character in ordered)
        options.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in _DROPPED)
        options.flags = hb.SubsetFlags.NO_HINTING
        subset = hb.subset(self._face, options)
        program = bytearray(subset.reference_table("CFF ").data)
        number_glyphs_as_characters(program, len(ordered) + 1)
        codes = {
            character: (f"{code:04x}", self._glyphs[character][1])
            for code, character in enumerate(ordered, 1)
        }
        widths = " ".join(str(advance) for _, advance in codes.values())
        return Cut(
            packed(bytes(program)),
            codes,
            f"1 [{widths}]",
            packed(to_unicode(codes)),
        )


def number_glyphs_as_characters(program: bytearray, glyphs: int) -> None:
    """Make CID = glyph id, in place, for a CFF program of few glyphs.

    Readers disagree about which of the two a code means; so they are the same. One range takes
    four bytes, never more than the charset of two glyphs that it replaces.
    """
    offset = _charset_offset(program)
    program[offset : offset + 4] = b"\x01\x00\x01" + bytes([glyphs - 2])


def _charset_offset(program: bytearray) -> int:
    """Find operator 15 in the top dictionary (Adobe technical note 5176, table 3)."""
    data = _index_first(program, _index_end(program, program[2]))
    at, begun = 0, 0
    while at < len(data):
        if data[at] == _CHARSET:
            return _integer(data[begun:at])
        if data[at] <= _LAST_OPERATOR:
            at += 2 if data[at] == _ESCAPE else 1
            begun = at
        else:
            at += _operand_length(data, at)
    raise ValueError("a font program without a charset")


def _operand_length(data: bytes, at: int) -> int:
    if data[at] == _REAL:
        end = at + 1
        while data[end] & 0xF != 0xF:  # noqa: PLR2004 - the half byte that ends a real number
            end += 1
        return end + 1 - at
    return _LONG_OPERANDS.get(data[at], 1 if data[at] < _TWO_BYTES else 2)


def _integer(operand: bytes) -> int:
    """Decode an offset; font programs of this size take three or five bytes for it."""
    if operand[0] in _LONG_OPERANDS:
        return int.from_bytes(operand[1:], signed=True)
    if operand[0] < _TWO_BYTES:
        return operand[0] - 139
    return (operand[0] - _TWO_BYTES) * 256 + operand[1] + 108


def _index_first(program: bytearray, at: int) -> bytes:
    size = program[at + 2]
    count = int.from_bytes(program[at : at + 2])
    length = int.from_bytes(program[at + 3 + size : at + 3 + 2 * size]) - 1
    start = at + 3 + (count + 1) * size
    return bytes(program[start : start + length])


def _index_end(program: bytearray, at: int) -> int:
    count, size = int.from_bytes(program[at : at + 2]), program[at + 2]
    last = at + 3 + count * size
    return last + size + int.from_bytes(program[last : last + size]) - 1


def to_unicode(codes: Codes) -> bytes:
    """Return the CMap that gives the text back."""
    lines = [
        f"<{code}> <{character.encode('utf-16-be').hex()}>"
        for character, (code, _) in codes.items()
    ]
    blocks = [
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar"
        for block in (lines[at : at + 100] for at in range(0, len(lines), 100))
    ]
    return (_CMAP_HEAD + "\n".join(blocks) + _CMAP_TAIL).encode()


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_CMAP_TAIL = "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
