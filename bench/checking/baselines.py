"""The applications the check of a QR code is compared with: ``python -m bench.checking.baselines``.

Each is served by the same server with the same settings as ours (``chassis.serving``), but for
``documented``, which is served as the framework's documentation does it: uvicorn with uvloop and
httptools, here without its access log. The page they send is a file with a real answer of ours, so
that all send the same bytes; the headers too, where they are told them.
"""

import argparse
import asyncio
import gc
import json
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Response
from redis.asyncio import Redis
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.serving import run, serve


def constant(page: bytes, told: dict[str, str]) -> ASGIApp:
    """Return the least an ASGI application can do: the same bytes, whatever is asked."""
    told = told or {
        "content-type": "text/html; charset=utf-8",
        "content-length": str(len(page)),
    }
    headers = [(name.encode(), value.encode()) for name, value in told.items()]

    async def app(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": page})

    return app


def plain(redis_url: str, page: bytes) -> ASGIApp:
    """Return a route as the framework's documentation shows it: one awaited GET of Redis.

    It fills no page and judges nothing, so it does less than it would have to.
    """
    app = FastAPI()
    redis = Redis.from_url(redis_url)

    @app.get("/v/{token}")
    async def check(token: str) -> Response:
        await redis.get(f"plain:{token}")
        return Response(page, media_type="text/html")

    return app


def main() -> None:
    """Serve one of them until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("which", choices=("constant", "plain", "documented"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--page", type=Path, required=True)
    parser.add_argument("--headers", type=json.loads, default={})
    parser.add_argument("--redis-url", default="")
    told = parser.parse_args()
    page = told.page.read_bytes()
    if told.which == "documented":
        app = plain(told.redis_url, page)
        uvicorn.run(app, port=told.port, log_level="warning", access_log=False)
        return
    constantly = told.which == "constant"
    app = constant(page, told.headers) if constantly else plain(told.redis_url, page)
    # As our own process does.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)

    async def body(stop: asyncio.Event) -> None:
        await serve(app, host="127.0.0.1", port=told.port, stop=stop)

    run(body)


if __name__ == "__main__":
    main()
