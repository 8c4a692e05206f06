"""Everything of a PAdES seal except the signature value itself.

``PreparedDocument`` is stored before the seal service is called: signing may stop at any point
and be taken up again by another process from those bytes alone.
"""

import hashlib
import io
import zlib
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any, ClassVar

import cbor2
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import cms_embedder
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from certificates.layout import SEAL_BOX, SEAL_PAGE
from certificates.sealing import cms
from certificates.sealing.appearance import SealImage
from chassis.errors import Category, ServiceError

# pyHanko leaves the constructors of its PDF objects without annotations.
_Array: Any = generic.ArrayObject
_Bytes: Any = generic.ByteStringObject
_Dictionary: Any = generic.DictionaryObject
_Number: Any = generic.NumberObject

FIELD_NAME = "Seal"
_FORMAT = 1


class SignatureMismatch(ServiceError):
    """The returned signature does not belong to the pinned certificate and our digest."""

    code: ClassVar[str] = "certificates.seal_signature_mismatch"
    category: ClassVar[Category] = Category.CONFLICT
    detail = "签章服务返回的签名与备案证书不符。"


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document waiting for one signature value; ``to_bytes``/``from_bytes`` lose nothing."""

    document: bytes  # the rendered PDF with the empty signature, in one revision or a second
    rendered_length: int  # the first so many bytes are what the renderer made; all: one revision
    byte_range: tuple[int, int, int, int]
    signed_attributes: bytes  # DER of the CMS signed attributes
    digest_to_sign: bytes  # SHA-256 of signed_attributes: what goes to the seal service
    certificate: bytes  # DER, pinned signer
    chain: tuple[bytes, ...]

    @property
    def rendered(self) -> bytes:
        """Return the rendered document that the revision was appended to."""
        return self.document[: self.rendered_length]

    @property
    def one_revision(self) -> bool:
        """Say whether the document was written with its signature field, not extended by it."""
        return self.rendered_length == len(self.document)

    def has_room(self, signature: bytes) -> bool:
        """Say whether the signature fits: one longer than the pinned key's may not."""
        _, start, end, _ = self.byte_range
        return 2 * len(_signed_data(self, signature)) <= end - start - 2

    def to_bytes(self) -> bytes:
        """Return a self-contained form for storage."""
        return cbor2.dumps([_FORMAT, *astuple(self)])

    @classmethod
    def from_bytes(cls, data: bytes) -> "PreparedDocument":
        """Read ``to_bytes`` back."""
        version, *fields = cbor2.loads(data)
        if version != _FORMAT:
            raise ValueError(f"unknown format of a prepared document: {version}")
        document, length, byte_range, attributes, digest, certificate, chain = fields
        return cls(
            document, length, tuple(byte_range), attributes, digest, certificate, tuple(chain)
        )


class _SealRevision(IncrementalPdfFileWriter):
    """A revision with nothing in it but the seal.

    The stock writer also stamps the wall clock into the metadata and a random identifier into the
    trailer; both would make a retry differ and give the gate more to allow.
    """

    def _update_meta(self) -> None:
        return

    @classmethod
    def _handle_id(cls, prev: Any) -> Any:
        identifier = prev.trailer["/ID"][0].original_bytes
        return _Array([_Bytes(identifier), _Bytes(identifier[::-1])])


def prepare(
    pdf: bytes,
    seal: SealImage,
    certificate: bytes,
    chain: tuple[bytes, ...],
    *,
    signed_at: datetime,
) -> PreparedDocument:
    """Append the seal field, its appearance and the empty signature (PAdES B-B, no changes).

    Synchronous and CPU-bound (some 10 ms). The same input gives the same bytes.
    """
    writer = _SealRevision(io.BytesIO(pdf))
    field = SigFieldSpec(FIELD_NAME, on_page=SEAL_PAGE, box=SEAL_BOX)
    steps = cms_embedder.PdfCMSEmbedder(new_field_spec=field).write_cms(FIELD_NAME, writer)
    widget = next(steps).get_object()
    form = writer.add_object(_form(seal))
    widget[pdf_name("/AP")] = _Dictionary({pdf_name("/N"): form})
    placeholder = SignatureObject(
        timestamp=signed_at,
        subfilter=SigSeedSubFilter.PADES,
        bytes_reserved=2 * cms.reserved_bytes(certificate, chain),
    )
    permissions = cms_embedder.SigMDPSetup(
        md_algorithm="sha256", certify=True, docmdp_perms=MDPPerm.NO_CHANGES
    )
    steps.send(cms_embedder.SigObjSetup(placeholder, mdp_setup=permissions))
    digest, output = steps.send(cms_embedder.SigIOSetup(md_algorithm="sha256", in_place=False))
    document = output.getvalue()
    attributes = cms.signed_attributes(digest.document_digest, certificate)
    end = digest.reserved_region_end
    return PreparedDocument(
        document=document,
        rendered_length=len(pdf),
        byte_range=(0, digest.reserved_region_start, end, len(document) - end),
        signed_attributes=attributes,
        digest_to_sign=hashlib.sha256(attributes).digest(),
        certificate=certificate,
        chain=chain,
    )


def assemble(prepared: PreparedDocument, signature: bytes) -> bytes:
    """Return the sealed PDF, after checking the signature against the pinned certificate.

    SignatureMismatch if it does not verify; then nothing has been embedded.
    """
    if not cms.signature_is_right(prepared.certificate, prepared.signed_attributes, signature):
        raise SignatureMismatch
    return embed(prepared, signature)


def embed(prepared: PreparedDocument, signature: bytes) -> bytes:
    """Return the PDF with a signature that nobody has checked: for the gate, never for a reader."""
    content = _signed_data(prepared, signature)
    _, start, end, _ = prepared.byte_range
    room = end - start - 2
    text = content.hex().encode().ljust(room, b"0")
    if len(text) > room:
        raise ValueError("the signature does not fit into the space reserved for it")
    return prepared.document[: start + 1] + text + prepared.document[end - 1 :]


def _signed_data(prepared: PreparedDocument, signature: bytes) -> bytes:
    return cms.signed_data(
        prepared.signed_attributes, signature, prepared.certificate, prepared.chain
    )


def _form(seal: SealImage) -> generic.StreamObject:
    """Return the seal as form XObject; multiplied, so that the text under it stays readable."""
    blend = _Dictionary({pdf_name("/BM"): pdf_name("/Multiply")})
    states = _Dictionary({pdf_name("/M"): blend})
    size = _Number(round(seal.size))
    return generic.StreamObject(
        _Dictionary(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): _Array([_Number(0), _Number(0), size, size]),
                pdf_name("/Resources"): _Dictionary({pdf_name("/ExtGState"): states}),
                pdf_name("/Filter"): pdf_name("/FlateDecode"),
            }
        ),
        encoded_data=zlib.compress(b"/M gs\n" + seal.operators, 9),
    )
