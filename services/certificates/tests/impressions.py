"""Impressions of seals as offices might hand them in, good and bad."""

import io
import random
from functools import cache

from PIL import Image, ImageDraw, ImageFilter
from PIL.PngImagePlugin import PngInfo
from tests.kit.stack import ROOT

from certificates.forms.seal_picture import drawn
from certificates.sealing.appearance import draw_seal

TITLE = "郑州市人力资源和社会保障局专业技术人员继续教育专用章"
_INK = (200, 24, 32)


@cache
def seal(title: str = TITLE) -> Image.Image:
    """Return a seal on white, 1000 pixels across, as a stamp shop would deliver it."""
    fonts = ROOT / ".local" / "fonts"
    operators = draw_seal(title, fonts, development=False).operators
    return Image.open(io.BytesIO(drawn(operators))).convert("RGB")


def on_paper(stamp: Image.Image, *, margin: int = 60, paper: str = "white") -> Image.Image:
    """Return the picture with a margin all around."""
    page = Image.new("RGB", (stamp.width + 2 * margin, stamp.height + 2 * margin), paper)
    page.paste(stamp, (margin, margin))
    return page


def png(image: Image.Image, **options: object) -> bytes:
    return written(image, "PNG", **options)


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def clean() -> bytes:
    """Return what a stamp shop delivers, with a comment that is nobody's business."""
    comment = PngInfo()
    comment.add_text("Author", "王小明")
    return png(on_paper(seal()), pnginfo=comment)


def transparent() -> bytes:
    _, stamp, _ = on_paper(seal()).split()
    picture = Image.new("RGBA", stamp.size, _INK)
    picture.putalpha(stamp.point([255 - level for level in range(256)]))
    return png(picture)


@cache
def scanned() -> bytes:
    """Return a scan: a little askew, blurred, speckled, on paper that is not quite white."""
    page = on_paper(seal()).rotate(3, Image.Resampling.BICUBIC, fillcolor="white")
    page = page.filter(ImageFilter.GaussianBlur(1.2))
    chance = random.Random(1)  # noqa: S311 - grain, no secret
    noise = Image.frombytes("L", page.size, chance.randbytes(page.width * page.height))
    grain = noise.point([230 + level // 12 for level in range(256)])
    holes = noise.filter(ImageFilter.GaussianBlur(1)).point(
        [255 * (one > 168) for one in range(256)]
    )
    page.paste((238, 200, 202), mask=holes)
    speckled = Image.composite(
        page,
        Image.merge("RGB", [grain] * 3),
        page.convert("L").point([255 * (one < 220) for one in range(256)]),
    )
    return written(speckled, "JPEG", quality=88)


def askew(degrees: float = 12) -> bytes:
    """Return a clean impression that lies so far anticlockwise."""
    page = on_paper(seal())
    return png(page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white"))


def ring(*, ink: object = _INK, size: int = 700, width: int = 40) -> Image.Image:
    """Return a ring with nothing in it."""
    page = Image.new("RGB", (size + 80, size + 80), "white")
    ImageDraw.Draw(page).ellipse((40, 40, size + 40, size + 40), outline=ink, width=width)
    return page


def _square() -> Image.Image:
    page = on_paper(Image.new("RGB", (700, 700), "white"))
    draw = ImageDraw.Draw(page)
    draw.rectangle((60, 60, 760, 760), outline=_INK, width=30)
    draw.rectangle((200, 200, 600, 600), fill=_INK)
    return page


def _beside_a_table() -> Image.Image:
    page = on_paper(seal(), margin=200)
    ImageDraw.Draw(page).rectangle((40, 40, 1360, 1360), outline="black", width=6)
    return page


def _with_a_note() -> Image.Image:
    page = on_paper(seal())
    for line in range(4):
        page.paste("black", (70, 70 + 30 * line, 180 - 20 * line, 84 + 30 * line))
    return page


def _off_centre() -> Image.Image:
    page = Image.new("RGB", (2000, 1100), "white")
    page.paste(seal(), (40, 50))
    return page


def _blot() -> Image.Image:
    page = ring()
    ImageDraw.Draw(page).ellipse((60, 60, 720, 720), fill=_INK)
    return page


def _in_blue() -> Image.Image:
    red, green, blue = on_paper(seal()).split()
    return Image.merge("RGB", (blue, green, red))


def _animated() -> bytes:
    frames = [on_paper(seal()), ring().resize((1120, 1120))]
    return png(frames[0], save_all=True, append_images=frames[1:])


# For each code a picture that it alone is said of.
BAD = {
    "not a picture": (lambda: b"%PDF-1.7 no picture", "unreadable"),
    "a gif": (lambda: written(on_paper(seal()), "GIF"), "unreadable"),
    "cut short": (lambda: clean()[:4000], "unreadable"),
    "animated": (_animated, "unreadable"),
    "a bomb": (lambda: png(Image.new("1", (20_000, 20_000), 1)), "too_many_pixels"),
    "tiny": (lambda: png(on_paper(seal().resize((250, 250)), margin=80)), "too_small"),
    "thumbnail": (lambda: png(seal().resize((100, 100))), "too_small"),
    "on grey": (lambda: png(on_paper(seal(), paper="grey")), "background"),
    "in a table": (lambda: png(_beside_a_table()), "not_round"),
    "with a note": (lambda: png(_with_a_note()), "background"),
    "off centre": (lambda: png(_off_centre()), "off_centre"),
    "square": (lambda: png(_square()), "not_round"),
    "stretched": (lambda: png(on_paper(seal().resize((1000, 850)))), "not_round"),
    "half": (lambda: png(on_paper(seal().crop((0, 0, 1000, 500)))), "not_round"),
    "askew": (lambda: askew(28), "tilted"),
    "on its side": (lambda: askew(72), "tilted"),
    "upside down": (lambda: askew(180), "tilted"),
    "black": (lambda: png(on_paper(seal()).convert("L")), "not_red"),
    "blue": (lambda: png(_in_blue()), "not_red"),
    "blank": (lambda: png(Image.new("RGB", (800, 800), "white")), "illegible"),
    "empty ring": (lambda: png(ring()), "illegible"),
    "blot": (lambda: png(_blot()), "illegible"),
}
