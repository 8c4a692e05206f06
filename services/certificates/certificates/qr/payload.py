"""The signed payload: what a device can check about a certificate without asking anybody.

COSE_Sign1 (RFC 9052) with Ed25519 over a CBOR array, untagged. The profile's name is the
external additional data, so a signature made for anything else never passes here.
"""

import hmac
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from certificates.qr import base32
from certificates.record import CertificateRecord, digest
from chassis.errors import Category, ServiceError

MAXIMUM_BYTES = 140  # more would need a denser symbol than version 12 at the longest host
_EXTERNAL_DATA = b"yuzheng-qr-payload-1"
_ALGORITHM_HEADER = cbor2.dumps({1: -8})  # alg: EdDSA
_KEY_ID = 4
_DIGEST_BYTES = 8
_FIELD_COUNT = 8
_EPOCH = date(1970, 1, 1)
# What foreign bytes can make the decoders and the checks below raise.
_MALFORMED = (
    cbor2.CBORError,
    InvalidSignature,
    KeyError,
    OverflowError,
    TypeError,
    ValueError,
)
# Names arrive with any of these for the middle dot of U+00B7.
_DOTS = str.maketrans(dict.fromkeys("•‧・．", "·"))


class PayloadRefused(ServiceError):
    """The payload is malformed, signed by an unknown key, or its signature is wrong."""

    code: ClassVar[str] = "certificates.qr_payload_refused"
    category: ClassVar[Category] = Category.INVALID
    detail = "二维码中的签名数据无效。"


class PayloadTooLarge(ServiceError):
    """The payload would need a QR code too dense to be read from paper."""

    code: ClassVar[str] = "certificates.qr_payload_too_large"
    category: ClassVar[Category] = Category.INVALID
    detail = "二维码数据过长，打印后可能无法识读。"


@dataclass(frozen=True, slots=True)
class QRSigner:
    """The platform's payload key; ``key_id`` has at most six ASCII characters."""

    key_id: str
    private_key: Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class QRPayload:
    """What a payload states once its signature has been checked."""

    key_id: str
    number: str
    year: int
    version: int
    office_id: UUID
    issued_on: date
    status_index: int
    record_digest: bytes
    name_check: bytes


def name_check(token: str, name: str) -> bytes:
    """Return the first 8 bytes of HMAC-SHA256 of the normalised name under the token.

    Whoever holds the code can compare a name with it; nobody can read the name out of it without
    trying names, and a list of names tried on one certificate says nothing about another.
    """
    key = base32.canonical(token).encode()
    return hmac.digest(key, normalised_name(name).encode(), "sha256")[:_DIGEST_BYTES]


def normalised_name(name: str) -> str:
    """Return the name for comparison: NFC, one kind of middle dot, no white space."""
    return "".join(unicodedata.normalize("NFC", name).translate(_DOTS).split())


def signed_payload(
    record: CertificateRecord, token: str, status_index: int, signer: QRSigner
) -> bytes:
    """Return the COSE_Sign1 bytes for one certificate version. Deterministic (Ed25519)."""
    body = cbor2.dumps(
        [
            int(record.number),
            record.year,
            record.version,
            record.office_id.bytes,
            (record.issued_on - _EPOCH).days,
            status_index,
            digest(record)[:_DIGEST_BYTES],
            name_check(token, record.name),
        ]
    )
    signature = signer.private_key.sign(_to_be_signed(_ALGORITHM_HEADER, body))
    payload = cbor2.dumps([_ALGORITHM_HEADER, {_KEY_ID: signer.key_id.encode()}, body, signature])
    if len(payload) > MAXIMUM_BYTES:
        raise PayloadTooLarge
    return payload


def read_payload(payload: bytes) -> QRPayload:
    """Return what a payload claims, its signature unchecked; PayloadRefused if it is none."""
    if len(payload) > MAXIMUM_BYTES:
        raise PayloadRefused
    try:
        key_id, _, body, _ = _read_message(payload)
        return _read_body(key_id, body)
    except _MALFORMED as error:
        raise PayloadRefused from error


def verify_payload(payload: bytes, public_keys: Mapping[str, Ed25519PublicKey]) -> QRPayload:
    """Return the facts of a payload signed by one of ``public_keys``, else PayloadRefused."""
    if len(payload) > MAXIMUM_BYTES:
        raise PayloadRefused
    try:
        key_id, protected, body, signature = _read_message(payload)
        public_keys[key_id].verify(signature, _to_be_signed(protected, body))
        return _read_body(key_id, body)
    except _MALFORMED as error:
        raise PayloadRefused from error


def _read_message(payload: bytes) -> tuple[str, bytes, bytes, bytes]:
    match cbor2.loads(payload):
        case [bytes() as protected, {4: bytes() as key_id}, bytes() as body, bytes() as signature]:
            same = cbor2.dumps([protected, {_KEY_ID: key_id}, body, signature]) == payload
        case _:
            raise ValueError("not a COSE_Sign1 message")
    if protected != _ALGORITHM_HEADER or not same:
        raise ValueError("not the only encoding of this message")
    return key_id.decode(), protected, body, signature


def _to_be_signed(protected: bytes, body: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, _EXTERNAL_DATA, body])


def _read_body(key_id: str, body: bytes) -> QRPayload:
    fields = cbor2.loads(body)
    if len(fields) != _FIELD_COUNT:
        raise ValueError("a payload of this profile has eight fields")
    number, year, version, office, day, status_index, record_digest, check = fields
    return QRPayload(
        key_id=key_id,
        number=f"{number:014d}",
        year=year,
        version=version,
        office_id=UUID(bytes=office),
        issued_on=_EPOCH + timedelta(days=day),
        status_index=status_index,
        record_digest=record_digest,
        name_check=check,
    )
