"""A service under examination, as a client who may log in sees it; what both shapes share."""

import asyncio
import secrets
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
from cryptography import x509

from chassis.clock import Clock
from seal.conformance.findings import NotChecked, NotMet
from seal.domain import CANARY_MARK

MARK = f"{CANARY_MARK}conformance-"
# What a broken answer makes the reading code raise.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError)
Found = TypeVar("Found")


@dataclass(frozen=True)
class Terms:
    """What the examiner was told, and how patient it is."""

    credential: str | None = None
    client_id: str | None = None
    secret: str = ""
    # Full name the certificate must carry, and the roots it must chain to; empty: not checked.
    office_name: str | None = None
    roots: Sequence[x509.Certificate] = ()
    batch: int = 20
    samples: int = 10
    slow_seconds: float = 5.0
    longest_wait_seconds: float = 0.0
    # How long a document that was accepted for later is waited for.
    patience_seconds: float = 60.0


@dataclass
class Session(ABC):
    """Calls the service; asks once for a token and keeps it."""

    http: httpx.AsyncClient
    terms: Terms
    clock: Clock
    wait: Callable[[float], Awaitable[None]] = asyncio.sleep
    _token: str | None = None

    @abstractmethod
    async def look(self, headers: dict[str, str] | None = None) -> httpx.Response:
        """Make a call that changes nothing and needs a token; ``headers`` replace ours."""

    @abstractmethod
    async def read_chain(self) -> list[x509.Certificate]:
        """Return the certificates that the service shows, signer first."""

    @abstractmethod
    async def must_sign(self) -> None:
        """Raise ``NotChecked`` unless the service signs what it should.

        Without this, a service that is down would be praised for every refusal.
        """

    async def log_in(self, secret: str | None = None) -> httpx.Response:
        """Ask for a token by client credentials, with the right secret unless another is given."""
        return await self.http.post(
            "oauth2/token",
            data={
                "grant_type": "client_credentials",
                "client_id": self.terms.client_id or "",
                "client_secret": self.terms.secret if secret is None else secret,
            },
        )

    async def token(self) -> str:
        """Return an access token; empty when no client is known."""
        if self._token is None:
            self._token = ""
            if self.terms.client_id:
                answer = await self.log_in()
                if not answer.is_success:
                    self._token = None
                    raise NotMet(f"登录失败（{answer.status_code}）")
                self._token = str(answer.json()["access_token"])
        return self._token

    def forget_token(self) -> None:
        self._token = None

    async def headers(self) -> dict[str, str]:
        token = await self.token()
        return {"authorization": f"Bearer {token}"} if token else {}

    async def chain(self) -> list[x509.Certificate]:
        """Return the certificates; ``NotChecked`` when there are none to look at."""
        if found := await given(self.read_chain(), "证书无法读取"):
            return found
        raise NotChecked("没有证书")

    def must_know_client(self) -> None:
        if not self.terms.client_id:
            raise NotChecked("未提供 --client-id 和 --secret-file")


async def given(found: Awaitable[Found], otherwise: str) -> Found:
    """Return what another requirement is about, or say that this one cannot be checked."""
    try:
        return await found
    except (NotMet, httpx.HTTPError, *UNREADABLE) as error:
        raise NotChecked(otherwise) from error


def accepted(answer: httpx.Response, what: str) -> dict[str, Any]:
    """Return the document of a successful answer."""
    if not answer.is_success:
        raise NotMet(f"{what} 返回 {answer.status_code}")
    document: dict[str, Any] = answer.json()
    return document


def new_key() -> str:
    """Return a request key that marks what is signed as no certificate."""
    return f"{MARK}{secrets.token_hex(16)}"
