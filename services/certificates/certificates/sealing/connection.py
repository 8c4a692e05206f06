"""What every adapter to a seal service shares: login, one call, and how its answer is read."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

import httpx

from certificates.sealing.port import SealRefused, SealUnavailable

_EARLY_SECONDS = 30.0  # a token this close to its end is renewed before it is used
_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class SealAddress:
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


class SealConnection:
    """Calls with an access token of the client-credentials grant, kept until it expires."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        address: SealAddress,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.address = address
        self._client = client
        self._monotonic = monotonic
        self._token: _Token | None = None
        self._logging_in = asyncio.Lock()

    def url(self, path: str) -> str:
        """Return the full address of a path below the service's."""
        return f"{self.address.base_url.rstrip('/')}/{path.lstrip('/')}"

    async def call(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, **arguments: Any
    ) -> httpx.Response:
        """Call, logging in again once if the service has forgotten our token."""
        for last_attempt in (False, True):
            token = await self._access_token()
            answer = await self._send(
                method,
                url,
                headers={"Authorization": f"Bearer {token.value}", **(headers or {})},
                **arguments,
            )
            if answer.status_code != HTTPStatus.UNAUTHORIZED or last_attempt:
                break
            if self._token is token:
                self._token = None
        return answer

    async def _access_token(self) -> _Token:
        async with self._logging_in:
            if self._token is None or self._token.good_until <= self._monotonic():
                self._token = await self._log_in()
            return self._token

    async def _log_in(self) -> _Token:
        asked_at = self._monotonic()
        answer = await self._send(
            "POST",
            self.url("oauth2/token"),
            data={
                "grant_type": "client_credentials",
                "client_id": self.address.client_id,
                "client_secret": self.address.client_secret,
            },
        )
        body = read(dict, accepted(answer))
        lifetime = float(body.get("expires_in", 3600)) - _EARLY_SECONDS
        return _Token(str(body.get("access_token", "")), asked_at + lifetime)

    async def _send(self, method: str, url: str, **arguments: Any) -> httpx.Response:
        try:
            return await self._client.request(
                method, url, timeout=self.address.timeout_seconds, **arguments
            )
        except httpx.HTTPError as error:
            raise SealUnavailable from error


def accepted(answer: httpx.Response) -> httpx.Response:
    """Return a successful answer; tell a passing failure from a refusal."""
    if answer.is_success:
        return answer
    if answer.is_server_error or answer.status_code in _PASSING:
        raise SealUnavailable(retry_after_seconds=retry_after(answer))
    try:
        body = answer.json()
        reason, description = str(body["error"]), str(body.get("error_description", ""))
        reason = str(body.get("code", reason))
    except (ValueError, KeyError, TypeError, AttributeError):
        reason, description = f"http_{answer.status_code}", ""
    raise SealRefused(reason, description)


def retry_after(answer: httpx.Response) -> int | None:
    """Return the seconds the service asks us to wait, if it says."""
    seconds = answer.headers.get("Retry-After", "")
    return int(seconds) if seconds.isascii() and seconds.isdigit() else None


def read(reader: Callable[[Any], Value], answer: httpx.Response) -> Value:
    """Read a body; one that is not what the API promises counts as not answered."""
    try:
        return reader(answer.json())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SealUnavailable("签章服务的应答无法识别，系统将自动重试。") from error
