"""The HTTP face of a service: one factory, pure ASGI middleware, problems as documents."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from time import monotonic
from typing import Annotated, Any, Protocol

import structlog
from fastapi import APIRouter, Depends, FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from opentelemetry.trace import SpanKind, Status, StatusCode
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.auth import Principal, TokenVerifier
from chassis.errors import (
    BodyTooLarge,
    Category,
    IdempotencyKeyMissing,
    IdempotencyKeyReused,
    ServiceError,
    TimedOut,
    Unauthenticated,
)
from chassis.exposition import exposition
from chassis.ids import uuid7
from chassis.openapi import DescribedApp, refuses, responses
from chassis.problems import MEDIA_TYPE, STATUS, problem, unknown_problem, unprocessable
from chassis.telemetry import metrics, story

__all__ = [
    "BodyLimit",
    "Caller",
    "Check",
    "Deadline",
    "IdempotencyKey",
    "OpenResources",
    "RequestLimits",
    "RequestStory",
    "bearer_token",
    "create_app",
    "idempotency_key",
    "principal",
    "responses",
]
_log = structlog.get_logger()
Check = Callable[[], Awaitable[None]]
OpenResources = Callable[[AsyncExitStack], Awaitable[None]]
_MAX_KEY_LENGTH = 200
# A caller of more than this over the limit loses the connection instead of reading why.
_DRAINED_BYTES = 4 * 1024 * 1024
_SERVER_ERROR = 500


class RequestLimits(Protocol):
    """What an application is told of requests; every service's settings have it."""

    @property
    def request_timeout_seconds(self) -> float: ...

    @property
    def request_body_limit_bytes(self) -> int: ...


def create_app(
    *,
    service: str,
    settings: RequestLimits,
    routers: Sequence[APIRouter],
    verifier: TokenVerifier | None = None,
    ready: Mapping[str, Check] | None = None,
    open_resources: OpenResources | None = None,
    state: Mapping[str, Any] | None = None,
    problem_documents: bool = True,
) -> FastAPI:
    """Return the service's application.

    ``ready`` names the checks behind ``/health/ready``; ``open_resources`` registers on the stack
    what must be closed at the end; ``state`` is what the routes' dependencies find on
    ``request.app.state``. Without ``problem_documents`` the OpenAPI document leaves the form of
    failures to the routes.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if open_resources:
                await open_resources(stack)
            yield

    app = DescribedApp(
        title=f"Yuzheng {service}",
        version="1",
        problem_documents=problem_documents,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.verifier = verifier
    for name, value in (state or {}).items():
        setattr(app.state, name, value)
    app.include_router(_health_router(ready or {}))
    for router in routers:
        app.include_router(router)
    _add_problem_handlers(app)
    app.add_middleware(BodyLimit, limit_bytes=settings.request_body_limit_bytes)
    app.add_middleware(Deadline, seconds=settings.request_timeout_seconds)
    app.add_middleware(RequestStory, service=service)
    return app


@refuses(Unauthenticated)
async def principal(request: Request) -> Principal:
    """Return who is calling, from the bearer token; raise ``Unauthenticated`` without one."""
    token = bearer_token(request)
    verifier: TokenVerifier = request.app.state.verifier
    return await verifier.principal(token)


def bearer_token(request: Request) -> str:
    """Return the request's bearer token; raise ``Unauthenticated`` without one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    return token


@refuses(IdempotencyKeyMissing, IdempotencyKeyReused)
async def idempotency_key(
    idempotency_key: Annotated[
        str | None, Header(description="每次提交一个新值，重试用同一个")
    ] = None,
) -> str:
    """Return the request's Idempotency-Key; a state-changing request without one is refused."""
    if not idempotency_key or len(idempotency_key) > _MAX_KEY_LENGTH:
        raise IdempotencyKeyMissing
    return idempotency_key


Caller = Annotated[Principal, Depends(principal)]
IdempotencyKey = Annotated[str, Depends(idempotency_key)]


def _health_router(ready: Mapping[str, Check]) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @router.get("/health/ready")
    async def is_ready() -> JSONResponse:
        states = {name: await _state(check) for name, check in ready.items()}
        good = all(state == "ready" for state in states.values())
        return JSONResponse({"ready": good, "checks": states}, status_code=200 if good else 503)

    @router.get("/metrics")
    async def read_metrics(accept: Annotated[str, Header()] = "") -> Response:
        body, media_type = exposition.answer(accept)
        return Response(body, headers={"content-type": media_type})

    return router


async def _state(check: Check) -> str:
    try:
        async with asyncio.timeout(3):
            await check()
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is "not ready"
        return type(error).__name__
    return "ready"


