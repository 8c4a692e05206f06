"""The OpenAPI document, made without settings, database or token."""

from typing import Any

from fastapi import FastAPI

from seal.app import ROUTERS


def openapi_document() -> dict[str, Any]:
    """Return the document of the routes; equal to what the running service serves."""
    app = FastAPI(title="Yuzheng seal", version="1")
    for router in ROUTERS:
        app.include_router(router)
    return app.openapi()
