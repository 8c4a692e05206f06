"""The forms beside the certificate: data in, PDF out, by the same machinery.

``annex-2`` seal start-up application, ``annex-3`` administrator record, ``extract`` certified
extract of several years. What each takes is described by ``contracts/forms/<form>.json``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def render_form(form: str, data: Mapping[str, Any], **places: Path | str) -> bytes:
    """Return the form's PDF; as ``forms.printing.render_form``, which says what ``places`` are."""
    # Services import this package for its errors; WeasyPrint belongs to the document processes.
    from certificates.forms import printing  # noqa: PLC0415 - see above

    return printing.render_form(form, data, **places)  # type: ignore[arg-type]  # passed through


__all__ = ["render_form"]
