"""RFC 3161 timestamps: the request, and what makes a token worth embedding."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import algos, cms, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_DER = Encoding.DER
_GRANTED = {"granted", "granted_with_mods"}


class TimestampUnusable(Exception):
    """The token is not a timestamp of our digest by an authority that may make one."""


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A token whose signature, binding and purpose were checked; whose it is, is not."""

    token: bytes  # DER of the CMS
    made_at: datetime
    signer: x509.Certificate
    others: tuple[x509.Certificate, ...]


def timestamp_question(digest: bytes) -> tuple[bytes, int]:
    """Return the DER of a request for a SHA-256 digest, and its nonce."""
    nonce = secrets.randbits(63)
    request = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {
                "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
                "hashed_message": digest,
            },
            "nonce": nonce,
            "cert_req": True,
        }
    )
    return request.dump(), nonce


def timestamp_answer(answer: bytes, digest: bytes, nonce: int) -> Timestamp:
    """Return the timestamp in an authority's answer, checked; raise ``TimestampUnusable``."""
    try:
        response = tsp.TimeStampResp.load(answer)
        if response["status"]["status"].native not in _GRANTED:
            raise TimestampUnusable("the timestamp authority refused")
        token = response["time_stamp_token"]
        if _information(token)["nonce"].native != nonce:
            raise TimestampUnusable("the answer belongs to another request")
        der: bytes = token.dump()
    except (ValueError, TypeError, KeyError) as error:
        raise TimestampUnusable("not a timestamp answer") from error
    return read_timestamp(der, digest)


def read_timestamp(token: bytes, digest: bytes) -> Timestamp:
    """Return the token's content after checking it against ``digest``."""
    try:
        content = cms.ContentInfo.load(token)
        data = content["content"]
        information = _information(content)
        [signer_info] = data["signer_infos"]
        attributes = {one["type"].native: one["values"][0] for one in signer_info["signed_attrs"]}
        certificates = [
            x509.load_der_x509_certificate(choice.chosen.dump()) for choice in data["certificates"]
        ]
        [signer] = [one for one in certificates if _is_named(one, signer_info["sid"])]
        _require(_imprints(information, digest), "the timestamp is of something else")
        _require(_is_bound(attributes, signer), "the token names another signer")
        _require(_content_is_signed(data, signer_info, attributes), "the token was altered")
        _require(_is_signed(signer_info, signer), "the token's signature is wrong")
        made_at = information["gen_time"].native
        _require(_may_stamp(signer, made_at), "the signer may not make timestamps")
    except (ValueError, TypeError, KeyError) as error:
        raise TimestampUnusable("not a timestamp") from error
    others = tuple(one for one in certificates if one != signer)
    return Timestamp(content.dump(), made_at, signer, others)


def _require(condition: object, otherwise: str) -> None:
    if not condition:
        raise TimestampUnusable(otherwise)


def _information(token: cms.ContentInfo) -> Any:
    return token["content"]["encap_content_info"]["content"].parsed


def _imprints(information: Any, digest: bytes) -> bool:
    imprint = information["message_imprint"]
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    return bool(algorithm == "sha256" and imprint["hashed_message"].native == digest)


def _is_named(certificate: x509.Certificate, sid: cms.SignerIdentifier) -> bool:
    if sid.name == "subject_key_identifier":
        wanted = x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()).digest
        return bool(sid.chosen.native == wanted)
    same_issuer = sid.chosen["issuer"].dump() == certificate.issuer.public_bytes()
    return bool(same_issuer and sid.chosen["serial_number"].native == certificate.serial_number)


def _is_bound(attributes: dict[str, Any], signer: x509.Certificate) -> bool:
    der = signer.public_bytes(_DER)
    if "signing_certificate_v2" in attributes:
        first = attributes["signing_certificate_v2"]["certs"][0]
        algorithm = first["hash_algorithm"]["algorithm"].native
        return bool(first["cert_hash"].native == hashlib.new(algorithm, der).digest())
    first = attributes["signing_certificate"]["certs"][0]
    # SHA-1 is what RFC 2634 fixes for the older attribute; the signature itself is not on it.
    older = signer.fingerprint(hashes.SHA1())  # noqa: S303 - as above
    return bool(first["cert_hash"].native == older)


def _content_is_signed(data: Any, signer_info: Any, attributes: dict[str, Any]) -> bool:
    algorithm = signer_info["digest_algorithm"]["algorithm"].native
    content = data["encap_content_info"]["content"].contents
    known = algorithm in _HASHES
    is_timestamp = attributes["content_type"].native == "tst_info"
    digest = hashlib.new(algorithm, content).digest() if known else b""
    return known and is_timestamp and attributes["message_digest"].native == digest


def _is_signed(signer_info: Any, signer: x509.Certificate) -> bool:
    message = cms.CMSAttributes(list(signer_info["signed_attrs"])).dump()
    value = signer_info["signature"].native
    algorithm = _HASHES[signer_info["digest_algorithm"]["algorithm"].native]
    key = signer.public_key()
    try:
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(value, message, ECDSA(algorithm))
        elif isinstance(key, RSAPublicKey):
            key.verify(value, message, padding.PKCS1v15(), algorithm)
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _may_stamp(signer: x509.Certificate, at: datetime) -> bool:
    try:
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    in_force = signer.not_valid_before_utc <= at <= signer.not_valid_after_utc
    return in_force and list(usage) == [ExtendedKeyUsageOID.TIME_STAMPING]
