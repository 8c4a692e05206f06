"""Glyph outlines on a coarser grid: a quarter less to store, nothing that paper could show."""

import io
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

# Step of the grid on paper: an edge moves by half of it, 0.03 mm, at most.
_STEP_POINTS = 0.17

Point = tuple[float, float]


def grid_of(points: float) -> int:
    """Return the step, in thousandths of the em, for text of at most this size."""
    return max(1, int(1000 * _STEP_POINTS / points))


def coarse_font(font: bytes, grid: int) -> bytes:
    """Return an OpenType font with CFF outlines, rounded to the grid; advances stay as they are."""
    with TTFont(io.BytesIO(font), recalcBBoxes=False, recalcTimestamp=False) as opened:
        outlines = opened["CFF "].cff[0].CharStrings
        for name in outlines.keys():  # noqa: SIM118 - not a mapping
            outlines[name] = _coarse(outlines[name], grid)
        output = io.BytesIO()
        opened.save(output, reorderTables=None)
    return output.getvalue()


def coarse_program(font: bytes, grid: int) -> bytes:
    """Return the bare CFF program of such a font."""
    with TTFont(io.BytesIO(coarse_font(font, grid))) as written:
        program: bytes = written.reader["CFF "]
    return program


def _coarse(outline: Any, grid: int) -> Any:
    drawn, private = RecordingPen(), outline.private
    outline.draw(_Rounded(drawn, grid))
    # PDF/A wants the advance in the program as well as in the PDF's own table.
    usual = outline.width == private.defaultWidthX
    pen = T2CharStringPen(None if usual else outline.width - private.nominalWidthX, None)
    drawn.replay(pen)
    return pen.getCharString(private=private)


class _Rounded(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Passes an outline on, rounded; method names are the base class's."""

    def __init__(self, pen: Any, grid: int) -> None:
        super().__init__(None)
        self._pen, self._grid = pen, grid

    def _moveTo(self, point: Point) -> None:
        self._pen.moveTo(self._round(point))

    def _lineTo(self, point: Point) -> None:
        self._pen.lineTo(self._round(point))

    def _curveToOne(self, *points: Point) -> None:
        self._pen.curveTo(*map(self._round, points))

    def _closePath(self) -> None:
        self._pen.closePath()

    def _round(self, point: Point) -> Point:
        x, y = point
        return round(x / self._grid) * self._grid, round(y / self._grid) * self._grid
