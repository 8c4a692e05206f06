"""The round red seal as vectors: glyph outlines, no live text, no font in the file."""

from dataclasses import dataclass
from pathlib import Path

DEVELOPMENT_LINE = "测试 不具法律效力"


@dataclass(frozen=True, slots=True)
class SealImage:
    """A drawn seal: PDF drawing operators in a square of ``size`` points, origin lower left."""

    title: str
    development: bool
    size: float
    operators: bytes

    def to_svg(self) -> str:
        """Return the same drawing as SVG, for the filing form and the portal."""
        raise NotImplementedError


def draw_seal(title: str, fonts_dir: Path, *, development: bool) -> SealImage:
    """Draw ``title`` (XXX专业技术人员继续教育专用章) around a star; slow enough to keep the result.

    A development seal carries 测试 不具法律效力 on its face.
    """
    raise NotImplementedError
