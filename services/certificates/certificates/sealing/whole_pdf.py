"""Client of a seal service that takes the whole PDF and gives the sealed one back.

The interface is written down for bureaus in docs/seal-service-whole-pdf.md. What comes back is
believed only by the gate.
"""

import asyncio
import base64
import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import httpx

from certificates.layout import SEAL_BOX, SEAL_PAGE
from certificates.sealing.connection import (
    SealAddress,
    SealConnection,
    accepted,
    read,
    retry_after,
)
from certificates.sealing.port import (
    SealAnswer,
    SealCredential,
    SealedDocument,
    SealPending,
    SealRefused,
    SealUnavailable,
    ToSeal,
)

_PDF = "application/pdf"
# A sealed certificate has some 100 KB; more than this is not read.
LARGEST_DOCUMENT = 4 * 1024 * 1024
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class WholePdfSealService:
    """SealService over HTTP: one call a document, several at once. Safe to use concurrently."""

    whole_documents = True

    def __init__(
        self, client: httpx.AsyncClient, address: SealAddress, *, concurrency: int
    ) -> None:
        self._connection = SealConnection(client, address)
        self._at_once = asyncio.Semaphore(concurrency)

    async def describe(self) -> SealCredential:
        """Return the credential as GET credential describes it."""
        answer = accepted(await self._connection.call("GET", self._connection.url("credential")))
        return read(self._credential, answer)

    async def seal(
        self, documents: Sequence[ToSeal], *, idempotency_key: str
    ) -> Sequence[SealAnswer]:
        """Have each document sealed; the key of the batch is not needed, each has its own."""
        del idempotency_key
        return await asyncio.gather(*(self._one(document) for document in documents))

    async def _one(self, document: ToSeal) -> SealAnswer:
        try:
            async with self._at_once:
                if document.location:
                    return await self._poll(document.location, document)
                return await self._send(document)
        except (SealRefused, SealUnavailable) as failure:
            return failure

    async def _send(self, document: ToSeal) -> SealAnswer:
        request = {
            "credential_id": self._connection.address.credential_id,
            "reference": document.key,
            "page": SEAL_PAGE + 1,
            "box": list(SEAL_BOX),
            "field": "Seal",
            "return_address": document.return_address,
        }
        answer = await self._connection.call(
            "POST",
            self._connection.url("documents"),
            {"Idempotency-Key": document.key},
            files={
                "request": (None, json.dumps(request), "application/json"),
                "document": ("document.pdf", document.document, _PDF),
            },
        )
        return self._answer(answer)

    async def _poll(self, location: str, document: ToSeal) -> SealAnswer:
        answer = await self._connection.call("GET", location)
        if answer.status_code in _GONE:
            # Forgotten over there: the same bytes under the same key are handed in again.
            return await self._send(document)
        return self._answer(answer, location)

    def _answer(self, answer: httpx.Response, known: str | None = None) -> SealAnswer:
        accepted(answer)
        if answer.status_code == HTTPStatus.ACCEPTED:
            location = answer.headers.get("Location")
            return SealPending(self._own(location) if location else known, retry_after(answer))
        if answer.headers.get("Content-Type", "").partition(";")[0].strip() != _PDF:
            raise SealUnavailable("签章服务返回的不是文件，系统将自动重试。")
        if len(answer.content) > LARGEST_DOCUMENT:
            raise SealRefused("document_too_large")
        return SealedDocument(answer.content)

    def _own(self, location: str) -> str:
        """Return the absolute address; a service may not send us, or our token, elsewhere."""
        base = httpx.URL(self._connection.url("documents"))
        target = base.join(location)
        if (target.scheme, target.host, target.port) != (base.scheme, base.host, base.port):
            raise SealRefused("location_elsewhere", "应答中的查询地址不属于该签章服务")
        return str(target)

    def _credential(self, body: Mapping[str, Any]) -> SealCredential:
        certificate, *issuers = (
            base64.b64decode(text, validate=True) for text in body["certificates"]
        )
        return SealCredential(
            credential_id=self._connection.address.credential_id,
            certificate=certificate,
            chain=tuple(issuers),
            enabled=body["enabled"] is True,
            signatures_per_call=1,
        )
