"""Client of the Cloud Signature Consortium API v1 (services/seal is one server of it)."""

import asyncio
import base64
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

import httpx

from certificates.sealing.port import SealCredential, SealRefused, SealUnavailable

_SHA256 = "2.16.840.1.101.3.4.2.1"
_ECDSA_SHA256 = "1.2.840.10045.4.3.2"
_RSA_SHA256 = "1.2.840.113549.1.1.11"
_EC_KEY = "1.2.840.10045.2.1"
_EARLY_SECONDS = 30.0  # a token this close to its end is renewed before it is used
_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class CscEndpoint:
    """Where one office's seal service is and how we log in to it."""

    base_url: str
    client_id: str
    client_secret: str
    credential_id: str
    timeout_seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class _Token:
    value: str
    good_until: float


class CscSealService:
    """SealService over HTTP. Safe to use concurrently; keeps its access token until it expires."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        endpoint: CscEndpoint,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._endpoint = endpoint
        self._monotonic = monotonic
        self._token: _Token | None = None
        self._logging_in = asyncio.Lock()
        self._algorithm: str | None = None

    async def describe(self) -> SealCredential:
        """Return the credential as credentials/info describes it."""
        answer = await self._call(
            "credentials/info",
            {
                "credentialID": self._endpoint.credential_id,
                "certificates": "chain",
                "certInfo": True,
            },
        )
        return _read(self._credential, answer)

    async def sign(self, digests: Sequence[bytes], *, idempotency_key: str) -> list[bytes]:
        """Authorise and sign all digests in one signatures/signHash call."""
        if self._algorithm is None:
            await self.describe()
        hashes = [base64.b64encode(digest).decode() for digest in digests]
        authorisation = await self._call(
            "credentials/authorize",
            {
                "credentialID": self._endpoint.credential_id,
                "numSignatures": len(hashes),
                "hash": hashes,
                "clientData": idempotency_key,
            },
        )
        answer = await self._call(
            "signatures/signHash",
            {
                "credentialID": self._endpoint.credential_id,
                "SAD": _read(lambda body: str(body["SAD"]), authorisation),
                "hash": hashes,
                "hashAlgo": _SHA256,
                "signAlgo": self._algorithm,
                "clientData": idempotency_key,
            },
            {"Idempotency-Key": idempotency_key},
        )
        signatures = _read(lambda body: _decoded(body["signatures"]), answer)
        if len(signatures) != len(hashes):
            raise SealUnavailable("签章服务返回的签名数量不符，系统将自动重试。")
        return signatures

    def _credential(self, body: Mapping[str, Any]) -> SealCredential:
        certificate, *issuers = _decoded(body["cert"]["certificates"])
        self._algorithm = _signature_algorithm(body["key"]["algo"])
        return SealCredential(
            credential_id=self._endpoint.credential_id,
            certificate=certificate,
            chain=tuple(issuers),
            enabled=body["key"]["status"] == "enabled",
            signatures_per_call=int(body.get("multisign", 1)),
        )

    async def _call(
        self, method: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Post to the API, logging in again once if the service has forgotten our token."""
        for last_attempt in (False, True):
            token = await self._access_token()
            answer = await self._post(
                f"csc/v1/{method}",
                json=body,
                headers={"Authorization": f"Bearer {token.value}", **(headers or {})},
            )
            if answer.status_code != HTTPStatus.UNAUTHORIZED or last_attempt:
                break
            if self._token is token:
                self._token = None
        return _accepted(answer)

    async def _access_token(self) -> _Token:
        async with self._logging_in:
            if self._token is None or self._token.good_until <= self._monotonic():
                self._token = await self._log_in()
            return self._token

    async def _log_in(self) -> _Token:
        asked_at = self._monotonic()
        answer = await self._post(
            "oauth2/token",
            data={
                "grant_type": "client_credentials",
                "client_id": self._endpoint.client_id,
                "client_secret": self._endpoint.client_secret,
            },
        )
        body = _read(dict, _accepted(answer))
        lifetime = float(body.get("expires_in", 3600)) - _EARLY_SECONDS
        return _Token(str(body.get("access_token", "")), asked_at + lifetime)

    async def _post(self, path: str, **arguments: Any) -> httpx.Response:
        try:
            return await self._client.post(
                f"{self._endpoint.base_url.rstrip('/')}/{path}",
                timeout=self._endpoint.timeout_seconds,
                **arguments,
            )
        except httpx.HTTPError as error:
            raise SealUnavailable from error


def _accepted(answer: httpx.Response) -> httpx.Response:
    """Return a successful answer; tell a passing failure from a refusal."""
    if answer.is_success:
        return answer
    if answer.is_server_error or answer.status_code in _PASSING:
        seconds = answer.headers.get("Retry-After", "")
        raise SealUnavailable(retry_after_seconds=int(seconds) if seconds.isdigit() else None)
    try:
        body = answer.json()
        reason, description = str(body["error"]), str(body.get("error_description", ""))
        reason = str(body.get("code", reason))
    except (ValueError, KeyError, TypeError, AttributeError):
        reason, description = f"http_{answer.status_code}", ""
    raise SealRefused(reason, description)


def _read(reader: Callable[[Any], Value], answer: httpx.Response) -> Value:
    """Read a body; one that is not what the API promises counts as not answered."""
    try:
        return reader(answer.json())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SealUnavailable("签章服务的应答无法识别，系统将自动重试。") from error


def _decoded(texts: Sequence[str]) -> list[bytes]:
    return [base64.b64decode(text, validate=True) for text in texts]


def _signature_algorithm(offered: Sequence[str]) -> str:
    return _ECDSA_SHA256 if {_ECDSA_SHA256, _EC_KEY} & set(offered) else _RSA_SHA256
