"""The files that browsers load: the page's script and the offline verifier."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.exceptions import HTTPException

from verify.web_files import ASSETS, OFFLINE, WORKER, WebFile, WebFiles

router = APIRouter(include_in_schema=False)

_FOR_EVER = "public, max-age=31536000, immutable"
_SAME_ORIGIN = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# The decoder of the camera's pictures is WebAssembly; nothing else may make code of data.
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    + _SAME_ORIGIN
)
_SHARED = {
    "vary": "accept-encoding",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
_OF_PAGE = {
    "content-security-policy": _PAGE_POLICY,
    "permissions-policy": "camera=(self), microphone=(), geolocation=()",
    "x-robots-tag": "noindex",
    "cache-control": "no-cache",
}
_OF_WORKER = {
    "content-security-policy": f"default-src 'none'; connect-src 'self'; {_SAME_ORIGIN}",
    "cache-control": "no-cache",
}


def _web(request: Request) -> WebFiles:
    files: WebFiles = request.app.state.web_files
    return files


Web = Annotated[WebFiles, Depends(_web)]


@router.api_route(ASSETS + "{name}", methods=["GET", "HEAD"])
async def show_asset(name: str, request: Request, web: Web) -> Response:
    return _sent(request, web.find(ASSETS + name), {"cache-control": _FOR_EVER})


@router.api_route(OFFLINE, methods=["GET", "HEAD"])
async def show_offline_verifier(request: Request, web: Web) -> Response:
    return _sent(request, web.find(OFFLINE), _OF_PAGE)


@router.api_route(WORKER, methods=["GET", "HEAD"])
async def show_worker(request: Request, web: Web) -> Response:
    return _sent(request, web.find(WORKER), _OF_WORKER)


def _sent(request: Request, file: WebFile | None, more: dict[str, str]) -> Response:
    if file is None:
        raise HTTPException(404)
    headers = {**_SHARED, **more, "etag": file.etag}
    tags = request.headers.get("if-none-match", "").replace("W/", "")
    if file.etag in [tag.strip() for tag in tags.split(",")]:
        return Response(status_code=304, headers=headers)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["content-encoding"] = "gzip"
    body = file.compressed if packed else file.body
    if request.method == "HEAD":
        headers["content-length"] = str(len(body))
        return Response(headers=headers, media_type=file.media_type)
    return Response(body, headers=headers, media_type=file.media_type)
