"""The simulator's HTTP face: the API's own routes, and one to set its faults."""

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from email.utils import format_datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import FastAPI, Form, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from seal.domain import ECDSA_WITH_SHA256, ID_EC_PUBLIC_KEY, P256
from seal.errors import MalformedRequest
from seal.http.deps import add_error_documents
from seal.http.schemas import (
    AuthoriseBody,
    CredentialInfoBody,
    LogEntryAnswer,
    SignHashBody,
    TokenForm,
)
from seal.simulator.faults import Fault
from seal.simulator.simulated import CREDENTIAL, SimulatedSeal

_BODY_LIMIT = 256 * 1024
_OVERLOADED_ABOVE = 4
Next = Callable[[Request], Awaitable[Response]]


class FaultsBody(BaseModel):
    faults: set[Fault]


def build_simulator(seal: SimulatedSeal) -> FastAPI:
    """Return the simulator; ``PUT /simulator/faults`` changes its faults while it runs."""
    app = FastAPI(title="测试模拟签章服务", docs_url=None, redoc_url=None)
    add_error_documents(app)
    _add_transport_faults(app, seal)
    _add_controls(app, seal)
    _add_description(app, seal)
    _add_signing(app, seal)
    return app


def _add_transport_faults(app: FastAPI, seal: SimulatedSeal) -> None:
    under_way = 0

    @app.middleware("http")
    async def transport(request: Request, proceed: Next) -> Response:
        nonlocal under_way
        under_way += 1
        try:
            if Fault.OVERLOADED in seal.faults:
                await asyncio.sleep(0.02)
                if under_way > _OVERLOADED_ABOVE:
                    return _crash()
            size = request.headers.get("content-length", "0")
            if int(size) > _BODY_LIMIT and Fault.LARGE_BODIES not in seal.faults:
                answer: Response = JSONResponse(
                    {"error": "invalid_request", "error_description": "请求过大。"},
                    status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                )
            else:
                answer = await proceed(request)
            answer.headers["date"] = format_datetime(seal.now(), usegmt=True)
            return answer
        finally:
            under_way -= 1

    @app.exception_handler(RequestValidationError)
    async def on_malformed(_: Request, __: RequestValidationError) -> Response:
        if Fault.CRASHES in seal.faults:
            return _crash()
        return JSONResponse(
            {"error": MalformedRequest.csc_error, "error_description": MalformedRequest.detail},
            status_code=HTTPStatus.BAD_REQUEST,
        )


def _add_controls(app: FastAPI, seal: SimulatedSeal) -> None:
    @app.get("/simulator")
    async def read_state() -> dict[str, Any]:
        return {
            "faults": sorted(seal.faults),
            "signatures": len(seal.log),
            "root": seal.identity.root_pem,
        }

    @app.put("/simulator/faults")
    async def set_faults(body: FaultsBody) -> FaultsBody:
        seal.faults = body.faults
        return body

    @app.get("/health/ready")
    async def ready() -> dict[str, bool]:
        return {"ready": True}


def _add_description(app: FastAPI, seal: SimulatedSeal) -> None:
    @app.post("/oauth2/token")
    async def issue_token(form: Annotated[TokenForm, Form()]) -> dict[str, Any]:
        token = seal.log_in(form.client_id, form.client_secret)
        return {"access_token": token, "token_type": "Bearer", "expires_in": seal.token_seconds}

    @app.post("/csc/v1/info")
    async def read_info() -> dict[str, Any]:
        methods = ["credentials/list", "credentials/info", "credentials/authorize"]
        hidden = Fault.NO_SIGN_HASH in seal.faults
        return {
            "specs": "1.0.4.0",
            "name": f"{seal.identity.office_name}签章服务（测试模拟）",
            "methods": methods if hidden else [*methods, "signatures/signHash"],
        }

    @app.post("/csc/v1/credentials/list")
    async def list_credentials(authorization: Annotated[str, Header()] = "") -> dict[str, Any]:
        seal.recognise(authorization)
        hidden = Fault.HIDDEN_CREDENTIAL in seal.faults
        return {"credentialIDs": [] if hidden else [CREDENTIAL]}

    @app.post("/csc/v1/credentials/info")
    async def read_credential(
        body: CredentialInfoBody, authorization: Annotated[str, Header()] = ""
    ) -> dict[str, Any]:
        seal.recognise(authorization)
        seal.check_credential(body.credentialID)
        return {
            "key": {
                "status": "disabled" if Fault.DISABLED in seal.faults else "enabled",
                "algo": [ECDSA_WITH_SHA256, ID_EC_PUBLIC_KEY],
                "len": 256,
                "curve": P256,
            },
            "cert": {"certificates": seal.certificates()},
            "authMode": "implicit",
            "SCAL": "1" if Fault.SCAL_1 in seal.faults else "2",
            "multisign": seal.multisign,
        }


def _add_signing(app: FastAPI, seal: SimulatedSeal) -> None:
    @app.post("/csc/v1/credentials/authorize")
    async def authorise(
        body: AuthoriseBody, authorization: Annotated[str, Header()] = ""
    ) -> dict[str, Any]:
        seal.recognise(authorization)
        return {"SAD": seal.authorise(body), "expiresIn": 60}

    @app.post("/csc/v1/signatures/signHash")
    async def sign(
        body: SignHashBody,
        authorization: Annotated[str, Header()] = "",
        idempotency_key: Annotated[str | None, Header()] = None,
    ) -> Response:
        seal.recognise(authorization)
        if Fault.SLOW in seal.faults:
            await asyncio.sleep(seal.slow_seconds)
        if Fault.ERROR_500 in seal.faults:
            return _crash()
        made = seal.sign(body, idempotency_key or body.clientData)
        content = json.dumps({"signatures": [_base64(one) for one in made]})
        if Fault.TRUNCATED in seal.faults:
            content = content[: len(content) // 2]
        return Response(content, media_type="application/json")

    @app.get("/log", response_model=None)
    async def read_log(
        authorization: Annotated[str, Header()] = "",
        after: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> dict[str, Any] | Response:
        if Fault.NO_LOG in seal.faults:
            return JSONResponse({"error": "not_found"}, status_code=HTTPStatus.NOT_FOUND)
        if Fault.LOG_OPEN not in seal.faults:
            seal.recognise(authorization)
        entries = [LogEntryAnswer.of(entry) for entry in seal.entries(after, limit)]
        return {
            "entries": [entry.model_dump(mode="json") for entry in entries],
            "next_after": max((entry.position for entry in entries), default=after),
        }


def _crash() -> Response:
    return JSONResponse({"error": "server_error"}, status_code=HTTPStatus.INTERNAL_SERVER_ERROR)


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
