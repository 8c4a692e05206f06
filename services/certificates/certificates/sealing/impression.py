"""Whether a picture is the impression of a round seal, and what is kept of it.

The bytes come from outside: this runs in a document process, with limits on what is unpacked.
"""

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFile, ImageFilter, UnidentifiedImageError

from certificates.sealing.impression_errors import (
    ImpressionBackground,
    ImpressionIllegible,
    ImpressionNotRed,
    ImpressionNotRound,
    ImpressionOffCentre,
    ImpressionTooManyPixels,
    ImpressionTooSmall,
    ImpressionUnreadable,
)
from certificates.sealing.impression_paper import (
    PAPER,
    darker_than,
    edge_of,
    paper_of,
    reddish,
    share_of,
    whitened,
)
from certificates.sealing.tracing import TRACED_PIXELS
from certificates.sealing.upright import tilt_of

# Checked in the header, before anything is unpacked: 4 bytes each in memory.
_MOST_PIXELS = 16_000_000
# Pixels across the seal itself: 42 mm at 180 dpi.
LEAST_SEAL_PIXELS = 300
# What is kept: 42 mm at 600 dpi; more is only a bigger file.
_MOST_KEPT_PIXELS = 1000
# What annex 2 takes (contracts/forms/annex-2.json), less its encoding.
_MOST_KEPT_BYTES = 500_000
_LEAST_RED_SHARE = 0.85
# A seal that fills the picture touches each side in its middle.
_MOST_DARK_BORDER = 0.5
# Ink outside the seal: dust of a scan.
_MOST_STRAY_SHARE = 0.004
# Share of the disc that is ink: less is an empty ring, more is a blot.
_LEAST_INK, _MOST_INK = 0.06, 0.6
# The seal's middle against the picture's, as a share of the picture's shorter side.
_MOST_OFF_CENTRE = 0.1
_MOST_OVAL = 0.05
# The rim is looked for along rays; worn impressions miss some.
_RAYS = 180
_RIM_WIDTH = 0.06
_LEAST_RIM = 0.85
# Looking happens on a picture of this size.
_LOOKED_AT = 400
_MARGIN = 1.03
# Pixels; more would close the gaps between fine strokes.
_GRAIN_BLUR = 0.8
# How far from the best threshold towards the paper: thin strokes are paler than thick ones.
_HAIRLINES = 0.25


@dataclass(frozen=True, slots=True)
class Disc:
    """Where the seal lies in the picture, in pixels."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Impression:
    """What is kept: the seal alone, upright on white, and its ink in black on white for tracing."""

    picture: bytes  # JPEG, square, nothing in it but pixels
    ink: Image.Image


def examine(content: bytes) -> Impression:
    """Return what is kept of an uploaded impression, or raise what is wrong with it."""
    image = _opened(content)
    paper = paper_of(image)
    disc = _found(image, paper)
    _check_rim(paper, disc)
    _check_colour(image, disc)
    _check_surroundings(paper, disc)
    _check_ink(paper, disc)
    tilt = _tilt(paper, disc)
    kept = _upright(image, disc, min(round(2 * disc.radius * _MARGIN), _MOST_KEPT_PIXELS), tilt)
    return Impression(
        _written(whitened(kept, _within(kept, 1.02))),
        _ink(_upright(image, disc, TRACED_PIXELS, tilt)),
    )


def _written(picture: Image.Image) -> bytes:
    """Return the pixels as JPEG, all colour kept, small enough for the form it goes into."""
    for quality in (92, 85, 75, 60):
        written = io.BytesIO()
        picture.save(written, "JPEG", quality=quality, subsampling=0)
        if written.tell() <= _MOST_KEPT_BYTES:
            break
    return written.getvalue()


def _opened(content: bytes) -> Image.Image:
    """Return the picture on white, without profiles, comments and transparency."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise ImpressionTooManyPixels
            if getattr(image, "n_frames", 1) != 1:
                raise ImpressionUnreadable("图片含有多幅画面。")
            with _whole_files_only():
                coloured = image.convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImpressionTooManyPixels from error
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise ImpressionUnreadable from error
    except SyntaxError as error:  # what Pillow says of some broken PNGs
        raise ImpressionUnreadable from error
    plain = Image.new("RGB", coloured.size, "white")
    plain.paste(coloured, mask=coloured.getchannel("A"))
    if min(plain.size) < LEAST_SEAL_PIXELS:
        raise ImpressionTooSmall
    return plain


@contextmanager
def _whole_files_only() -> Iterator[None]:
    """Refuse files that were cut short: WeasyPrint, in the same process, lets all of them pass."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _found(image: Image.Image, paper: Image.Image) -> Disc:
    """Return where the seal is: everything on the paper, which must be light all around it."""
    width, height = image.size
    scale = max(image.size) / _LOOKED_AT
    small = paper.resize((round(width / scale), round(height / scale)), Image.Resampling.BOX)
    edge = max(2, round(min(small.size) * 0.02))
    _check_edges(small, edge)
    marks = darker_than(small.filter(ImageFilter.MedianFilter(3)), PAPER)
    box = marks.getbbox()
    if box is None:
        raise ImpressionIllegible("图片上没有印迹。")
    left, top, right, bottom = (part * scale for part in box)
    if min(right - left, bottom - top) < LEAST_SEAL_PIXELS:
        raise ImpressionTooSmall
    if abs((right - left) / (bottom - top) - 1) > _MOST_OVAL:
        raise ImpressionNotRound
    x, y = (left + right) / 2, (top + bottom) / 2
    off = max(abs(x - width / 2), abs(y - height / 2))
    if off > _MOST_OFF_CENTRE * min(width, height):
        raise ImpressionOffCentre
    return Disc(x, y, (right - left + bottom - top) / 4)


def _check_edges(small: Image.Image, edge: int) -> None:
    """Check that the picture's border is light: what is dark there is no paper."""
    width, height = small.size
    for box in (
        (0, 0, width, edge),
        (0, height - edge, width, height),
        (0, 0, edge, height),
        (width - edge, 0, width, height),
    ):
        dark = share_of(darker_than(small.crop(box), PAPER))
        if dark > _MOST_DARK_BORDER:
            raise ImpressionBackground


