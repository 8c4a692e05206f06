"""Where a service may deliver what it had accepted for later."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx
from fastapi import FastAPI, Request, Response

from chassis import serving

# As the platform: more is not read.
LARGEST_FILE = 4 * 1024 * 1024
# A name that does not exist (RFC 2606), for services that nobody asked to deliver.
_NOWHERE = "https://conformance.invalid"


@dataclass
class Deliveries:
    """Addresses given out, and what came there; without ``base_url`` nothing can come."""

    base_url: str | None = None
    _tickets: dict[str, str] = field(default_factory=dict)
    _delivered: dict[str, httpx.Response] = field(default_factory=dict)

    def address_for(self, reference: str) -> str:
        """Return the address for one document, always the same one."""
        ticket = self._tickets.setdefault(reference, secrets.token_urlsafe(32))
        return f"{self.base_url or _NOWHERE}/{ticket}"

    def of(self, reference: str) -> httpx.Response | None:
        """Return what was delivered, in the form of an answer to a question."""
        return self._delivered.get(self._tickets.get(reference, ""))

    def app(self) -> FastAPI:
        """Return the receiving end: 204 taken, 404 nothing is waited for there, 413 too large."""
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

        @app.post("/{ticket}")
        async def take(ticket: str, request: Request) -> Response:
            if ticket not in self._tickets.values():
                return Response(status_code=HTTPStatus.NOT_FOUND)
            body = b""
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST_FILE:
                    return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            kind = request.headers.get("content-type", "")
            self._delivered.setdefault(
                ticket, httpx.Response(200, content=body, headers={"content-type": kind})
            )
            return Response(status_code=HTTPStatus.NO_CONTENT)

        return app


@asynccontextmanager
async def receiving(deliveries: Deliveries) -> AsyncIterator[None]:
    """Listen on the port of the address that was given out, if one was; on every interface."""
    if deliveries.base_url is None:
        yield
        return
    url, stop = httpx.URL(deliveries.base_url), asyncio.Event()
    port = url.port or (443 if url.scheme == "https" else 80)
    server = asyncio.create_task(
        serving.serve(deliveries.app(), host="0.0.0.0", port=port, stop=stop)
    )
    try:
        yield
    finally:
        stop.set()
        await server
