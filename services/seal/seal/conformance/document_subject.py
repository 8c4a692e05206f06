"""A service that seals whole PDFs, under examination, as a client sees it."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from time import monotonic
from typing import Any

import httpx
from cryptography import x509

from seal.conformance.deliveries import Deliveries
from seal.conformance.documents import PDF, Order, new_order, parts
from seal.conformance.findings import NotChecked, NotMet
from seal.conformance.sealed_document import SealedDocument
from seal.conformance.session import UNREADABLE, Session, accepted, given

_CREDENTIAL = "seal"
# Between two questions, unless the service says; and the most it may say.
_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 5, 3600


@dataclass
class Sealing:
    """What became of one document, from handing in to the file."""

    order: Order
    first: httpx.Response
    seconds: float
    location: str | None = None
    asked: int = 0
    file: bytes = b""


@dataclass
class DocumentSubject(Session):
    """Calls the service; the document that most checks look at is handed in once."""

    deliveries: Deliveries = field(default_factory=Deliveries)
    _credential: dict[str, Any] | None = None
    _sealing: Sealing | Exception | None = None
    _document: SealedDocument | None = None

    # Calls.

    async def look(self, headers: dict[str, str] | None = None) -> httpx.Response:
        """Ask for the credential."""
        return await self.http.get(
            "credential", headers=await self.headers() if headers is None else headers
        )

    async def credential(self) -> dict[str, Any]:
        if self._credential is None:
            self._credential = accepted(await self.look(), "GET credential")
        return self._credential

    async def read_chain(self) -> list[x509.Certificate]:
        """Return the certificates, signer first."""
        found = await given(self.credential(), "未取得凭据信息")
        raw = [base64.b64decode(text, validate=True) for text in found["certificates"]]
        return [x509.load_der_x509_certificate(der) for der in raw]

    async def hand_in(
        self,
        order: Order,
        *,
        headers: Mapping[str, str] | None = None,
        request: Mapping[str, Any] | str | None = None,
    ) -> httpx.Response:
        """Hand a document in; ``headers`` and ``request`` replace what would be right."""
        address = self.deliveries.address_for(order.reference)
        right = order.request(self.terms.credential or _CREDENTIAL, address)
        sent = await self.headers() if headers is None else headers
        return await self.http.post(
            "documents",
            files=parts(right if request is None else request, order.document),
            headers={**sent, "idempotency-key": order.reference},
        )

    async def ask(self, location: str) -> httpx.Response:
        return await self.http.get(location, headers=await self.headers())

    def location_of(self, answer: httpx.Response) -> str:
        """Return where to ask; it must lie below the service's own address."""
        told = answer.headers.get("location")
        if not told:
            raise NotMet("202 应答没有 Location")
        base = self.http.base_url
        target = base.join(told)
        if not str(target).startswith(str(base)):
            raise NotMet("Location 不在本服务地址之下，平台不会带着令牌前往别处")
        return str(target)

    # What the checks build on.

    async def sealing(self) -> Sealing:
        """Hand in the trial and follow it to its file, the first time; the same outcome after."""
        if self._sealing is None:
            try:
                self._sealing = await self._seal(new_order())
            except (NotMet, NotChecked, httpx.HTTPError, *UNREADABLE) as outcome:
                self._sealing = outcome
        if isinstance(self._sealing, Sealing):
            return self._sealing
        raise self._sealing

    async def must_sign(self) -> None:
        """Raise ``NotChecked`` unless the trial came back sealed."""
        await self.sealed()

    async def sealed(self) -> Sealing:
        """Return the sealed trial; ``NotChecked`` when there is none, which is told elsewhere."""
        return await given(self.sealing(), "正常签章未成功，无从判断")

    async def document(self) -> SealedDocument:
        """Return the sealed trial, to be looked into."""
        if self._document is None:
            found = await self.sealed()
            # Kept: what was read of a PDF is void once the PDF is let go.
            self._document = SealedDocument(found.order.document, found.file)
        return self._document

    async def _seal(self, order: Order) -> Sealing:
        began = monotonic()
        first = await self.hand_in(order)
        sealing = Sealing(order, first, monotonic() - began)
        sealing.file = file_of(await self._followed(sealing))
        return sealing

    async def _followed(self, sealing: Sealing) -> httpx.Response:
        """Ask until the document is there or was delivered."""
        answer, waited = sealing.first, 0.0
        while answer.status_code == HTTPStatus.ACCEPTED:
            if answer is sealing.first or "location" in answer.headers:
                sealing.location = self.location_of(answer)
            pause = _pause(answer)
            if waited + pause > self.terms.patience_seconds:
                raise NotChecked(f"已受理，{waited:.0f} 秒内尚未签好；用 --patience 延长")
            await self.wait(pause)
            waited += pause
            if delivered := self.deliveries.of(sealing.order.reference):
                return delivered
            sealing.asked += 1
            answer = await self.ask(sealing.location or "")
        return answer


def file_of(answer: httpx.Response) -> bytes:
    """Return the sealed file of an answer; raise ``NotMet`` when it is none."""
    if answer.status_code != HTTPStatus.OK:
        raise NotMet(f"返回 {answer.status_code}，应为 200（附文件）、202 或 400")
    kind = answer.headers.get("content-type", "").partition(";")[0].strip()
    if kind != PDF or not answer.content.startswith(b"%PDF-"):
        raise NotMet(f"返回的不是 PDF 文件（{kind or '未注明类型'}）")
    return answer.content


def retry_after(answer: httpx.Response) -> int | None:
    """Return the seconds a service asks us to wait; raise ``NotMet`` for anything else."""
    told = answer.headers.get("retry-after")
    if told is None:
        return None
    if not told.isdecimal():
        raise NotMet(f"Retry-After 应为秒数，实际为“{told}”")
    return int(told)


def _pause(answer: httpx.Response) -> float:
    told = answer.headers.get("retry-after", "")
    if not told.isdecimal():
        return _PAUSE_SECONDS
    return min(max(int(told), 1), _LONGEST_PAUSE_SECONDS)
