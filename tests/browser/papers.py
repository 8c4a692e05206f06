"""A certificate as its holder, a camera and a forger have it."""

import io
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import segno
from deploy.local.demo import document
from deploy.local.demo.people import Technician
from PIL import Image
from tests.kit.stack import stack
from tests.kit.world import YEAR, World

# Where the form prints the total of hours: left, bottom, width, height.
_TOTAL = "130 316 30 24"


@dataclass(frozen=True)
class Paper:
    """One certificate, registered and valid, with its file and what its code says."""

    holder: Technician
    certificate_id: str
    pdf: bytes
    address: str


async def paper(world: World, folder: Path, name: str = "王小明") -> Paper:
    """Have a certificate issued and wait until everybody can check it."""
    holder = await world.completed(name)
    certificate = await world.people.certificate(holder, YEAR, seconds=180)
    certificate_id = certificate["certificate_id"]
    path = f"/api/certificates/v1/certificates/{certificate_id}/file"
    pdf = (await holder.account.download(path)).content
    file = folder / "certificate.pdf"
    file.write_bytes(pdf)
    checked = await document.check(file, root=stack().checkout.pki / "root.pem")
    await world.public_state(checked.qr_url, "valid")
    return Paper(holder, certificate_id, pdf, checked.qr_url)


def forged(pdf: bytes) -> bytes:
    """Return the file with 120 hours written over the registered ones."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        name = page.add_resource(opened.make_indirect(font), pikepdf.Name.Font)
        drawn = f"q 1 1 1 rg {_TOTAL} re f Q BT {name} 13 Tf 134 322 Td (120) Tj ET"
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"Q " + drawn.encode())
        opened.save(output)
    return output.getvalue()


def photograph(address: str) -> Image.Image:
    """Return a code as a camera might see it: grey, a little turned, in the middle of a page."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="png", scale=6, border=4)
    code = Image.open(drawn).convert("L")
    seen = Image.new("L", (1280, 960), 190)
    turned = code.rotate(7, expand=True, fillcolor=190)
    seen.paste(turned, ((1280 - turned.width) // 2, (960 - turned.height) // 2))
    return seen


def jpeg(picture: Image.Image) -> bytes:
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=75)
    return output.getvalue()


def film(address: str, path: Path) -> Path:
    """Write what a camera sees, for the browser to take as its camera (YUV4MPEG2)."""
    frame = photograph(address)
    colours = bytes([128]) * (frame.width * frame.height // 2)
    head = f"YUV4MPEG2 W{frame.width} H{frame.height} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + (b"FRAME\n" + frame.tobytes() + colours) * 3)
    return path
