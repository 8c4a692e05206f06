"""How far an impression was stamped or scanned askew: read off its star and its ring of text."""

import cmath
import math
from collections.abc import Iterator

from PIL import Image

from certificates.sealing.impression_errors import ImpressionTilted

# Beyond this nobody stamped a little askew: the picture lies on its side.
_MOST_TILT = 20.0
# Less is not seen, and turning blurs.
_LEAST_TILT = 0.5
_RAYS = 720
_POINTS = 5
# Shares of the seal's radius: where a star's points are, and where the text of the ring is.
_STAR_REACH = (0.16, 0.42)
_RING_REACH = (0.55, 0.86)
# How uneven the ink must be round the centre to say anything: 0 is even, 1 is one ray.
_LEAST_STAR, _LEAST_RING = 0.25, 0.15
# The text of a ring is balanced about the top, give or take the widths of its characters.
_RING_SLACK = 15.0


def tilt_of(marks: Image.Image, radius: float) -> float:
    """Return how many degrees clockwise the seal in the middle of ``marks`` is turned.

    ``marks`` is 255 where ink is. Without a star in its middle the tilt is 0: text alone does not
    tell it exactly enough. Raises ``ImpressionTilted`` when it is more than a little.
    """
    star = _turn(marks, radius, _STAR_REACH, _POINTS, _LEAST_STAR)
    ring = _turn(marks, radius, _RING_REACH, 1, _LEAST_RING)
    if ring is not None and abs(ring) > _MOST_TILT + _RING_SLACK:
        raise ImpressionTilted
    if star is None:
        return 0.0
    if abs(star) > _MOST_TILT:
        raise ImpressionTilted
    return star if abs(star) >= _LEAST_TILT else 0.0


def _turn(
    marks: Image.Image, radius: float, reach: tuple[float, float], points: int, least: float
) -> float | None:
    """Return how far a figure of so many points is turned from pointing up; None: there is none."""
    total, sum_ = 0, 0j
    for number in range(_RAYS):
        angle = math.tau * number / _RAYS
        ink = sum(1 for place in _along(marks, radius, reach, angle) if marks.getpixel(place))
        total += ink
        sum_ += ink * cmath.exp(1j * points * angle)
    if not total or abs(sum_) / total < least:
        return None
    # Angles run clockwise from the right, because rows count downwards; up is -90 degrees.
    turned = math.degrees(cmath.phase(sum_)) + 90 * points
    return ((turned + 180) % 360 - 180) / points


def _along(
    marks: Image.Image, radius: float, reach: tuple[float, float], angle: float
) -> Iterator[tuple[int, int]]:
    middle = marks.width / 2
    for distance in range(round(reach[0] * radius), round(reach[1] * radius)):
        x, y = middle + distance * math.cos(angle), middle + distance * math.sin(angle)
        yield min(int(x), marks.width - 1), min(int(y), marks.height - 1)
