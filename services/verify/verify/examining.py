"""Reads an uploaded PDF in a process of its own: ``python -m verify.examining``.

A PDF is a hostile format. This process has little memory and time, no network and nothing to lose:
it is told the trust roots and the file on its standard input and says on its standard output what
it found, with pictures of the first pages if it is called with ``pictures``. What that means
against the registry is decided elsewhere; nothing here is believed that only the file says of
itself.
"""

import io
import json
import logging
import resource
import sys
import warnings
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from verify.looking import MOST_PAGES, Unreadable, look
from verify.pictures import ASKED

_MOST_SIGNATURES = 10
_MOST_ANNOTATIONS = 20
_MOST_RECORD_BYTES = 20_000
_RECORD = "certificate.json"
MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 8


def examine(pdf: bytes, roots: list[bytes], *, pictures: bool) -> dict[str, Any]:
    """Return everything that the file shows; raise ``Unreadable`` naming the reason."""
    seen = look(pdf, pictures=pictures)
    seen |= _read(pdf, roots)
    return seen


def _read(pdf: bytes, roots: list[bytes]) -> dict[str, Any]:
    """Return signatures, attachment and annotations, as pyHanko reads them."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        if reader.encrypted:
            raise Unreadable("encrypted")
        signatures = list(reader.embedded_signatures)
        if len(signatures) > _MOST_SIGNATURES:
            raise Unreadable("too_many_signatures")
        return {
            "signatures": [_signature(one, roots) for one in signatures],
            "record": _record(reader),
            "annotations": _annotations(reader),
        }
    except PdfError as error:
        raise Unreadable("damaged") from error


def _signature(embedded: Any, roots: list[bytes]) -> dict[str, Any]:
    """Return what holds of one signature, judged as at the time it says it was made."""
    stamp = embedded.sig_object_type == "/DocTimeStamp"
    said = None if stamp else embedded.self_reported_timestamp
    validate = validate_pdf_timestamp if stamp else validate_pdf_signature
    found = {"kind": "timestamp" if stamp else "seal", "at": said.isoformat() if said else None}
    try:
        status = validate(embedded, _context(roots, None if stamp else said))
    except (SignatureValidationError, SigningError, ValueError) as error:
        return found | {"intact": False, "valid": False, "problem": type(error).__name__}
    level = getattr(embedded.docmdp_level, "value", None)
    return found | {
        "intact": bool(status.intact),
        "valid": bool(status.valid),
        "trusted": bool(status.trusted),
        "coverage": status.coverage.name if status.coverage else None,
        "changes": status.modification_level.name if status.modification_level else None,
        "permitted": level,
        "signer_sha256": status.signing_cert.sha256.hex(),
    }


def _context(roots: list[bytes], at: datetime | None) -> Any:

    return ValidationContext(
        trust_roots=[x509.Certificate.load(one) for one in roots],
        allow_fetching=False,
        # Whether the seal is still in use is the registry's to say; nothing is fetched from here.
        revocation_mode="soft-fail",
        moment=at,
        best_signature_time=at,
    )


def _record(reader: Any) -> str | None:
    """Return the attached record's text, or None when not exactly it is attached."""
    try:
        names = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    except KeyError:
        return None
    if len(names) != 2 or str(names[0]) != _RECORD:  # noqa: PLR2004 - a name and its file
        return None
    data = names[1]["/EF"]["/F"].data
    return data.decode("utf-8", "replace") if len(data) <= _MOST_RECORD_BYTES else None


def _annotations(reader: Any) -> list[dict[str, Any]]:
    """Return what lies over the pages beside the fields of signatures."""
    found = []
    for number in range(min(int(reader.root["/Pages"]["/Count"]), MOST_PAGES)):
        page = reader.find_page_for_modification(number)[0].get_object()
        # ``get`` would hand out a reference instead of what it refers to.
        if "/Annots" not in page:
            continue
        notes = page["/Annots"]
        for note in (notes[index] for index in range(min(len(notes), _MOST_ANNOTATIONS))):
            if "/FT" in note and note["/FT"] == "/Sig":
                continue
            box = [round(float(edge), 1) for edge in note["/Rect"]]
            text = str(note["/Contents"])[:200] if "/Contents" in note else ""
            kind = str(note["/Subtype"])[:40]
            found.append({"page": number, "box": box, "kind": kind, "text": text})
    return found


def _main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Libraries quote what they read; what people upload is not for any log.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    source = sys.stdin.buffer
    roots = [bytes.fromhex(one) for one in json.loads(source.readline())]
    try:
        answer = examine(source.read(), roots, pictures=ASKED in sys.argv[1:])
    except Unreadable as refusal:
        answer = {"unreadable": str(refusal)}
    except BaseException:  # noqa: BLE001 - whatever a hostile file does to the reader
        answer = {"unreadable": "damaged"}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    raise SystemExit(_main())
