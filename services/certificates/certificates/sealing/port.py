"""The port to a seal service, whichever way it works.

Either digests of signed attributes go out and raw signatures come back, or whole documents go out
and sealed ones come back, at once or later. The lane treats both alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from chassis.errors import Category, ServiceError


class SealUnavailable(ServiceError):
    """The seal service did not answer, or says to come back later: retry unchanged."""

    code: ClassVar[str] = "certificates.seal_unavailable"
    category: ClassVar[Category] = Category.UNAVAILABLE
    detail = "签章服务暂时不可用，系统将自动重试。"


class SealRefused(ServiceError):
    """The seal service understood and refuses; ``reason`` is its own error code. Do not retry."""

    code: ClassVar[str] = "certificates.seal_refused"
    category: ClassVar[Category] = Category.CONFLICT
    detail = "签章服务拒绝签章。"

    def __init__(self, reason: str, description: str = "") -> None:
        self.reason = reason
        super().__init__(f"签章服务拒绝签章：{description or reason}")


@dataclass(frozen=True, slots=True)
class SealCredential:
    """What the service says about its key. Trusted only as far as the filed certificate agrees."""

    credential_id: str
    certificate: bytes  # DER, the signer's own
    chain: tuple[bytes, ...]  # DER, issuers upward, root left out
    enabled: bool
    signatures_per_call: int


@dataclass(frozen=True, slots=True)
class ToSeal:
    """One document that waits for its seal, as step 3 stored it."""

    key: str  # the same for every attempt at this document
    digest: bytes  # SHA-256 of the signed attributes
    document: bytes = b""  # the rendered PDF; given to services that take whole documents
    return_address: str = ""  # where such a service may deliver later
    location: str | None = None  # where it said to ask, when it has the document already


@dataclass(frozen=True, slots=True)
class Signature:
    """A raw signature: ECDSA as DER (r, s), RSA as PKCS#1 v1.5."""

    value: bytes


@dataclass(frozen=True, slots=True)
class SealedDocument:
    """A sealed PDF as the service made it; only the gate decides whether it is believed."""

    file: bytes


@dataclass(frozen=True, slots=True)
class SealPending:
    """Accepted: ask again at ``location`` after a while, or wait for the delivery."""

    location: str | None
    retry_after_seconds: int | None = None


SealAnswer = Signature | SealedDocument | SealPending | SealRefused | SealUnavailable


class SealService(Protocol):
    @property
    def whole_documents(self) -> bool:
        """Whether it needs the documents themselves."""
        ...

    async def describe(self) -> SealCredential:
        """Return the credential; SealUnavailable or SealRefused otherwise."""
        ...

    async def seal(
        self, documents: Sequence[ToSeal], *, idempotency_key: str
    ) -> Sequence[SealAnswer]:
        """Return one answer for each document, in the same order.

        The same key with the same documents returns the same answer or an equally good one.
        Raises SealUnavailable or SealRefused when that is the answer to all of them.
        """
        ...
