"""What routes depend on, and the error documents of the remote signing API."""

from typing import Annotated, Any

import structlog
from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from chassis.errors import ServiceError
from chassis.problems import STATUS
from seal.errors import InvalidClient, InvalidToken, MalformedRequest, SealError
from seal.http.schemas import ErrorAnswer
from seal.usecases import Desk
from seal.usecases.admit import recognise

_log = structlog.get_logger()
_SERVER_ERROR = 500
# Tokens and signatures are not for a cache on the way (RFC 6749 5.1).
NOT_CACHED = {"cache-control": "no-store", "pragma": "no-cache"}


def desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


TheDesk = Annotated[Desk, Depends(desk)]
_bearer = HTTPBearer(auto_error=False, description="Token of POST /oauth2/token")


async def client(
    the_desk: TheDesk,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> str:
    """Return the id of the calling client; raise ``InvalidToken``."""
    if given is None:
        raise InvalidToken
    return await recognise(the_desk, given.credentials)


Client = Annotated[str, Depends(client)]
FOR_CLIENTS = [Depends(client)]


def not_cached(response: Response) -> None:
    """Mark the answer as meant for its caller alone."""
    response.headers.update(NOT_CACHED)


def error_responses(*errors: type[SealError]) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI ``responses=`` of a route: its failures by status, with their codes."""
    found: dict[int | str, dict[str, Any]] = {}
    failures: tuple[type[SealError], ...] = (MalformedRequest, *errors)
    for error in failures:
        entry = found.setdefault(STATUS[error.category], {"description": "", "model": ErrorAnswer})
        entry["description"] = " · ".join(filter(None, [entry["description"], error.code]))
    return found


def add_error_documents(app: FastAPI) -> None:
    """Answer every failure of this service in the form of the remote signing API."""

    @app.exception_handler(SealError)
    async def on_seal_error(_: Request, error: SealError) -> JSONResponse:
        return _refuse(error)

    @app.exception_handler(RequestValidationError)
    async def on_malformed(_: Request, error: RequestValidationError) -> JSONResponse:
        place = "/" + "/".join(str(part) for part in error.errors()[0]["loc"][1:])
        return _refuse(MalformedRequest(f"字段 {place} 缺失或格式不正确。", field=place))


def _refuse(error: ServiceError) -> JSONResponse:
    status = STATUS[error.category]
    log = _log.error if status >= _SERVER_ERROR else _log.warning
    log("request_refused", code=error.code, field=error.field)
    headers = dict(NOT_CACHED)
    if isinstance(error, InvalidToken):
        headers["www-authenticate"] = 'Bearer error="invalid_token"'
    if isinstance(error, InvalidClient):
        headers["www-authenticate"] = 'Basic realm="seal"'
    return JSONResponse(_document(error), status_code=status, headers=headers)


def _document(error: ServiceError) -> dict[str, str]:
    word = error.csc_error if isinstance(error, SealError) else "server_error"
    document = {"error": word, "error_description": error.detail, "code": error.code}
    return document | ({"field": error.field} if error.field else {})
