"""Where the seal's private key lives: one Protocol, one module for each kind of place.

``pkcs11`` is the real one (a hardware token, SoftHSM on a developer's machine); ``file`` is for
trying the service where no token can be had, and production refuses it.
"""

from collections.abc import Sequence
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey


class SealKey(Protocol):
    """A P-256 private key that signs digests and cannot be read."""

    async def public_key(self) -> EllipticCurvePublicKey:
        """Return the public half; raise ``TokenUnavailable`` when the key cannot be reached."""
        ...

    async def sign(self, digests: Sequence[bytes]) -> list[bytes]:
        """Return one DER ECDSA signature for each raw SHA-256 digest, in the same order.

        All or nothing: raises ``TokenUnavailable`` when one of them could not be made.
        """
        ...

    def close(self) -> None:
        """Let go of the token; the key must not be used afterwards."""
        ...
