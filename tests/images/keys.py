"""Throw-away contents for every secret that the manifests name, in the forms the services read."""

import base64
import datetime as dt
import json
import os

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SIGNING = {
    "identity-signing-keys",
    "certificates-qr-keys",
    "certificates-log-keys",
    "verify-signing-keys",
    "verify-status-keys",
}
ACCESS = {
    "endpoint": "https://objects.example",
    "region": "one",
    "access_key_id": "reader",
    "secret_access_key": "nothing",
}


def content(name: str, key: str) -> str:
    """Return what stands in one key of a secret or config map."""
    if key == "keys.json":
        return _signing_keys() if name in SIGNING else _ring()
    if key in {"clients.json", "endpoints.json"}:
        return "{}"
    if key == "access.json":
        return json.dumps(ACCESS)
    if key == "root.pem":
        return _public_key()
    if key in {"roots.pem", "ca.crt", "chain.pem"}:
        return _certificate()
    return "1234"


def _ring() -> str:
    return json.dumps({"current": 1, "keys": {"1": base64.b64encode(os.urandom(32)).decode()}})


def _signing_keys() -> str:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return json.dumps({"current": "one", "keys": {"one": pem.decode()}})


def _public_key() -> str:
    key = Ed25519PrivateKey.generate().public_key()
    pem = serialization.Encoding.PEM
    return key.public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def _certificate() -> str:
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "nobody")])
    began = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(key.public_key()).serial_number(1)
    builder = builder.not_valid_before(began).not_valid_after(began.replace(year=2036))
    # Ed25519 names no hash of its own.
    certificate = builder.sign(key, None)
    assert certificate.fingerprint(hashes.SHA256())
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
