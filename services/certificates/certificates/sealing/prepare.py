"""Everything of a PAdES seal except the signature value itself.

``PreparedDocument`` is stored before the seal service is called: signing may stop at any point
and be taken up again by another process from those bytes alone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from certificates.sealing.appearance import SealImage
from chassis.errors import Category, ServiceError

FIELD_NAME = "Seal"


class SignatureMismatch(ServiceError):
    """The returned signature does not belong to the pinned certificate and our digest."""

    code: ClassVar[str] = "certificates.seal_signature_mismatch"
    category: ClassVar[Category] = Category.CONFLICT
    detail = "签章服务返回的签名与备案证书不符。"


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document waiting for one signature value; ``to_bytes``/``from_bytes`` lose nothing."""

    document: bytes  # the rendered PDF plus the revision with the empty signature
    rendered_length: int  # the first so many bytes are exactly what the renderer made
    byte_range: tuple[int, int, int, int]
    signed_attributes: bytes  # DER of the CMS signed attributes
    digest_to_sign: bytes  # SHA-256 of signed_attributes: what goes to the seal service
    certificate: bytes  # DER, pinned signer
    chain: tuple[bytes, ...]

    @property
    def rendered(self) -> bytes:
        """Return the rendered document that the revision was appended to."""
        return self.document[: self.rendered_length]

    def to_bytes(self) -> bytes:
        """Return a self-contained form for storage."""
        raise NotImplementedError

    @classmethod
    def from_bytes(cls, data: bytes) -> "PreparedDocument":
        """Read ``to_bytes`` back."""
        raise NotImplementedError


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
    raise NotImplementedError


def assemble(prepared: PreparedDocument, signature: bytes) -> bytes:
    """Return the sealed PDF, after checking the signature against the pinned certificate.

    SignatureMismatch if it does not verify; then nothing has been embedded.
    """
    raise NotImplementedError