def _add_problem_handlers(app: FastAPI) -> None:
    @app.exception_handler(ServiceError)
    async def on_service_error(request: Request, error: ServiceError) -> JSONResponse:
        log = _log.error if STATUS[error.category] >= _SERVER_ERROR else _log.warning
        log("request_refused", code=error.code, field=error.field)
        headers = (
            {"retry-after": str(error.retry_after_seconds)} if error.retry_after_seconds else None
        )
        return _answer(problem(error, request_id=_request_id(request.scope)), headers)

    @app.exception_handler(RequestValidationError)
    async def on_validation_error(request: Request, error: RequestValidationError) -> JSONResponse:
        fields = [
            {"field": "/" + "/".join(str(part) for part in one["loc"][1:]), "reason": one["type"]}
            for one in error.errors()
        ]
        return _answer(unprocessable(fields, request_id=_request_id(request.scope)))

    @app.exception_handler(HTTPException)
    async def on_http_error(request: Request, error: HTTPException) -> JSONResponse:
        categories = {status: category for category, status in STATUS.items()}
        missing = error.status_code == STATUS[Category.NOT_FOUND]
        refusal = ServiceError("没有这个地址。" if missing else "请求方式不对。")
        document = problem(refusal, request_id=_request_id(request.scope))
        category = categories.get(error.status_code, Category.INVALID)
        document |= {
            "status": error.status_code,
            "code": f"chassis.{category}",
            "type": f"urn:yuzheng:problem:chassis.{category}",
        }
        return _answer(document, dict(error.headers or {}))

    @app.exception_handler(Exception)
    async def on_unknown_error(request: Request, error: Exception) -> JSONResponse:
        _log.error("request_failed", error=type(error).__name__, exc_info=error)
        return _answer(unknown_problem(request_id=_request_id(request.scope)))


def _answer(document: dict[str, Any], headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(
        document, status_code=document["status"], media_type=MEDIA_TYPE, headers=headers
    )


def _request_id(scope: Scope) -> str:
    return str(scope.get("state", {}).get("request_id", ""))


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


class RequestStory:
    """Gives each request its id, its span and its correlation, and measures it by route."""

    def __init__(self, app: ASGIApp, service: str) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _header(scope, b"x-request-id")[:100] or str(uuid7())
        scope.setdefault("state", {})["request_id"] = request_id
        correlation = _header(scope, b"x-correlation-id")[:100] or request_id
        status = _SERVER_ERROR
        started = monotonic()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", request_id.encode("latin-1")),
                ]
            await send(message)

        with story(
            name=scope["method"],
            kind=SpanKind.SERVER,
            traceparent=_header(scope, b"traceparent"),
            correlation_id=correlation,
            causation_id=request_id,
            attributes={"http.request.method": scope["method"]},
        ) as span:
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                # The template, never the path: tokens and ids in paths stay out of traces.
                route = getattr(scope.get("route"), "path", "unmatched")
                span.update_name(f"{scope['method']} {route}")
                span.set_attribute("http.route", route)
                span.set_attribute("http.response.status_code", status)
                if status >= _SERVER_ERROR:
                    span.set_status(Status(StatusCode.ERROR))
                metrics.request_seconds.record(
                    monotonic() - started,
                    {
                        "http.route": route,
                        "http.request.method": scope["method"],
                        "http.response.status_code": status,
                    },
                )


class Deadline:
    """Ends a request that takes too long, so that a stuck dependency cannot pile up callers."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            async with asyncio.timeout(self._seconds) as limit:
                await self._app(scope, receive, watch)
        except TimeoutError:
            if started or not limit.expired():
                raise
            await _answer(problem(TimedOut(), request_id=_request_id(scope)))(scope, receive, send)


async def _drain(receive: Receive) -> None:
    """Read a body nobody wants, up to a bound: a caller still sending would miss the refusal."""
    seen = 0
    while seen < _DRAINED_BYTES:
        message = await receive()
        seen += len(message.get("body", b""))
        if not message.get("more_body"):
            return


class BodyLimit:
    """Refuses a body over the limit: by its declared length, else as soon as it has grown past."""

    def __init__(self, app: ASGIApp, limit_bytes: int) -> None:
        self._app = app
        self._limit = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = _header(scope, b"content-length")
        if declared.isdigit() and int(declared) > self._limit:
            await _drain(receive)
            await _answer(problem(BodyTooLarge(), request_id=_request_id(scope)))(
                scope, receive, send
            )
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._limit:
                raise BodyTooLarge
            return message

        await self._app(scope, counted, send)
