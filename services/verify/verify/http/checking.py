"""``/v/{token}``: the hot route, plain ASGI in front of everything else.

The token is in the path, so the path is written nowhere: logs, spans and metrics say
``/v/{token}``.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any

import structlog
from opentelemetry import metrics
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.trace import SpanKind
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.clock import Clock
from chassis.ids import uuid7
from chassis.problems import MEDIA_TYPE, STATUS
from chassis.telemetry import story
from verify.domain import NOTHING_READ, REFUSED_TOKEN, Answer, NameMatch, State, judge
from verify.http.matching import Matching
from verify.http.negotiation import Form, form_of
from verify.http.proving import Proving
from verify.http.routes_published import KEYS, LISTS
from verify.http.schemas import FAILURES, document
from verify.lookup import Lookup
from verify.pages import Pages
from verify.tokens import TokenKeys
from verify.web_files import ASSETS, OFFLINE

ROUTE = "/v/{token}"
_PREFIX = "/v/"
_log = structlog.get_logger()

_COMMON = [
    (b"vary", b"accept, accept-language"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-robots-tag", b"noindex"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
]
_HTML = (b"content-type", b"text/html; charset=utf-8")
_JSON = (b"content-type", b"application/json")
_PROBLEM = (b"content-type", MEDIA_TYPE.encode())
# An answer may be kept, but never shown again without asking us whether it still holds.
_REVALIDATE = (b"cache-control", b"no-cache")
_NO_STORE = (b"cache-control", b"no-store")
_RETRY = (b"retry-after", b"10")
_MATCH_STATUS = {NameMatch.LIMITED: 429, NameMatch.COULD_NOT_CHECK: 503}
_SAMPLED = b"-01"
_UNSAMPLED = nullcontext()

Headers = list[tuple[bytes, bytes]]


class Checking:
    """Answers the route; everything else goes to ``inner``."""

    def __init__(
        self,
        inner: ASGIApp,
        *,
        tokens: TokenKeys,
        scanned: Callable[[bytes], None],
        lookup: Lookup,
        matching: Matching,
        proving: Proving,
        clock: Clock,
        stale_after: timedelta,
        official_host: str,
        script: str,
    ) -> None:
        self._inner = inner
        self._tokens = tokens
        self._scanned = scanned
        self._lookup = lookup
        self._matching = matching
        self._proving = proving
        self._clock = clock
        self._stale_after = stale_after
        self._official_host = official_host
        self._pages = Pages(official_host, script)
        self._common = [*_COMMON, (b"content-security-policy", self._pages.policy.encode())]
        self._answered: Counter[str] = Counter()
        metrics.get_meter("yuzheng").create_observable_counter(
            "yuzheng.verify.checks", callbacks=[self._count], description="answers by state"
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_check(scope):
            await self._inner(scope, receive, send)
            return
        headers = dict(scope["headers"])
        with _span(scope["method"], headers):
            if scope["method"] not in ("GET", "HEAD", "POST"):
                await _send(send, 405, [(b"allow", b"GET, HEAD, POST")], b"")
                return
            token_hash = self._tokens.hash_of(scope["path"][len(_PREFIX) :])
            answer = await self._answer(token_hash)
            self._answered[answer.state] += 1
            if token_hash and answer.fact and scope["method"] == "GET":
                self._scanned(token_hash)
            form = form_of(
                headers.get(b"accept", b""),
                headers.get(b"accept-language", b""),
                scope["query_string"],
            )
            if scope["method"] == "POST" and token_hash and answer.fact:
                match = await self._matching.match(scope, receive, token_hash)
                status, sent, body = self._tell(answer, match, form)
            elif token_hash and answer.fact and _asks_for_proof(scope):
                address = await self._proving.address(token_hash)
                status, sent, body = self._prove(address, form, headers)
            else:
                status, sent, body = self._respond(answer, form, headers)
            await _send(send, status, sent, b"" if scope["method"] == "HEAD" else body)

    async def _answer(self, token_hash: bytes | None) -> Answer:
        if token_hash is None:
            return REFUSED_TOKEN
        try:
            snapshot = await self._lookup.find(token_hash)
        except Exception:  # noqa: BLE001 - logged, and answered "could not check"
            # Whatever failed, the reader gets the honest page instead of a bare error.
            _log.exception("check_failed", route=ROUTE)
            snapshot = NOTHING_READ
        return judge(snapshot, now=self._clock.now(), stale_after=self._stale_after)

    def _respond(
        self, answer: Answer, form: Form, headers: dict[bytes, bytes]
    ) -> tuple[int, Headers, bytes]:
        """Return status, headers and body; 304 when the reader has the very same answer."""
        if answer.fact is None:
            return self._refuse(answer, form, headers)
        if form.json:
            body = _dump(document(answer, official_host=self._official_host, request_id=""))
            etag = _etag([body])
            sent = [_JSON, *self._common, _REVALIDATE, (b"etag", etag)]
            if _matches(headers, etag):
                return 304, sent[1:], b""
            return 200, [*sent, _length(body)], body
        template = self._pages.template(answer, form.variant)
        values = self._pages.values(answer, form.variant)
        etag = _etag([template.digest, *values])
        sent = [_HTML, *self._common, _REVALIDATE, (b"etag", etag)]
        if _matches(headers, etag):
            return 304, sent[1:], b""
        body = template.fill(values)
        return 200, [*sent, _length(body)], body

    def _tell(self, answer: Answer, match: NameMatch, form: Form) -> tuple[int, Headers, bytes]:
        """Return the answer with what comparing the name ended in; it is for this reader alone."""
        status = _MATCH_STATUS.get(match, 200)
        if form.json:
            told = document(answer, official_host=self._official_host, request_id="", match=match)
            body = _dump(told)
            return status, [_JSON, *self._common, _NO_STORE, _length(body)], body
        template = self._pages.template(answer, form.variant)
        body = template.fill(self._pages.values(answer, form.variant, match))
        return status, [_HTML, *self._common, _NO_STORE, _length(body)], body

    def _prove(
        self, address: str | None, form: Form, headers: dict[bytes, bytes]
    ) -> tuple[int, Headers, bytes]:
        """Send the reader to the public log, where anybody gets the same answer."""
        if address is None:
            unread = judge(NOTHING_READ, now=self._clock.now(), stale_after=self._stale_after)
            return self._refuse(unread, form, headers)
        return 303, [(b"location", address.encode()), *_COMMON, _NO_STORE, _length(b"")], b""

    def _refuse(
        self, answer: Answer, form: Form, headers: dict[bytes, bytes]
    ) -> tuple[int, Headers, bytes]:
        status = STATUS[FAILURES[answer.state].category]
        retry = [_RETRY] if answer.state is State.COULD_NOT_CHECK else []
        if form.json:
            request_id = headers.get(b"x-request-id", b"")[:100].decode("latin-1") or str(uuid7())
            body = _dump(document(answer, official_host=self._official_host, request_id=request_id))
            return status, [_PROBLEM, *self._common, _NO_STORE, *retry, _length(body)], body
        template = self._pages.template(answer, form.variant)
        body = template.fill(self._pages.values(answer, form.variant))
        return status, [_HTML, *self._common, _NO_STORE, *retry, _length(body)], body

    def _count(self, _: CallbackOptions) -> Iterable[Observation]:
        return [Observation(count, {"state": state}) for state, count in self._answered.items()]


def _is_check(scope: Scope) -> bool:
    # What is published for everybody lies beside the checks; no token looks like it.
    path: str = scope["path"]
    published = path in (KEYS, LISTS) or path.startswith((LISTS + "/", ASSETS, OFFLINE))
    return path.startswith(_PREFIX) and not (published and scope["method"] in ("GET", "HEAD"))


def _asks_for_proof(scope: Scope) -> bool:
    query: bytes = scope["query_string"]
    return bool(query) and b"log=1" in query.split(b"&")


def _span(method: str, headers: dict[bytes, bytes]) -> AbstractContextManager[Any]:
    """Return the request's span: only if the gateway sampled the trace, for its cost is ours."""
    traceparent = headers.get(b"traceparent", b"")
    if not traceparent.endswith(_SAMPLED):
        return _UNSAMPLED
    correlation = headers.get(b"x-correlation-id", b"")[:100].decode("latin-1")
    return story(
        name=f"{method} {ROUTE}",
        kind=SpanKind.SERVER,
        traceparent=traceparent.decode("latin-1"),
        correlation_id=correlation,
        causation_id=correlation,
        attributes={"http.request.method": method, "http.route": ROUTE},
    )


def _etag(parts: Iterable[bytes]) -> bytes:
    digest = hashlib.blake2b(b"\0".join(parts), digest_size=12)
    return b'"' + digest.hexdigest().encode() + b'"'


def _matches(headers: dict[bytes, bytes], etag: bytes) -> bool:
    wanted = headers.get(b"if-none-match")
    if wanted is None:
        return False
    # A proxy that compresses may have made our strong tag a weak one.
    tags = {tag.strip().removeprefix(b"W/") for tag in wanted.split(b",")}
    return etag in tags or b"*" in tags


def _dump(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _length(body: bytes) -> tuple[bytes, bytes]:
    return b"content-length", str(len(body)).encode()


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
