"""The text of a page that we wrote ourselves, read from its content and its fonts' own tables.

A PDF library lays out the whole page with its ornament to find the same text: 11 ms of what the
gate costs. Nothing here guesses: a page with anything unusual is ``TextUnclear``.
"""

import re
from functools import lru_cache
from typing import Any

_BLOCK = re.compile(rb"\bBT\b(.*?)\bET\b", re.DOTALL)
# What stands in our text blocks: a font, hexadecimal strings, numbers, operators that place them.
_TOKEN = re.compile(
    rb"/(?P<font>[A-Za-z0-9_]+)\s+[-.\d]+\s+Tf|<(?P<codes>[0-9A-Fa-f]*)>"
    rb"|(?P<other>[-+.\d]+|\[|\]|Tm|Td|TD|Tc|Tw|TJ|Tj|Tr|T\*|rg|RG|g|G|k|K|cs|scn|gs)(?=[\s\[\]<]|$)|\s+"
)
_MAPPING = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_CODE_DIGITS = 4


class TextUnclear(Exception):
    """The page is not one of those whose text can be read this way."""


def text_of_page(page: Any) -> str:
    """Return the characters of a page of ours in the order of its content."""
    fonts = page.obj.Resources.Font
    text: list[str] = []
    for block in _BLOCK.findall(page.obj.Contents.read_bytes()):
        table: dict[bytes, str] = {}
        end = 0
        for token in _TOKEN.finditer(block):
            if token.start() != end:
                break
            end = token.end()
            if token["font"]:
                table = _table_of(fonts["/" + token["font"].decode()])
            elif token["codes"]:
                text.extend(_characters(token["codes"], table))
        if end != len(block):
            raise TextUnclear(f"unusual text near {block[end : end + 20]!r}")
    return "".join(text)


def _characters(codes: bytes, table: dict[bytes, str]) -> list[str]:
    if len(codes) % _CODE_DIGITS:
        raise TextUnclear("codes of another length")
    places = range(0, len(codes), _CODE_DIGITS)
    try:
        return [table[codes[at : at + _CODE_DIGITS].lower()] for at in places]
    except KeyError as error:
        raise TextUnclear("a code without a character") from error


def _table_of(font: Any) -> dict[bytes, str]:
    if font.Encoding != "/Identity-H":
        raise TextUnclear("codes of another kind")
    return _table(font.ToUnicode.read_bytes())


@lru_cache(maxsize=64)
def _table(mapping: bytes) -> dict[bytes, str]:
    """Read a font's code table; those of the page's own fonts are the same in every document."""
    if b"beginbfrange" in mapping:
        raise TextUnclear("ranges in a font's table")
    return {
        code.lower(): bytes.fromhex(text.decode()).decode("utf-16-be")
        for part in _CHARACTERS.findall(mapping)
        for code, text in _MAPPING.findall(part)
    }
