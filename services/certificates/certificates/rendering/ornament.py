"""The guilloche border and the rosette behind the text, as PDF drawing operators.

Drawn once per process and shared by every document: as SVG the border alone would be parsed
anew, 150 tiles of it, for each certificate.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from certificates.layout import MILLIMETRE, PAGE_HEIGHT, PAGE_WIDTH

_GOLD = "0.69 0.54 0.28"
_CRIMSON = "0.62 0.22 0.18"
_WATERMARK = "0.953 0.922 0.855"

_BAND_CENTRE = 14.5 * MILLIMETRE  # distance of the braid's middle line from the page edge
_BAND_HALF = 3.1 * MILLIMETRE
_CORNER = 5.4 * MILLIMETRE  # half side of the square kept for the corner rosette
_STRANDS = 5
_PERIOD = 7.2 * MILLIMETRE  # wished for; the real one divides each side evenly


Box = tuple[float, float, float, float]  # left, bottom, right, top
Curve = Callable[[float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Operators for one page-sized form and the small forms it repeats."""

    operators: bytes
    tiles: dict[str, tuple[Box, bytes]]


@cache
def page_ornament() -> Drawing:
    """Return the border and the watermark rosette of an A4 page."""
    horizontal = PAGE_WIDTH - 2 * (_BAND_CENTRE + _CORNER)
    vertical = PAGE_HEIGHT - 2 * (_BAND_CENTRE + _CORNER)
    across, along = round(horizontal / _PERIOD), round(vertical / _PERIOD)
    box_across = (-1.0, -_BAND_HALF - 1, horizontal / across + 1, _BAND_HALF + 1)
    box_along = (-1.0, -_BAND_HALF - 1, vertical / along + 1, _BAND_HALF + 1)
    reach = _CORNER + 1
    tiles = {
        "A": (box_across, _braid(horizontal / across)),
        "L": (box_along, _braid(vertical / along)),
        "C": ((-reach, -reach, reach, reach), _corner()),
        **_lobes(),
    }
    parts = [_watermark(), _frames(), *_sides(horizontal / across, across, vertical / along, along)]
    return Drawing("\n".join(parts).encode(), tiles)


def _sides(step_x: float, count_x: int, step_y: float, count_y: int) -> list[str]:
    left, low = _BAND_CENTRE + _CORNER, _BAND_CENTRE + _CORNER
    right, high = PAGE_WIDTH - _BAND_CENTRE, PAGE_HEIGHT - _BAND_CENTRE
    parts = []
    for index in range(count_x):
        x = left + index * step_x
        parts += [_place("A", x, _BAND_CENTRE), _place("A", x, high)]
    for index in range(count_y):
        y = low + index * step_y
        parts += [_place_upright("L", _BAND_CENTRE, y), _place_upright("L", right, y)]
    parts += [_place("C", x, y) for x in (_BAND_CENTRE, right) for y in (_BAND_CENTRE, high)]
    return parts


def _braid(period: float) -> bytes:
    """Draw one period of interlaced sine strands in two inks along the x axis."""
    parts = ["1 J 0.28 w"]
    for strand in range(_STRANDS):
        phase = 2 * math.pi * strand / _STRANDS
        for ink, amplitude, shift in ((_GOLD, _BAND_HALF, 0.0), (_CRIMSON, 0.62 * _BAND_HALF, 0.5)):

            def wave(
                t: float, phase: float = phase, amplitude: float = amplitude, shift: float = shift
            ) -> tuple[float, float]:
                return period * t, amplitude * math.sin(2 * math.pi * t + phase + shift)

            parts += [f"{ink} RG", _curve(wave, 8), "S"]
    return "\n".join(parts).encode()


def _corner() -> bytes:
    """Draw a rosette in a square, to be set where the braids meet."""
    half = _CORNER * 0.98
    square = f"{_GOLD} RG 0.5 w {-half:.2f} {-half:.2f} {2 * half:.2f} {2 * half:.2f} re S"
    rings = [_ring("G", 12, 4), _ring("H", 12, 4), _ring("I", 12, 4), _ring("J", 8, 4)]
    return "\n".join([square, *rings]).encode()


def _watermark() -> str:
    """Draw a large pale rosette in the middle of the page."""
    middle = f"q 1 0 0 1 {PAGE_WIDTH / 2:.2f} {PAGE_HEIGHT * 0.53:.2f} cm"
    rings = [_ring("W", 24, 6), _ring("X", 24, 6), _ring("Y", 16, 5), _ring("Z", 12, 5)]
    return "\n".join([middle, *rings, "Q"])


