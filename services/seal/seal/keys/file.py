"""The seal's key in a PEM file: for trying the service without a token; production refuses it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from seal.errors import Misconfigured

_RAW_DIGEST = ECDSA(Prehashed(SHA256()))


class FileKey:
    """A ``SealKey`` read once from an unencrypted PKCS#8 file and kept parsed."""

    def __init__(self, path: Path) -> None:
        key = load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
            raise Misconfigured(f"{path}: not a P-256 private key")
        self._key = key

    async def public_key(self) -> EllipticCurvePublicKey:
        return self._key.public_key()

    async def sign(self, digests: Sequence[bytes]) -> list[bytes]:
        return await asyncio.to_thread(
            lambda: [self._key.sign(digest, _RAW_DIGEST) for digest in digests]
        )

    def close(self) -> None:
        """Nothing is held open."""
