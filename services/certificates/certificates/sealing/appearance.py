"""The round red seal as vectors: glyph outlines, no live text, no font in the file."""

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uharfbuzz as hb
from fontTools.pens.basePen import BasePen

from certificates.domain.offices import SEAL_PURPOSE
from certificates.errors import SealTextUnprintable
from certificates.fonts import SEAL_FILE
from certificates.layout import SEAL_DIAMETER
from certificates.sealing.seal_svg import svg_of

DEVELOPMENT_LINE = "测试 不具法律效力"
# Left, top, right, bottom, in hundredths of the seal's radius from its centre, downwards.
Band = tuple[float, float, float, float]

# All measures below in hundredths of the seal's radius; the origin is its centre.
_RADIUS = 100.0
_RIM = 5.5
_STAR = 33.0  # 14 mm across on a seal of 42 mm, as on official seals
_TEXT_OUTER = 88.0
_TEXT_HEIGHT = 24.0
_STEP_DEGREES = 22.0  # what a character of a full ring may take at most
_ARC_DEGREES = 254.0  # and all of them
_OFFICE_STEP_DEGREES = 26.0  # and in a ring above the line of the purpose
_OFFICE_ARC_DEGREES = 220.0
_RED = "0.80 0.06 0.09"
_EM = 1000
# A name longer than this leaves the ring to the office alone.
_LONGEST_RING = 18


@dataclass(frozen=True, slots=True)
class _Line:
    """A straight line of text: height and width of a character, its foot below the centre."""

    height: float
    width: float
    foot: float


_PURPOSE_LINE = _Line(12.5, 9.4, 55.0)
# Where the mark of a development seal stands under a ring, and under the line of the purpose.
_MARK_BELOW_RING, _MARK_BELOW_PURPOSE = 54.0, 71.0
# The room of the mark with air around it, from its foot: half its width, up and down.
_MARK_ROOM = (43.0, 13.0, 6.0)
# Outlines are rounded: a quarter less in every file, and 0.02 mm on paper.
_GRID = 8


@dataclass(frozen=True, slots=True)
class SealImage:
    """A drawn seal: PDF drawing operators in a square of ``size`` points, origin lower left."""

    title: str
    development: bool
    size: float
    operators: bytes

    def to_svg(self) -> str:
        """Return the same drawing as SVG, for the filing form and the portal."""
        return svg_of(self.operators)


@dataclass(frozen=True, slots=True)
class SealFace:
    """Whose seal it is, and how it looks: as filed, or (None) drawn from its name each time."""

    title: str
    development: bool
    drawing: bytes | None = None


def image_of(face: SealFace, fonts_dir: Path) -> SealImage:
    """Return the seal as certificates show it."""
    if face.drawing is None:
        return draw_seal(face.title, fonts_dir, development=face.development)
    return SealImage(face.title, face.development, float(round(SEAL_DIAMETER)), face.drawing)


def draw_seal(title: str, fonts_dir: Path, *, development: bool) -> SealImage:
    """Draw ``title`` (XXX专业技术人员继续教育专用章) around a star; slow enough to keep the result.

    A development seal carries 测试 不具法律效力 on its face.
    """
    font = _seal_font(fonts_dir / SEAL_FILE)
    size = round(SEAL_DIAMETER)
    unit = size / 2 / _RADIUS
    ring, line = _parts(title)
    shapes = [_shape(_matrix(unit, 0, 0, unit, size / 2, size / 2), _rim() + _star())]
    room = (_OFFICE_STEP_DEGREES, _OFFICE_ARC_DEGREES) if line else (_STEP_DEGREES, _ARC_DEGREES)
    shapes += _ring_text(font, ring, unit, size / 2, room=room)
    shapes += _straight_text(font, line, _PURPOSE_LINE, unit, size / 2)
    if development:
        foot = _MARK_BELOW_PURPOSE if line else _MARK_BELOW_RING
        shapes += _straight_text(font, DEVELOPMENT_LINE, _mark(foot), unit, size / 2)
    return _image(title, shapes, development=development)


def _parts(title: str) -> tuple[str, str]:
    """Return what stands in the ring, and in the line below the star.

    Official seals name their owner in the ring; the purpose joins it there while there is room.
    """
    office = title.removesuffix(SEAL_PURPOSE)
    if len(title) <= _LONGEST_RING or office in {"", title}:
        return title, ""
    return office, SEAL_PURPOSE


def _mark(foot: float) -> _Line:
    return _Line(9.6, 9.0, foot)


def mark_band(foot: float) -> Band:
    """Return what must be blank under a development mark that stands at ``foot``."""
    side, above, below = _MARK_ROOM
    return -side, foot - above, side, foot + below


def draw_impression(
    title: str, path: str, pixels: int, fonts_dir: Path, *, mark_foot: float | None
) -> SealImage:
    """Draw a traced impression (``tracing.traced``, ``pixels`` across) as the seal.

    A development seal bears its mark at ``mark_foot``: it was traced without that ``mark_band``.
    """
    size = round(SEAL_DIAMETER)
    scale = size / pixels
    shapes = [_shape(_matrix(scale, 0, 0, -scale, 0, size), path)]
    if mark_foot is not None:
        font = _seal_font(fonts_dir / SEAL_FILE)
        line = _mark(mark_foot)
        shapes += _straight_text(font, DEVELOPMENT_LINE, line, size / 2 / _RADIUS, size / 2)
    return _image(title, shapes, development=mark_foot is not None)


