"""A bureau that seals whole PDFs: a small real server of docs/seal-service-whole-pdf.md.

It signs by incremental update with pyHanko and a throw-away key. Its ``mode`` says how it behaves;
everything but ``sealed`` and the two kinds of ``later`` is a bureau that gets it wrong.
"""

import asyncio
import base64
import io
import json
from dataclasses import dataclass, field
from typing import Any, Self

import pypdfium2
from aiohttp import web
from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore
from tests.kit.pki import SealSigner

_TOKEN = "a-bureau-token"
_RING = b"0.8 0 0 rg 0 0 100 100 re 10 10 80 80 re f*"


class _OnlyTheSeal(IncrementalPdfFileWriter):
    """Adds the seal and nothing else: the stock writer also rewrites Info, XMP and /Version."""

    def _update_meta(self) -> None:
        return

    def ensure_output_version(self, version: Any) -> None:
        del version


@dataclass
class WholePdfBureau:
    """The server; ``sealed`` counts signatures made, ``asked`` the documents handed in."""

    signer: SealSigner
    other: SealSigner
    mode: str = "sealed"
    asked: list[dict[str, Any]] = field(default_factory=list)
    polls: int = 0
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""
    _accepted: dict[str, bytes] = field(default_factory=dict)
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.router.add_post("/oauth2/token", self._token)
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
        await self._runner.cleanup()

    async def finished(self, reference: str) -> bytes:
        """Seal a document that was accepted earlier, as its officials would later."""
        return await asyncio.to_thread(self._seal, self._accepted[reference], self.asked[-1])

    def text_of(self, reference: str) -> str:
        """Return what a reader finds on the first page of a document it has accepted."""
        document = pypdfium2.PdfDocument(self._accepted[reference])
        try:
            return str(document[0].get_textpage().get_text_range())
        finally:
            document.close()

    async def _token(self, _: web.Request) -> web.Response:
        return web.json_response({"access_token": _TOKEN, "expires_in": 3600})

    async def _credential(self, request: web.Request) -> web.Response:
        self._require_token(request)
        chain = [self.signer.certificate, *self.signer.authorities]
        texts = [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in chain]
        return web.json_response({"enabled": True, "certificates": texts})

    async def _documents(self, request: web.Request) -> web.Response:
        self._require_token(request)
        order, document = {}, b""
        async for part in await request.multipart():
            if part.name == "request":
                order = json.loads(await part.text())
            else:
                document = bytes(await part.read())
        assert order["reference"] == request.headers["Idempotency-Key"]
        self.asked.append(order)
        if self.mode == "away":
            return web.Response(status=503)
        if self.mode == "slow":
            await self.ready.wait()
        if self.mode == "refuses":
            told = {"error": "office_closed", "error_description": "今日不办公"}
            return web.json_response(told, status=400)
        if self.mode == "talks":
            return web.Response(text="<p>ok</p>", content_type="text/html")
        if self.mode == "later":
            self._accepted[order["reference"]] = document
            headers = {"Location": f"/documents/{order['reference']}", "Retry-After": "7"}
            return web.Response(status=202, headers=headers)
        if self.mode == "elsewhere":
            return web.Response(status=202, headers={"Location": "http://192.0.2.1/documents/1"})
        return self._answer(await asyncio.to_thread(self._seal, document, order))

    async def _document(self, request: web.Request) -> web.Response:
        self._require_token(request)
        self.polls += 1
        document = self._accepted.get(request.match_info["reference"])
        if document is None:
            return web.Response(status=404)
        if not self.ready.is_set():
            return web.Response(status=202, headers={"Retry-After": "7"})
        return self._answer(await asyncio.to_thread(self._seal, document, self.asked[-1]))

    @staticmethod
    def _answer(file: bytes) -> web.Response:
        return web.Response(body=file, content_type="application/pdf")

    @staticmethod
    def _require_token(request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {_TOKEN}":
            raise web.HTTPUnauthorized

    def _seal(self, document: bytes, order: dict[str, Any]) -> bytes:
        if self.mode == "altered_page":
            document = _with_other_page(document)
        if self.mode == "truncated":
            return self._sign(document, order)[:-200]
        return self._sign(document, order)

    def _sign(self, document: bytes, order: dict[str, Any]) -> bytes:
        signer = self.other if self.mode == "wrong_certificate" else self.signer
        kind = IncrementalPdfFileWriter if self.mode == "stock_writer" else _OnlyTheSeal
        style = StaticStampStyle(
            background=RawContent(_RING, box=BoxConstraints(100, 100)),
            background_opacity=1,
            border_width=0,
        )
        metadata = PdfSignatureMetadata(
            field_name=order["field"],
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        place = SigFieldSpec(order["field"], on_page=order["page"] - 1, box=tuple(order["box"]))
        pdf_signer = PdfSigner(metadata, _hanko(signer), stamp_style=style, new_field_spec=place)
        output = io.BytesIO()
        pdf_signer.sign_pdf(kind(io.BytesIO(document)), output=output)
        return output.getvalue()


def _hanko(signer: SealSigner) -> SimpleSigner:
    chain = SimpleCertificateStore()
    for authority in signer.authorities:
        chain.register(x509.Certificate.load(authority.public_bytes(Encoding.DER)))
    der = signer.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=x509.Certificate.load(signer.certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(der),
        cert_registry=chain,
    )


def _with_other_page(document: bytes) -> bytes:
    writer = _OnlyTheSeal(io.BytesIO(document))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = NumberObject(180)
    writer.update_container(page)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()