def _lobes() -> dict[str, tuple[Box, bytes]]:
    """Draw one lobe of each ring; turning it is all that the rest of the ring needs."""
    size = 62 * MILLIMETRE
    return {
        "W": _lobe(_WATERMARK, 0.4, size, (0.88, 0.12, 24)),
        "X": _lobe(_WATERMARK, 0.4, size, (0.66, 0.14, 24)),
        "Y": _lobe(_WATERMARK, 0.4, size, (0.44, 0.14, 16)),
        "Z": _lobe(_WATERMARK, 0.4, size, (0.22, 0.14, 12)),
        "G": _lobe(_GOLD, 0.28, _CORNER, (0.90, 0.10, 12)),
        "H": _lobe(_GOLD, 0.28, _CORNER, (0.74, 0.16, 12)),
        "I": _lobe(_CRIMSON, 0.28, _CORNER, (0.56, 0.16, 12)),
        "J": _lobe(_CRIMSON, 0.28, _CORNER, (0.34, 0.20, 8)),
    }


def _lobe(
    ink: str, width: float, size: float, shape: tuple[float, float, int]
) -> tuple[Box, bytes]:
    radius, swing, lobes = shape

    def wave(t: float) -> tuple[float, float]:
        angle = 2 * math.pi * t / lobes
        distance = size * (radius + swing * math.sin(2 * math.pi * t))
        return distance * math.cos(angle), distance * math.sin(angle)

    box = (-size - 1, -size - 1, size + 1, size + 1)
    return box, f"1 J {ink} RG {width} w {_curve(wave, 6)} S".encode()


def _ring(tile: str, lobes: int, strands: int) -> str:
    """Turn one lobe round the origin, each strand a fraction of a lobe further."""
    parts = ["q"]
    count = lobes * strands
    for index in range(count):
        angle = 2 * math.pi * index / count
        turn = f"{math.cos(angle):.4f} {math.sin(angle):.4f}"
        back = f"{-math.sin(angle):.4f} {math.cos(angle):.4f}"
        parts.append(f"q {turn} {back} 0 0 cm /{tile} Do Q")
    return "\n".join([*parts, "Q"])


def _frames() -> str:
    """Draw the lines inside and outside of the braid."""
    parts = []
    for ink, width, gap in (
        (_CRIMSON, 1.1, -4.6),
        (_GOLD, 0.35, -3.8),
        (_GOLD, 0.35, 3.8),
        (_CRIMSON, 0.6, 4.5),
    ):
        edge = _BAND_CENTRE + gap * MILLIMETRE
        parts.append(
            f"{ink} RG {width} w {edge:.2f} {edge:.2f} "
            f"{PAGE_WIDTH - 2 * edge:.2f} {PAGE_HEIGHT - 2 * edge:.2f} re S"
        )
    return "\n".join(parts)


def _curve(function: Curve, segments: int) -> str:
    """Return a smooth path through ``function`` on 0..1: cubic Hermite pieces."""
    step = 1 / segments
    tiny = step / 100
    points = [function(i * step) for i in range(segments + 1)]
    slopes = []
    for i in range(segments + 1):
        before, after = function(i * step - tiny), function(i * step + tiny)
        scale = step / (6 * tiny)
        slopes.append(((after[0] - before[0]) * scale, (after[1] - before[1]) * scale))
    parts = [f"{points[0][0]:.2f} {points[0][1]:.2f} m"]
    for i in range(segments):
        (x0, y0), (x3, y3), (dx0, dy0), (dx3, dy3) = (
            points[i],
            points[i + 1],
            slopes[i],
            slopes[i + 1],
        )
        parts.append(
            f"{x0 + dx0:.2f} {y0 + dy0:.2f} {x3 - dx3:.2f} {y3 - dy3:.2f} {x3:.2f} {y3:.2f} c"
        )
    return " ".join(parts)


def _place(tile: str, x: float, y: float) -> str:
    return f"q 1 0 0 1 {x:.2f} {y:.2f} cm /{tile} Do Q"


def _place_upright(tile: str, x: float, y: float) -> str:
    return f"q 0 1 -1 0 {x:.2f} {y:.2f} cm /{tile} Do Q"