def _image(title: str, shapes: list[str], *, development: bool) -> SealImage:
    operators = f"{_RED} rg\n" + "\n".join(shapes)
    return SealImage(title, development, float(round(SEAL_DIAMETER)), operators.encode())


def _ring_text(
    font: hb.Font, title: str, unit: float, centre: float, *, room: tuple[float, float]
) -> list[str]:
    """Set the characters along the rim, feet towards the centre, balanced about the top.

    ``room`` is what one and all of them may take at most, in degrees.
    """
    step = min(room[0], room[1] / max(len(title) - 1, 1))
    baseline = _TEXT_OUTER - _TEXT_HEIGHT
    # A character is as wide as its share of the arc at two thirds of its height allows.
    width = min(_TEXT_HEIGHT, 0.95 * math.radians(step) * (baseline + _TEXT_HEIGHT * 0.6))
    shapes = []
    for index, character in enumerate(title):
        turn = math.radians(step * ((len(title) - 1) / 2 - index))
        cosine, sine = math.cos(turn), math.sin(turn)
        scale_x, scale_y = width * unit / _EM, _TEXT_HEIGHT * unit / _EM
        # The em square's left edge lies half a width to the left of the spoke, its foot at 120
        # units below the baseline of the font.
        left, foot = -width / 2 * unit, (baseline + 0.12 * _TEXT_HEIGHT) * unit
        matrix = _matrix(
            cosine * scale_x,
            sine * scale_x,
            -sine * scale_y,
            cosine * scale_y,
            centre + cosine * left - sine * foot,
            centre + sine * left + cosine * foot,
        )
        shapes.append(_shape(matrix, _outline(font, character)))
    return shapes


def _straight_text(font: hb.Font, text: str, line: _Line, unit: float, centre: float) -> list[str]:
    """Set ``text`` below the star, centred; a space takes half a character."""
    height, width = line.height * unit, line.width * unit
    advances = [width * (0.5 if character == " " else 1) for character in text]
    shapes, x = [], centre - sum(advances) / 2
    for character, advance in zip(text, advances, strict=True):
        if character != " ":
            scales = _matrix(width / _EM, 0, 0, height / _EM, x, centre - line.foot * unit)
            shapes.append(_shape(scales, _outline(font, character)))
        x += advance
    return shapes


def _rim() -> str:
    return f"{_circle(_RADIUS - 0.5)} {_circle(_RADIUS - 0.5 - _RIM)}"


def _circle(radius: float) -> str:
    k = radius * 0.5522847
    r = radius
    return (
        f"{r:.2f} 0 m {r:.2f} {k:.2f} {k:.2f} {r:.2f} 0 {r:.2f} c "
        f"{-k:.2f} {r:.2f} {-r:.2f} {k:.2f} {-r:.2f} 0 c "
        f"{-r:.2f} {-k:.2f} {-k:.2f} {-r:.2f} 0 {-r:.2f} c "
        f"{k:.2f} {-r:.2f} {r:.2f} {-k:.2f} {r:.2f} 0 c h"
    )


def _star() -> str:
    inner = _STAR * math.sin(math.radians(18)) / math.sin(math.radians(54))
    points = []
    for corner in range(10):
        radius = inner if corner % 2 else _STAR
        angle = math.radians(90 + 36 * corner)
        points.append(f"{radius * math.cos(angle):.2f} {radius * math.sin(angle):.2f}")
    return f" {points[0]} m " + " ".join(f"{point} l" for point in points[1:]) + " h"


@cache
def _seal_font(path: Path) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(path)))


class _PathPen(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Collects one glyph's outline as PDF operators; method names are the base class's."""

    def __init__(self) -> None:
        super().__init__(None)
        self.parts: list[str] = []

    def _moveTo(self, point: tuple[float, float]) -> None:
        self.parts.append(f"{_at(point)} m")

    def _lineTo(self, point: tuple[float, float]) -> None:
        self.parts.append(f"{_at(point)} l")

    def _curveToOne(self, *points: tuple[float, float]) -> None:
        self.parts.append(" ".join(map(_at, points)) + " c")

    def _closePath(self) -> None:
        self.parts.append("h")


def _at(point: tuple[float, float]) -> str:
    return " ".join(str(round(part / _GRID) * _GRID) for part in point)


def _outline(font: hb.Font, character: str) -> str:
    glyph = font.get_nominal_glyph(ord(character))
    if not glyph:
        raise SealTextUnprintable(field="/name")
    pen = _PathPen()
    font.draw_glyph_with_pen(glyph, pen)
    return " ".join(pen.parts)


def _matrix(*numbers: float) -> str:
    return " ".join(f"{number:.5g}" for number in numbers)


def _shape(matrix: str, path: str) -> str:
    return f"q {matrix} cm {path} f* Q"
