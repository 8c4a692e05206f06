"""What a sealed file says of itself, when nothing else remembers it."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from pikepdf.models.metadata import decode_pdf_date

from certificates.domain.recovery import Contradiction
from certificates.record import ATTACHMENT_NAME
from certificates.sealing.sealed_file import CheckFailed, SealedFile

_END = b"%%EOF"


@dataclass(frozen=True, slots=True)
class StoredFacts:
    """The facts of one sealed file; whether they are true the gate has to say."""

    record: bytes
    signer_certificate: bytes
    signed_digest: bytes
    signed_at: datetime
    # How much of it may be what was rendered: all, or the part before its last revision.
    rendered_lengths: tuple[int, ...]


def read_stored(content: bytes) -> StoredFacts:
    """Read them; raise ``Contradiction`` when it is not a sealed certificate."""
    try:
        return _read(SealedFile(content), _lengths(content))
    except (CheckFailed, KeyError, AttributeError, ValueError, pikepdf.PdfError) as error:
        raise Contradiction("its file is not a sealed certificate") from error


def _read(file: SealedFile, lengths: tuple[int, ...]) -> StoredFacts:
    record = file.pdf.attachments[ATTACHMENT_NAME].get_file().read_bytes()
    attributes = file.signer_info["signed_attrs"].untag().dump()
    return StoredFacts(
        record=record,
        signer_certificate=file.signer_certificate,
        signed_digest=hashlib.sha256(attributes).digest(),
        signed_at=decode_pdf_date(str(file.signature_dictionary.M)),
        rendered_lengths=lengths,
    )


def _lengths(content: bytes) -> tuple[int, ...]:
    last = content.rfind(_END)
    before = content.rfind(_END, 0, last)
    if before < 0:
        return (len(content),)
    end = before + len(_END)
    # A revision is appended behind the line of the end mark, or right behind the mark.
    line_end = re.match(rb"\r?\n?", content[end : end + 2])
    whole_line = end + (len(line_end[0]) if line_end else 0)
    return (whole_line, end, len(content))
