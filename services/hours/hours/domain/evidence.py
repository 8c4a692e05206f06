"""Which files count as evidence: told by their bytes, never by their name alone."""

from enum import StrEnum
from pathlib import PurePath

from hours.errors import EvidenceTooLarge, EvidenceTypeUnsupported


class MediaType(StrEnum):
    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


_MAGIC = {
    MediaType.PDF: b"%PDF-",
    MediaType.JPEG: b"\xff\xd8\xff",
    MediaType.PNG: b"\x89PNG\r\n\x1a\n",
}
_SUFFIXES = {
    MediaType.PDF: {".pdf"},
    MediaType.JPEG: {".jpg", ".jpeg"},
    MediaType.PNG: {".png"},
}
# What programs send when they do not know the type: no statement, so nothing to contradict.
_UNDECLARED = {"", "application/octet-stream"}
_ALIASES = {"image/jpg": MediaType.JPEG, "image/pjpeg": MediaType.JPEG}


def check_size(size_bytes: int, limit_bytes: int) -> None:
    """Refuse a file over the limit."""
    if size_bytes > limit_bytes:
        raise EvidenceTooLarge(field="/file")


def media_type_of(content: bytes, *, declared: str, filename: str) -> MediaType:
    """Return the type the bytes prove; refuse others, and a name or header that says otherwise."""
    found = next((kind for kind, magic in _MAGIC.items() if content.startswith(magic)), None)
    if found is None:
        raise EvidenceTypeUnsupported(field="/file")
    said = declared.partition(";")[0].strip().lower()
    suffix = PurePath(filename).suffix.lower()
    header_agrees = said in _UNDECLARED or _ALIASES.get(said, said) == found
    if not header_agrees or (suffix and suffix not in _SUFFIXES[found]):
        raise EvidenceTypeUnsupported(field="/file")
    return found