def _check_surroundings(paper: Image.Image, disc: Disc) -> None:
    marks = darker_than(_cut_out(paper, disc, _LOOKED_AT), PAPER)
    outside = ImageChops.multiply(marks, ImageChops.invert(_within(marks, 1.03)))
    if share_of(outside) > _MOST_STRAY_SHARE:
        raise ImpressionBackground


def _check_colour(image: Image.Image, disc: Disc) -> None:
    whole = _cut_out(image, disc, _LOOKED_AT)
    marks = darker_than(paper_of(whole), PAPER)
    inked = share_of(marks)
    if not inked or share_of(ImageChops.darker(marks, reddish(whole))) / inked < _LEAST_RED_SHARE:
        raise ImpressionNotRed


def _check_rim(paper: Image.Image, disc: Disc) -> None:
    """Check that ink lies on the circle in nearly every direction: a ring, not a square."""
    marks = darker_than(_cut_out(paper, disc, _LOOKED_AT), PAPER)
    hits = sum(_meets_rim(marks, turn) for turn in range(_RAYS))
    if hits < _LEAST_RIM * _RAYS:
        raise ImpressionNotRound


def _meets_rim(marks: Image.Image, turn: int) -> bool:
    angle = math.tau * turn / _RAYS
    return any(marks.getpixel(place) for place in _along(angle))


def _along(angle: float) -> Iterator[tuple[int, int]]:
    """Yield the places of one ray where the rim may be, outermost first."""
    centre = _LOOKED_AT / 2
    rim = centre / _MARGIN
    for step in range(round(_RIM_WIDTH * rim) + 1):
        radius = rim * (1 + _RIM_WIDTH / 3) - step
        x, y = centre + radius * math.cos(angle), centre + radius * math.sin(angle)
        yield min(int(x), _LOOKED_AT - 1), min(int(y), _LOOKED_AT - 1)


def _check_ink(paper: Image.Image, disc: Disc) -> None:
    """Check that there is something in the ring, and that it is not a blot."""
    marks = darker_than(_cut_out(paper, disc, _LOOKED_AT), PAPER)
    inside = _within(marks, 0.88)
    share = share_of(ImageChops.multiply(marks, inside)) / share_of(inside)
    if not _LEAST_INK <= share <= _MOST_INK:
        raise ImpressionIllegible


def _cut_out(image: Image.Image, disc: Disc, size: int) -> Image.Image:
    """Return the square around the seal, ``size`` pixels wide, white beyond the picture."""
    reach = disc.radius * _MARGIN
    box = (disc.x - reach, disc.y - reach, disc.x + reach, disc.y + reach)
    whole = tuple(round(edge) for edge in box)
    # Cropping beyond the picture fills with black; it is put on white first.
    canvas = Image.new(image.mode, (whole[2] - whole[0], whole[3] - whole[1]), "white")
    canvas.paste(image, (-whole[0], -whole[1]))
    return canvas.resize((size, size), Image.Resampling.LANCZOS)


def _tilt(paper: Image.Image, disc: Disc) -> float:
    marks = darker_than(_cut_out(paper, disc, _LOOKED_AT), PAPER)
    return tilt_of(marks, _LOOKED_AT / 2 / _MARGIN)


def _upright(image: Image.Image, disc: Disc, size: int, tilt: float) -> Image.Image:
    """Return the square around the seal, turned back."""
    whole = _cut_out(image, disc, size)
    return whole.rotate(tilt, Image.Resampling.BICUBIC, fillcolor="white") if tilt else whole


def _ink(whole: Image.Image) -> Image.Image:
    """Return the ink black on white: red ink is darkest where green and blue are."""
    _, green, blue = whole.split()
    level = ImageChops.darker(green, blue).filter(ImageFilter.GaussianBlur(_GRAIN_BLUR))
    edge = edge_of(level.histogram())
    edge += round((255 - edge) * _HAIRLINES)
    black = level.point([0] * edge + [255] * (256 - edge))
    return Image.composite(black, Image.new("L", black.size, 255), _within(black, 1.02))


def _within(whole: Image.Image, share: float) -> Image.Image:
    """Return the mask of the seal in a square cut out around it."""
    middle = whole.width / 2
    return _disc_mask(whole.size, Disc(middle, middle, middle / _MARGIN), share)


def _disc_mask(size: tuple[int, int], disc: Disc, share: float) -> Image.Image:
    mask = Image.new("L", size, 0)
    reach = disc.radius * share
    box = (disc.x - reach, disc.y - reach, disc.x + reach, disc.y + reach)
    ImageDraw.Draw(mask).ellipse(box, fill=255)
    return mask
