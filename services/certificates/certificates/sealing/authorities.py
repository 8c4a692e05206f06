"""Asking the authorities over HTTP: revocation lists, OCSP answers, timestamps.

What comes back is bytes of strangers: the callers check who signed them.
"""

import hashlib
from typing import ClassVar

import httpx

from certificates.sealing.timestamps import (
    Timestamp,
    TimestampUnusable,
    timestamp_answer,
    timestamp_question,
)
from chassis.errors import Category, ServiceError

# A list of a whole province's seals is a few kB; more is not what we asked for.
_MOST_BYTES = 10_000_000


class AuthorityUnavailable(ServiceError):
    """An authority does not answer, or answers with something else."""

    code: ClassVar[str] = "certificates.authority_unavailable"
    category: ClassVar[Category] = Category.UNAVAILABLE
    detail = "电子认证机构的服务暂时不可用。"

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__()


class Authorities:
    """One client for all of them; the addresses stand in certificates that we trust."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def revocation_list(self, url: str) -> bytes:
        """Return what is at a distribution point."""
        return await self._fetch(httpx.Request("GET", url))

    async def ocsp_answer(self, url: str, question: bytes) -> bytes:
        """Return the answer to an OCSP request."""
        headers = {"content-type": "application/ocsp-request"}
        return await self._fetch(httpx.Request("POST", url, headers=headers, content=question))

    async def timestamp(self, url: str, digest: bytes) -> Timestamp:
        """Return a timestamp of a SHA-256 digest, checked to be one."""
        question, nonce = timestamp_question(digest)
        headers = {"content-type": "application/timestamp-query"}
        request = httpx.Request("POST", url, headers=headers, content=question)
        try:
            return timestamp_answer(await self._fetch(request), digest, nonce)
        except TimestampUnusable as problem:
            raise AuthorityUnavailable(url, str(problem)) from problem

    async def trial_timestamp(self, url: str) -> Timestamp:
        """Return a timestamp of nothing: it shows who makes them."""
        return await self.timestamp(url, hashlib.sha256(b"").digest())

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _fetch(self, request: httpx.Request) -> bytes:
        try:
            answer = await self._client.send(request)
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise AuthorityUnavailable(str(request.url), type(error).__name__) from error
        if len(answer.content) > _MOST_BYTES:
            raise AuthorityUnavailable(str(request.url), "too large")
        return answer.content
