"""Glyph outlines on a coarser grid: a quarter less to store, nothing that paper could show."""

import io
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

# Thousandths of the em: at the title's 28.5 points an edge moves by 0.03 mm at most.
GRID = 6

Point = tuple[float, float]


def coarse_program(font: bytes) -> bytes:
    """Return the bare CFF program of an OpenType font, its outlines rounded to the grid."""
    with TTFont(io.BytesIO(font), recalcBBoxes=False, recalcTimestamp=False) as opened:
        outlines = opened["CFF "].cff[0].CharStrings
        for name in outlines.keys():  # noqa: SIM118 - not a mapping
            outline = outlines[name]
            # Without the width: readers take it from the PDF's own table.
            written = T2CharStringPen(None, None)
            outline.draw(_Rounded(written))
            outlines[name] = written.getCharString(private=outline.private)
        output = io.BytesIO()
        opened.save(output, reorderTables=None)
    with TTFont(io.BytesIO(output.getvalue())) as written_font:
        program: bytes = written_font.reader["CFF "]
    return program


class _Rounded(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Passes an outline on, rounded; method names are the base class's."""

    def __init__(self, pen: Any) -> None:
        super().__init__(None)
        self._pen = pen

    def _moveTo(self, point: Point) -> None:
        self._pen.moveTo(_round(point))

    def _lineTo(self, point: Point) -> None:
        self._pen.lineTo(_round(point))

    def _curveToOne(self, *points: Point) -> None:
        self._pen.curveTo(*map(_round, points))

    def _closePath(self) -> None:
        self._pen.closePath()


def _round(point: Point) -> Point:
    return round(point[0] / GRID) * GRID, round(point[1] / GRID) * GRID
