"""Where on the pages the printed facts stand, letter by letter. No I/O.

Boxes are as PDF counts: left, bottom, right, top, in points from the page's own corner.
"""

from collections.abc import Sequence
from typing import NamedTuple

from verify.printed import NAME_ON_PAGE, PRINTED

Box = tuple[float, float, float, float]
# The name of an employer may run over several lines; a fact in more pieces is none of the form's.
_MOST_PIECES = 6
_SAME_LINE = 0.5


class Letter(NamedTuple):
    """One printed letter on one page: with the height of its line, and where its ink is."""

    sign: str
    page: int
    box: Box
    ink: Box


class Line(NamedTuple):
    """One line of a fact as PDF counts."""

    page: int
    box: Box
    ink: Box


class Place(NamedTuple):
    """One line of a fact on one page as shown."""

    page: int
    box: Box


PATTERNS = {"name": NAME_ON_PAGE} | {one.field: one.on_page for one in PRINTED if one.on_page}


def fields_in(letters: Sequence[Letter]) -> dict[str, list[Line]]:
    """Return, for every fact that the form's words announce, the lines on which it stands."""
    text = "".join(letter.sign for letter in letters)
    found = {}
    for field, pattern in PATTERNS.items():
        if match := pattern.search(text):
            found[field] = _lines(letters[match.start(1) : match.end(1)])
    return found


def _lines(letters: Sequence[Letter]) -> list[Line]:
    """Join letters that follow each other on one line."""
    lines: list[Line] = []
    for letter in letters:
        last = lines[-1] if lines else None
        if last and last.page == letter.page and _level(last.box, letter.box):
            box, ink = _around(last.box, letter.box), _around(last.ink, letter.ink)
            lines[-1] = Line(letter.page, box, ink)
        elif len(lines) < _MOST_PIECES:
            lines.append(Line(letter.page, letter.box, letter.ink))
    return lines


def _level(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > _SAME_LINE * min(one[3] - one[1], other[3] - other[1])


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
