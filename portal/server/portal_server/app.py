"""The application: its API, a file if there is one, else the one page, which knows its routes."""

import hashlib
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from servestatic import ServeStaticASGI
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal_server.headers import caching, safe

READY = "/health/ready"
API = "/api/portal/"
_PAGE = "/index.html"
_READING = ("GET", "HEAD")


class Portal:
    """Serves one built portal and ``api``; which files there are is settled when it is made."""

    def __init__(self, built: Path, api: ASGIApp) -> None:
        self._api = api
        self._files = _files(built)
        if _PAGE not in self._files.files:
            raise FileNotFoundError(f"{built}: no index.html; build the portal first")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._api(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope)(scope, receive, _with_safe_headers(scope["path"], send))

    def _answer(self, scope: Scope) -> ASGIApp:
        path = scope["path"]
        if path.startswith(API):
            return self._api
        if scope["method"] not in _READING:
            return PlainTextResponse("", status_code=405, headers={"allow": ", ".join(_READING)})
        if path == READY:
            return PlainTextResponse("ok")
        if path in self._files.files:
            return _as_application(self._files)
        if _is_file_name(path):
            return PlainTextResponse("", status_code=404, headers={"cache-control": "no-store"})
        return self._page

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _as_application(self._files)({**scope, "path": _PAGE}, receive, send)


def _files(built: Path) -> ServeStaticASGI:
    files = ServeStaticASGI(
        None,
        root=built,
        max_age=None,
        allow_all_origins=False,
        immutable_file_test=lambda _path, _url: False,
        add_headers_function=_add_headers,
    )
    # The build's own notes lie in hidden folders.
    for path in [path for path in files.files if "/." in path]:
        del files.files[path]
    return files


def _add_headers(headers: Headers, path: str, url: str) -> None:
    headers["Cache-Control"] = caching(url)
    # By its content: in an image every file may bear the same date.
    headers["ETag"] = f'"{hashlib.sha256(Path(path).read_bytes()).hexdigest()[:32]}"'


def _as_application(files: ServeStaticASGI) -> ASGIApp:
    application: Any = files
    return application  # type: ignore[no-any-return] # asgiref's types, which mean the same


def _is_file_name(path: str) -> bool:
    # A page's address has no dot in its last part; what has one is a file that is not there.
    return "." in path.rsplit("/", 1)[-1]


def _with_safe_headers(path: str, send: Send) -> Send:
    async def send_safely(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(safe(path))
            if path.startswith(API):
                MutableHeaders(scope=message)["cache-control"] = "no-store"
        await send(message)

    return send_safely
