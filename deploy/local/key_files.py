"""Keys and client credentials of the local stack, in the formats that the services read."""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable
from pathlib import Path

import argon2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.local.checkout import Checkout, write_private
from deploy.local.deployables import BUREAUS
from deploy.local.secret_files import read_or_make, read_secret

# Cheap on purpose: these secrets are random, and every start of the stack's clients pays for it.
QUICK_HASH = argon2.PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)

# What each service may ask of others, in the tokens that identity gives it; the ids are the
# services' own names. Identity itself has annex 3 printed, hours the training plan.
IDENTITY_CLIENTS = {
    "identity": ["certificates.forms"],
    "hours": ["identity.resolve", "certificates.forms"],
    "certificates": ["identity.resolve", "identity.portrait"],
    "verify": ["identity.resolve"],
}


def keyring_file(checkout: Checkout, name: str) -> Path:
    """Versioned 32-byte keys: `{"current": 1, "keys": {"1": base64}}`."""

    def make() -> str:
        key = base64.b64encode(secrets.token_bytes(32)).decode()
        return json.dumps({"current": 1, "keys": {"1": key}})

    return _once(checkout, f"{name}.json", make)


def signing_key_file(checkout: Checkout, name: str, key_id: str) -> Path:
    """Ed25519 private keys by key id: `{"current": kid, "keys": {kid: PEM}}`."""

    def make() -> str:
        pem = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return json.dumps({"current": key_id, "keys": {key_id: pem.decode()}})

    return _once(checkout, f"{name}.json", make)


def secret_file(checkout: Checkout, name: str) -> Path:
    """Return the file of a random secret in plain text."""
    read_secret(checkout, name)
    return checkout.secrets / name


def identity_clients_file(checkout: Checkout) -> Path:
    """Write which services identity gives tokens to, with the hashes of their secrets."""
    content = {
        client: {"secret_hash": _hash_of(checkout, f"client-{client}"), "scopes": scopes}
        for client, scopes in IDENTITY_CLIENTS.items()
    }
    return _anew(checkout, "identity-clients.json", content)


def seal_clients_file(checkout: Checkout, bureau: str) -> Path:
    """Write the one client of a bureau's seal service: certificates."""
    secret = read_secret(checkout, f"seal-client-{bureau}")
    digest = hashlib.sha256(secret.encode()).hexdigest()
    content = {"certificates": {"secrets_sha256": [digest]}}
    return _anew(checkout, f"seal-clients-{bureau}.json", content)


def seal_endpoints_file(checkout: Checkout) -> Path:
    """Write how certificates reaches the bureaus' seal services."""
    endpoints = {
        bureau.name: {
            "office_code": bureau.office_code,
            "base_url": _address(checkout, f"SEAL_{bureau.name}_API".upper()),
            "client_id": "certificates",
            "client_secret_file": str(secret_file(checkout, f"seal-client-{bureau.name}")),
            "credential_id": "seal",
        }
        for bureau in BUREAUS
    }
    return _anew(checkout, "seal-endpoints.json", endpoints)


def _address(checkout: Checkout, port: str) -> str:
    return f"http://127.0.0.1:{checkout.ports[port]}"


def _hash_of(checkout: Checkout, name: str) -> str:
    # Kept, because a fresh salt would make unchanged settings look changed.
    secret = read_secret(checkout, name)
    return read_or_make(checkout, f"{name}-hash", lambda: QUICK_HASH.hash(secret))


def _once(checkout: Checkout, name: str, make: Callable[[], str]) -> Path:
    """Make a key file, once: data encrypted under it must stay readable."""
    read_or_make(checkout, name, make)
    return checkout.secrets / name


def _anew(checkout: Checkout, name: str, content: object) -> Path:
    """Write a file that follows from other secrets and the ports, each time."""
    path = checkout.secrets / name
    write_private(path, json.dumps(content, indent=1))
    return path
