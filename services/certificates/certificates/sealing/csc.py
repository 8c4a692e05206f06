"""Client of the Cloud Signature Consortium API v1 (services/seal is one server of it)."""

import base64
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx

from certificates.sealing.connection import SealAddress, SealConnection, accepted, read
from certificates.sealing.port import (
    SealAnswer,
    SealCredential,
    SealUnavailable,
    Signature,
    ToSeal,
)

_SHA256 = "2.16.840.1.101.3.4.2.1"
_ECDSA_SHA256 = "1.2.840.10045.4.3.2"
_RSA_SHA256 = "1.2.840.113549.1.1.11"
_EC_KEY = "1.2.840.10045.2.1"


class CscSealService:
    """SealService over HTTP: digests out, raw signatures back. Safe to use concurrently."""

    whole_documents = False

    def __init__(
        self,
        client: httpx.AsyncClient,
        address: SealAddress,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connection = SealConnection(client, address, monotonic)
        self._credential_id = address.credential_id
        self._algorithm: str | None = None

    async def describe(self) -> SealCredential:
        """Return the credential as credentials/info describes it."""
        answer = await self._call(
            "credentials/info",
            {"credentialID": self._credential_id, "certificates": "chain", "certInfo": True},
        )
        return read(self._credential, answer)

    async def seal(
        self, documents: Sequence[ToSeal], *, idempotency_key: str
    ) -> Sequence[SealAnswer]:
        """Have all digests signed in one call."""
        digests = [document.digest for document in documents]
        return [Signature(one) for one in await self.sign(digests, idempotency_key=idempotency_key)]

    async def sign(self, digests: Sequence[bytes], *, idempotency_key: str) -> list[bytes]:
        """Authorise and sign all digests in one signatures/signHash call."""
        if self._algorithm is None:
            await self.describe()
        hashes = [base64.b64encode(digest).decode() for digest in digests]
        authorisation = await self._call(
            "credentials/authorize",
            {
                "credentialID": self._credential_id,
                "numSignatures": len(hashes),
                "hash": hashes,
                "clientData": idempotency_key,
            },
        )
        answer = await self._call(
            "signatures/signHash",
            {
                "credentialID": self._credential_id,
                "SAD": read(lambda body: str(body["SAD"]), authorisation),
                "hash": hashes,
                "hashAlgo": _SHA256,
                "signAlgo": self._algorithm,
                "clientData": idempotency_key,
            },
            {"Idempotency-Key": idempotency_key},
        )
        signatures = read(lambda body: _decoded(body["signatures"]), answer)
        if len(signatures) != len(hashes):
            raise SealUnavailable("签章服务返回的签名数量不符，系统将自动重试。")
        return signatures

    def _credential(self, body: Mapping[str, Any]) -> SealCredential:
        certificate, *issuers = _decoded(body["cert"]["certificates"])
        self._algorithm = _signature_algorithm(body["key"]["algo"])
        return SealCredential(
            credential_id=self._credential_id,
            certificate=certificate,
            chain=tuple(issuers),
            enabled=body["key"]["status"] == "enabled",
            signatures_per_call=int(body.get("multisign", 1)),
        )

    async def _call(
        self, method: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        url = self._connection.url(f"csc/v1/{method}")
        return accepted(await self._connection.call("POST", url, headers, json=body))


def _decoded(texts: Sequence[str]) -> list[bytes]:
    return [base64.b64decode(text, validate=True) for text in texts]


def _signature_algorithm(offered: Sequence[str]) -> str:
    return _ECDSA_SHA256 if {_ECDSA_SHA256, _EC_KEY} & set(offered) else _RSA_SHA256
