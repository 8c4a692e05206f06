"""What is handed in: a page that says that it is no certificate, another one each time."""

import io
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from seal.conformance.session import new_key

# PDF/A-3u, tagged, with an attachment, as certificates are; its text is drawn once and for all.
_PAGE = Path(__file__).with_name("trial_page.pdf")
# Where the page has its frame, in points: left, bottom, right, top.
BOX = (361, 145, 480, 264)
FIELD = "Seal"
PDF = "application/pdf"


@dataclass(frozen=True)
class Order:
    """One document on its way to the service; ``reference`` is also its key."""

    reference: str
    document: bytes

    def request(self, credential: str, return_address: str, **changes: Any) -> dict[str, Any]:
        """Return the first part of the call."""
        usual = {
            "credential_id": credential,
            "reference": self.reference,
            "page": 1,
            "box": list(BOX),
            "field": FIELD,
            "return_address": return_address,
        }
        return usual | changes


def new_order(extra_bytes: int = 0) -> Order:
    """Return a trial nobody has handed in before, with an attachment of so many bytes more."""
    reference = new_key()
    return Order(reference, trial_page(reference, extra_bytes))


def trial_page(reference: str, extra_bytes: int = 0) -> bytes:
    """Return the page as a PDF that carries the reference in its metadata."""
    written = io.BytesIO()
    with pikepdf.open(_PAGE) as pdf:
        pdf.docinfo["/Subject"] = reference
        with pdf.open_metadata(update_docinfo=False, set_pikepdf_as_editor=False) as metadata:
            metadata["dc:description"] = reference
        if extra_bytes:
            pdf.attachments["filling.bin"] = secrets.token_bytes(extra_bytes)
        pdf.save(written)
    return written.getvalue()


def parts(request: Mapping[str, Any] | str, document: bytes) -> dict[str, Any]:
    """Return the parts of the call for the HTTP client."""
    text = request if isinstance(request, str) else json.dumps(request, ensure_ascii=False)
    return {
        "request": (None, text, "application/json"),
        "document": ("document.pdf", document, PDF),
    }
