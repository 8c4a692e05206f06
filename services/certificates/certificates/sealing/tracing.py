"""From the ink of an impression to outlines: traced once, when the impression is handed in."""

import io
import math
import re
from collections.abc import Iterator, Sequence

import vtracer  # type: ignore[import-untyped]  # no types exist for it
from PIL import Image, ImageDraw

from certificates.sealing.appearance import Band, mark_band

Point = tuple[float, float]

# Pixels across the traced seal: 0.035 mm each on paper; coarser, the thin strokes of small
# characters break.
TRACED_PIXELS = 1200
# Ink smaller than so many pixels squared is dirt.
_DIRT = 6
# A corner that turns less is part of a curve; only long edges show their corners.
_SMOOTH_TURN = math.radians(30)
_LONG_EDGE = 36.0
_FEWEST_CORNERS = 3
# Where a development mark may stand, the usual place first; lower, it would touch the rim.
_FEET = (54.0, 48.0, 60.0, 66.0, 71.0, 42.0)
_PATH = re.compile(r'<path d="([^"]*)"[^>]*translate\((-?[\d.]+),(-?[\d.]+)\)')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def traced(ink: Image.Image, *, without: Band | None = None) -> str:
    """Return the outlines of the dark parts as PDF path operators, to be filled even-odd.

    ``ink`` is a square of ``TRACED_PIXELS``, black on white. One unit is one pixel, the origin is
    the upper left, as in the picture. ``without`` is left blank for what is drawn there instead.
    The same picture gives the same operators.
    """
    if without:
        ink = ink.copy()
        ImageDraw.Draw(ink).rectangle(_box(without), fill=255)
    written = io.BytesIO()
    ink.convert("RGB").save(written, "PNG")
    svg = vtracer.convert_raw_image_to_svg(
        written.getvalue(),
        img_format="png",
        colormode="binary",
        mode="polygon",
        filter_speckle=_DIRT,
        path_precision=1,
    )
    return " ".join(_outline(points) for points in _polygons(svg))


def foot_of_mark(ink: Image.Image) -> float:
    """Return where below the star a development mark covers least of what is there."""
    return min(_FEET, key=lambda foot: (_covered(ink, mark_band(foot)), abs(foot - _FEET[0])))


def _covered(ink: Image.Image, band: Band) -> int:
    return sum(ink.crop(_box(band)).histogram()[:128])


def _box(band: Band) -> tuple[int, int, int, int]:
    radius, centre = TRACED_PIXELS / 2 / 100, TRACED_PIXELS / 2
    left, top, right, bottom = (round(centre + edge * radius) for edge in band)
    return left, top, right, bottom


def _polygons(svg: str) -> Iterator[list[Point]]:
    """Yield every closed outline: the tracer writes straight lines, one path for each island."""
    for data, right, down in _PATH.findall(svg):
        for part in data.split("Z"):
            numbers = [float(number) for number in _NUMBER.findall(part)]
            points = [
                (x + float(right), y + float(down))
                for x, y in zip(numbers[::2], numbers[1::2], strict=True)
            ]
            if len(points) > 1 and points[0] == points[-1]:
                points.pop()
            if len(points) >= _FEWEST_CORNERS:
                yield points


def _outline(points: Sequence[Point]) -> str:
    """Return the outline with its blunt corners as curves, so that a rim is round."""
    count = len(points)
    middles = [_between(points[at - 1], points[at], 0.5) for at in range(count)]
    following = [*points[1:], points[0]]
    smooth = [_is_smooth(points[at - 1], points[at], following[at]) for at in range(count)]
    here = middles[0] if smooth[0] or smooth[-1] else points[-1]
    words = [f"{_at(here)} m"]
    for at, corner in enumerate(points):
        if not smooth[at]:
            words.append(f"{_at(corner)} l")
            here = corner
            continue
        before, after = middles[at], middles[(at + 1) % count]
        if here != before:
            words.append(f"{_at(before)} l")
        first, second = _between(before, corner, 2 / 3), _between(after, corner, 2 / 3)
        words.append(f"{_at(first)} {_at(second)} {_at(after)} c")
        here = after
    if not smooth[-1] and not smooth[0]:
        words.pop()  # the last corner is where it began: closing draws the edge to it
    return " ".join(words) + " h"


def _is_smooth(before: Point, corner: Point, after: Point) -> bool:
    come, go = _edge(before, corner), _edge(corner, after)
    if min(math.hypot(*come), math.hypot(*go)) < _LONG_EDGE:
        return False
    turn = math.atan2(come[0] * go[1] - come[1] * go[0], come[0] * go[0] + come[1] * go[1])
    return abs(turn) < _SMOOTH_TURN


def _edge(start: Point, end: Point) -> Point:
    return end[0] - start[0], end[1] - start[1]


def _between(start: Point, end: Point, share: float) -> Point:
    along = _edge(start, end)
    return start[0] + along[0] * share, start[1] + along[1] * share


def _at(point: Point) -> str:
    return " ".join(f"{part:.0f}" for part in point)
