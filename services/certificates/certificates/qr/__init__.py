"""The QR code: an address with an unguessable token, and a signed payload behind the ``#``.

``contracts/qr/profile.md`` is the specification, ``contracts/qr/vectors.json`` its test vectors;
the verify service implements the same profile from those two files alone.
"""

from certificates.qr.payload import (
    PayloadRefused,
    QRPayload,
    QRSigner,
    name_check,
    signed_payload,
    verify_payload,
)
from certificates.qr.symbol import MAXIMUM_VERSION, certificate_url, qr_png, qr_svg
from certificates.qr.token import ParsedToken, TokenKeys, check_token, mint_token, token_hash

__all__ = [
    "MAXIMUM_VERSION",
    "ParsedToken",
    "PayloadRefused",
    "QRPayload",
    "QRSigner",
    "TokenKeys",
    "certificate_url",
    "check_token",
    "mint_token",
    "name_check",
    "qr_png",
    "qr_svg",
    "signed_payload",
    "token_hash",
    "verify_payload",
]
