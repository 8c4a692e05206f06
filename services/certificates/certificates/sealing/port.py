"""The port to a seal service: digests out, raw signatures back."""

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


class SealService(Protocol):
    async def describe(self) -> SealCredential:
        """Return the credential; SealUnavailable or SealRefused otherwise."""
        ...

    async def sign(self, digests: Sequence[bytes], *, idempotency_key: str) -> list[bytes]:
        """Return one signature for each SHA-256 digest, in the same order.

        ECDSA signatures are DER (r, s), RSA ones PKCS#1 v1.5. The same key with the same digests
        returns the same answer or an equally good one. SealUnavailable or SealRefused otherwise.
        """
        ...
