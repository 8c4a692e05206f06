"""Checking the issued PDF with tools we did not write, and reading its QR from the picture."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import zxingcpp
from asn1crypto import pem, x509
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

DOTS_PER_INCH = 150


class DocumentBad(Exception):
    """A tool found something wrong with the document; says which and what."""


@dataclass(frozen=True)
class Checked:
    """What the independent tools said."""

    pdfsig: str
    qpdf: str
    pyhanko: str
    picture: Path
    qr_url: str


async def check(file: Path, *, root: Path) -> Checked:
    """Check the sealed file by pyHanko (to the test root), pdfsig and qpdf; decode its QR."""
    return Checked(
        pdfsig=_pdfsig(file),
        qpdf=_qpdf(file),
        pyhanko=await _pyhanko(file, _certificate(root)),
        picture=(picture := render(file)),
        qr_url=read_qr(picture),
    )


def read_qr(picture: Path) -> str:
    """Return the text of the one QR code in the picture."""
    codes = zxingcpp.read_barcodes(Image.open(picture))
    if len(codes) != 1:
        raise DocumentBad(f"{picture.name}: {len(codes)} QR codes found, one expected")
    return codes[0].text


def _pdfsig(file: Path) -> str:
    # Trust is pyHanko's part: pdfsig needs an NSS data base for it. Here it checks the mathematics.
    text = _run("pdfsig", "-nocert", str(file))
    for needed in ("Signature is Valid", "Total document signed"):
        if needed not in text:
            raise DocumentBad(f"pdfsig does not say '{needed}'")
    return "Signature is Valid, Total document signed"


def _qpdf(file: Path) -> str:
    said = "No syntax or stream encoding errors found"
    if said not in _run("qpdf", "--check", str(file)):
        raise DocumentBad(f"qpdf does not say '{said}'")
    return said


def _certificate(file: Path) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(file.read_bytes())[2])


async def _pyhanko(file: Path, root: x509.Certificate) -> str:
    context = ValidationContext(
        trust_roots=[root],
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    with file.open("rb") as stream:
        signature = PdfFileReader(stream).embedded_signatures[0]
        status = await async_validate_pdf_signature(signature, signer_validation_context=context)
    if not status.bottom_line:
        raise DocumentBad(f"pyHanko: {status.summary()}")
    return str(status.summary())


def render(file: Path) -> Path:
    """Return a picture of the first page, beside the file."""
    target = file.with_suffix("")
    _run("pdftoppm", "-r", str(DOTS_PER_INCH), "-png", "-singlefile", str(file), str(target))
    return target.with_suffix(".png")


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise DocumentBad(f"{command[0]}: {(done.stdout + done.stderr).strip()[-500:]}")
    return done.stdout
