"""Appending validation material and a document timestamp: PAdES B-LTA, in a document process.

The sealed bytes stay as they are; a revision is they and what follows. One document timestamp
stands over seal and material both, so it proves that the seal was there, and that everything
needed to judge it was, at its time. Nothing in the seal's own structure has to change.
"""

import hashlib
import io
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import cms_embedder
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore

from certificates.sealing.material import Extension, Material, Revised, RevisionExpectation
from certificates.sealing.report import GateCheck
from certificates.sealing.revision_checks import REVISION_CHECKS, Revision
from certificates.sealing.sealed_file import CheckFailed

# pyHanko leaves the constructors of its PDF objects without annotations.
_Array: Any = generic.ArrayObject
_Bytes: Any = generic.ByteStringObject
_Stamp: Any = DocumentTimestamp

FIELD_PREFIX = "Timestamp"
# DER bytes; a token with its chain is 1 to 4 kB. What is not used is zeros, which cost little.
_TOKEN_BYTES = 6144


class _MaterialRevision(IncrementalPdfFileWriter):
    """A revision with nothing in it but what we add: no metadata, no random identifier."""

    def _update_meta(self) -> None:
        return

    @classmethod
    def _handle_id(cls, prev: Any) -> Any:
        identifier = prev.trailer["/ID"]
        return _Array([_Bytes(one.original_bytes) for one in identifier])


def extend(file: bytes, material: Material) -> Extension:
    """Append the material and an empty document timestamp; CPU-bound, some 20 ms."""
    writer = _MaterialRevision(io.BytesIO(file))
    fields = writer.root["/AcroForm"]["/Fields"]
    name = f"{FIELD_PREFIX}{len(fields)}"
    # Without a VRI dictionary: it would tie the material to one signature, and PAdES advises
    # against it where a document timestamp follows.
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[x509.Certificate.load(der) for der in material.certificates],
        ocsps=[ocsp.OCSPResponse.load(der) for der in material.ocsp_answers],
        crls=[crl.CertificateList.load(der) for der in material.revocation_lists],
    )
    steps = cms_embedder.PdfCMSEmbedder(new_field_spec=SigFieldSpec(name)).write_cms(name, writer)
    next(steps)
    placeholder = _Stamp(bytes_reserved=2 * _TOKEN_BYTES)
    steps.send(cms_embedder.SigObjSetup(placeholder))
    digest, output = steps.send(cms_embedder.SigIOSetup(md_algorithm="sha256", in_place=False))
    document = output.getvalue()
    start, end = digest.reserved_region_start, digest.reserved_region_end
    covered = hashlib.sha256(document[:start])
    covered.update(document[end:])
    return Extension(document, start, end, covered.digest())


def complete(
    previous: bytes, extension: Extension, token: bytes, expectation: RevisionExpectation
) -> Revised:
    """Put the token into its gap and check the result; never raises for a bad token."""
    room = extension.end - extension.start - 2
    text = token.hex().encode().ljust(room, b"0")
    document = extension.document
    file = document[: extension.start + 1] + text + document[extension.end - 1 :]
    if len(text) > room:
        check = GateCheck("token_fits", passed=False, detail=f"{len(token)} bytes")
        return Revised(False, document, (check,))
    return check_revision(previous, file, expectation)


def check_revision(previous: bytes, file: bytes, expectation: RevisionExpectation) -> Revised:
    """Run every check of a revision against the one before it."""
    revision = Revision(previous, file)
    checks = []
    for name, check in REVISION_CHECKS.items():
        try:
            check(revision, expectation)
        except CheckFailed as failure:
            checks.append(GateCheck(name, passed=False, detail=str(failure)))
        except Exception as error:  # noqa: BLE001 - parsers of altered bytes raise anything
            checks.append(GateCheck(name, passed=False, detail=type(error).__name__))
        else:
            checks.append(GateCheck(name, passed=True))
    return Revised(all(check.passed for check in checks), file, tuple(checks))
