"""A bureau that seals whole PDFs: a small real server of docs/seal-service-whole-pdf.md.

It meets every requirement of the conformance suite's profile ``whole-pdf``. Its ``mode`` says how
it behaves; everything but ``sealed``, ``later`` and ``delivers`` is a bureau that gets it wrong.
How it seals, well or badly, is in ``whole_pdf_sealing``.
"""

import asyncio
import base64
import contextlib
import io
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self

import aiohttp
import pikepdf
import pypdfium2
from aiohttp import web
from cryptography.hazmat.primitives.serialization import Encoding
from tests.kit.pki import SealSigner
from tests.kit.whole_pdf_sealing import seal_document

from chassis.clock import Clock, SystemClock

_CREDENTIAL = "seal"
_LARGEST = 8 * 1024 * 1024
_MODES_LATER = {
    *("later", "delivers", "delivers_other", "lost", "seals_when_asked", "open_questions"),
    *("no_location", "elsewhere", "dated", "crashes_when_asked"),
}


@dataclass
class _Held:
    """A document taken in under its key."""

    order: dict[str, Any]
    document: bytes
    file: bytes | None = None
    sealing: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass
class WholePdfBureau:
    """The server; ``asked`` the documents handed in, ``polls`` the questions for one.

    Without ``secret`` every client may log in. A document accepted for later is ready when
    ``ready`` is set.
    """

    signer: SealSigner
    other: SealSigner
    mode: str = "sealed"
    secret: str | None = None
    clock: Clock = field(default_factory=SystemClock)
    token_seconds: int = 300
    retry_after: str = "7"
    asked: list[dict[str, Any]] = field(default_factory=list)
    polls: int = 0
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""
    _tokens: dict[str, datetime] = field(default_factory=dict)
    _held: dict[str, _Held] = field(default_factory=dict)
    deliveries: set[asyncio.Task[None]] = field(default_factory=set)
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=32 * 1024 * 1024, middlewares=[self._dated])
        app.router.add_post("/oauth2/token", self._log_in)
        app.router.add_get("/credential", self._credential)
        app.router.add_post("/documents", self._documents)
        app.router.add_get("/documents/{reference}", self._document)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        self.ready.set()
        for task in self.deliveries:
            task.cancel()
        await self._runner.cleanup()

    async def finished(self, reference: str) -> bytes:
        """Seal a document that was accepted earlier, as its officials would later."""
        held = self._held[reference]
        return await self._seal(held)

    def text_of(self, reference: str) -> str:
        """Return what a reader finds on the first page of a document it has accepted."""
        document = pypdfium2.PdfDocument(self._held[reference].document)
        try:
            return str(document[0].get_textpage().get_text_range())
        finally:
            document.close()

    # Who may call.

    @web.middleware
    async def _dated(self, request: web.Request, handler: Any) -> web.StreamResponse:
        answer: web.StreamResponse = await handler(request)
        ahead = timedelta(days=1) if self.mode == "clock_skew" else timedelta()
        answer.headers["Date"] = (self.clock.now() + ahead).strftime("%a, %d %b %Y %H:%M:%S GMT")
        return answer

    async def _log_in(self, request: web.Request) -> web.Response:
        form = await request.post()
        known = self.secret in {None, form.get("client_secret")} or self.mode == "any_secret"
        if not known or self.mode == "refuses_login":
            return _refused("invalid_client", status=401)
        token = secrets.token_urlsafe()
        seconds = 7 * 24 * 3600 if self.mode == "long_token" else self.token_seconds
        self._tokens[token] = self.clock.now() + timedelta(seconds=seconds)
        told = {"access_token": token, "token_type": "Bearer", "expires_in": seconds}
        return web.json_response(told)

    def _knows(self, request: web.Request) -> bool:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not token:
            return self.mode == "no_login"
        until = self._tokens.get(token)
        if until is None:
            return self.mode == "any_token"
        return until > self.clock.now() or self.mode == "eternal_token"

    async def _credential(self, request: web.Request) -> web.Response:
        if not self._knows(request):
            return _refused("invalid_token", status=401)
        chain = [self.signer.certificate, *self.signer.authorities]
        if self.mode == "broken_chain":
            chain = [self.signer.certificate, self.other.certificate]
        texts = [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in chain]
        if self.mode == "unreadable_certificate":
            texts = ["AAAA"]
        return web.json_response({"enabled": self.mode != "disabled", "certificates": texts})

    # Handing in.

    async def _documents(self, request: web.Request) -> web.Response:
        if not self._knows(request) and self.mode != "open_documents":
            return _refused("invalid_token", status=401)
        if (request.content_length or 0) > _LARGEST and self.mode != "unlimited":
            return _refused("too_large", status=413)
        order, document = await _parts(request)
        if problem := self._problem(request, order, document):
            return problem
        self.asked.append(order)
        if answer := await self._misbehaved():
            return answer
        return await self._taken(order, document)

    def _problem(
        self, request: web.Request, order: dict[str, Any] | None, document: bytes
    ) -> web.Response | None:
        """Return why the document is not taken; None when it is."""
        if order is None or not {"reference", "page", "box", "field"} <= order.keys():
            return _refused("invalid_request", status=500 if self.mode == "crashes" else 400)
        if order["reference"] != request.headers.get("Idempotency-Key"):
            return _refused("invalid_request")
        if order["credential_id"] != _CREDENTIAL and self.mode != "any_credential":
            return _refused("unknown_credential")
        held = self._held.get(order["reference"])
        if held and held.document != document and self.mode != "changed_resend":
            return _refused("reference_used", status=409)
        return self._unreadable(document)

    def _unreadable(self, document: bytes) -> web.Response | None:
        if self.mode == "small_limit" and len(document) > 1024 * 1024:
            return _refused("too_large", status=413)
        if _is_pdf(document):
            return None
        return _refused("not_a_pdf", status=500 if self.mode == "crashes_on_files" else 400)

    async def _misbehaved(self) -> web.Response | None:
        if self.mode == "away":
            return web.Response(status=503)
        if self.mode == "slow":
            await self.ready.wait()
        if self.mode == "sluggish":
            await asyncio.sleep(0.1)
        if self.mode == "refuses":
            return _refused("office_closed", "今日不办公")
        if self.mode == "talks":
            return web.Response(text="<p>ok</p>", content_type="text/html")
        return None

    async def _taken(self, order: dict[str, Any], document: bytes) -> web.Response:
        held = self._held.get(order["reference"])
        if held is None or self.mode == "signs_again":
            held = self._held[order["reference"]] = _Held(order, document)
        if self.mode in _MODES_LATER:
            if self.mode.startswith("delivers"):
                self._deliver(held)
            return self._accepted(order["reference"])
        if self.mode == "overloaded" and len(self._held) > 2:
            return web.Response(status=503)
        file = await self._file_of(held)
        return _file(next(iter(self._held.values())).file if self.mode == "confused" else file)

    def _accepted(self, reference: str) -> web.Response:
        where = {
            "no_location": {},
            "elsewhere": {"Location": "http://192.0.2.1/documents/1"},
        }.get(self.mode, {"Location": f"/documents/{reference}"})
        when = "Mon, 23 Nov 2026 08:00:00 GMT" if self.mode == "dated" else self.retry_after
        return web.Response(status=202, headers={**where, "Retry-After": when})

    # Getting it back.

    async def _document(self, request: web.Request) -> web.Response:
        if not self._knows(request) and self.mode != "open_questions":
            return _refused("invalid_token", status=401)
        self.polls += 1
        held = self._held.get(request.match_info["reference"])
        if held is None or self.mode == "lost":
            crashes = self.mode == "crashes_when_asked"
            return _refused("unknown_document", status=500 if crashes else 404)
        if not self.ready.is_set():
            return self._accepted(held.order["reference"])
        if self.mode == "seals_when_asked":
            return _file(await self._seal(held))
        return _file(await self._file_of(held))

    def _deliver(self, held: _Held) -> None:
        async def deliver() -> None:
            await self.ready.wait()
            other = self.mode == "delivers_other"
            body = await (self._seal(held) if other else self._file_of(held))
            headers = {"Content-Type": "application/pdf"}
            async with aiohttp.ClientSession() as http:
                address = held.order["return_address"]
                # Nobody there any more: it can still be asked for.
                with contextlib.suppress(aiohttp.ClientError):
                    async with http.post(address, data=io.BytesIO(body), headers=headers) as answer:
                        await answer.read()

        task = asyncio.create_task(deliver())
        self.deliveries.add(task)
        task.add_done_callback(self.deliveries.discard)

    async def _file_of(self, held: _Held) -> bytes:
        """Seal it once, whoever wants it first."""
        async with held.sealing:
            if held.file is None:
                held.file = await self._seal(held)
            return held.file

    async def _seal(self, held: _Held) -> bytes:
        return await asyncio.to_thread(
            seal_document, held.document, held.order, self.signer, self.other, self.mode
        )


async def _parts(request: web.Request) -> tuple[dict[str, Any] | None, bytes]:
    order, document = None, b""
    async for part in await request.multipart():
        if part.name == "request":
            try:
                order = json.loads(await part.text())
            except ValueError:
                order = None
        else:
            document = bytes(await part.read())
    return order, document


def _is_pdf(document: bytes) -> bool:
    try:
        pikepdf.open(io.BytesIO(document)).close()
    except pikepdf.PdfError:
        return False
    return True


def _refused(error: str, description: str = "不能签章", *, status: int = 400) -> web.Response:
    told = {"error": error, "error_description": description}
    return web.json_response(told, status=status)


def _file(file: bytes | None) -> web.Response:
    return web.Response(body=file, content_type="application/pdf")
