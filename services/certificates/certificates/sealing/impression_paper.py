"""The colours of an impression: how light its paper is, how red its ink, and both made plain."""

from PIL import Image, ImageChops

# Levels of 255. Paper is lighter, ink is darker; a scan's paper is not quite white.
PAPER = 200
_LEAST_REDNESS = 40
# The grain of a scan's paper: so much of it is lighter than what becomes white.
_GRAIN = 0.02
# From white to untouched ink there are so many levels, so that edges stay soft.
_EDGE = 60


def paper_of(image: Image.Image) -> Image.Image:
    """Return how light each place is in its darkest colour: 255 is white paper."""
    red, green, blue = image.split()
    return ImageChops.darker(red, ImageChops.darker(green, blue))


def darker_than(paper: Image.Image, level: int) -> Image.Image:
    """Return 255 where it is darker than ``level``."""
    return paper.point([255] * level + [0] * (256 - level))


def reddish(image: Image.Image) -> Image.Image:
    """Return 255 where the picture is red."""
    red, green, blue = image.split()
    redness = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    return redness.point([0] * _LEAST_REDNESS + [255] * (256 - _LEAST_REDNESS))


def share_of(mask: Image.Image) -> float:
    """Return which share of the places is 255."""
    return mask.histogram()[255] / (mask.width * mask.height)


def whitened(image: Image.Image, seal: Image.Image) -> Image.Image:
    """Return the picture with its paper white, inside the seal and all around it."""
    level = _paper_level(paper_of(image).histogram())
    soft = max(level - _EDGE, 1)
    steep = (255 - soft) / (level - soft)
    curve = [
        one if one < soft else min(255, round(soft + (one - soft) * steep)) for one in range(256)
    ]
    return Image.composite(image.point(curve * 3), Image.new("RGB", image.size, "white"), seal)


def _paper_level(counts: list[int]) -> int:
    """Return the level that all but the grain of the paper is lighter than."""
    grain, seen = sum(counts[PAPER:]) * _GRAIN, 0
    for level in range(PAPER, 256):
        seen += counts[level]
        if seen > grain:
            return level
    return 255


def edge_of(counts: list[int]) -> int:
    """Return the level between ink and paper that separates the two best (Otsu)."""
    total, weighted = sum(counts), sum(at * count for at, count in enumerate(counts))
    best, edge = -1.0, 128
    below = below_weighted = 0
    for at, count in enumerate(counts[:-1]):
        below += count
        below_weighted += at * count
        above = total - below
        if not below or not above:
            continue
        gap = below_weighted / below - (weighted - below_weighted) / above
        spread = below * above * gap * gap
        if spread > best:
            best, edge = spread, at + 1
    return edge
