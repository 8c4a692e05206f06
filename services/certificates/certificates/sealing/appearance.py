"""The round red seal as vectors: glyph outlines, no live text, no font in the file."""

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

import uharfbuzz as hb
from fontTools.pens.basePen import BasePen

from certificates.fonts import SEAL_FILE
from certificates.layout import SEAL_DIAMETER
from chassis.errors import Category, ServiceError

DEVELOPMENT_LINE = "测试 不具法律效力"

# All measures below in hundredths of the seal's radius; the origin is its centre.
_RADIUS = 100.0
_RIM = 5.5
_STAR = 27.0
_TEXT_OUTER = 88.0
_TEXT_HEIGHT = 24.0
_ARC_DEGREES = 254.0  # what the ring text may take at most
_STEP_DEGREES = 22.0  # and each character
_RED = "0.80 0.06 0.09"
_EM = 1000
# Outlines are rounded: a quarter less in every file, and 0.02 mm on paper.
_GRID = 8


class SealTextUnprintable(ServiceError):
    """The seal's title has a character that the seal's font lacks."""

    code: ClassVar[str] = "certificates.seal_text_unprintable"
    category: ClassVar[Category] = Category.INVALID
    detail = "印章名称含有无法绘制的字符。"


@dataclass(frozen=True, slots=True)
class SealImage:
    """A drawn seal: PDF drawing operators in a square of ``size`` points, origin lower left."""

    title: str
    development: bool
    size: float
    operators: bytes

    def to_svg(self) -> str:
        """Return the same drawing as SVG, for the filing form and the portal."""
        paths = "".join(
            f'<path transform="matrix({matrix})" d="{data}"/>'
            for matrix, data in _svg_paths(self.operators)
        )
        size = f"{self.size:.0f}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
            f'<g fill="rgb({_svg_red()})" fill-rule="evenodd" '
            f'transform="matrix(1 0 0 -1 0 {size})">{paths}</g></svg>'
        )


def draw_seal(title: str, fonts_dir: Path, *, development: bool) -> SealImage:
    """Draw ``title`` (XXX专业技术人员继续教育专用章) around a star; slow enough to keep the result.

    A development seal carries 测试 不具法律效力 on its face.
    """
    font = _seal_font(fonts_dir / SEAL_FILE)
    size = round(SEAL_DIAMETER)
    unit = size / 2 / _RADIUS
    shapes = [_shape(_matrix(unit, 0, 0, unit, size / 2, size / 2), _rim() + _star())]
    shapes += _ring_text(font, title, unit, size / 2)
    if development:
        shapes += _straight_text(font, DEVELOPMENT_LINE, unit, size / 2)
    operators = f"{_RED} rg\n" + "\n".join(shapes)
    return SealImage(title, development, float(size), operators.encode())


def _ring_text(font: hb.Font, title: str, unit: float, centre: float) -> list[str]:
    """Set the characters along the rim, feet towards the centre, balanced about the top."""
    step = min(_STEP_DEGREES, _ARC_DEGREES / max(len(title) - 1, 1))
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


def _straight_text(font: hb.Font, line: str, unit: float, centre: float) -> list[str]:
    height = 9.6 * unit
    advances = [height * (0.5 if character == " " else 0.94) for character in line]
    shapes, x = [], centre - sum(advances) / 2
    for character, advance in zip(line, advances, strict=True):
        if character != " ":
            matrix = _matrix(height / _EM, 0, 0, height / _EM, x, centre - 54 * unit)
            shapes.append(_shape(matrix, _outline(font, character)))
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


def _svg_paths(operators: bytes) -> list[tuple[str, str]]:
    """Translate the operators above, which are all this module ever writes."""
    paths = []
    for line in operators.decode().splitlines()[1:]:
        matrix, path = line.removeprefix("q ").removesuffix(" f* Q").split(" cm ")
        data: list[str] = []
        arguments: list[str] = []
        for word in path.split():
            if word in {"m", "l", "c", "h"}:
                data += ["Z" if word == "h" else word.upper(), *arguments]
                arguments = []
            else:
                arguments.append(word)
        paths.append((matrix, " ".join(data)))
    return paths


def _svg_red() -> str:
    return " ".join(str(round(float(part) * 255)) for part in _RED.split())
