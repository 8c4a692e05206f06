"""The OpenAPI document, made without settings, database or token."""

from typing import Any

from chassis.openapi import document_of
from seal.app import ROUTERS


def openapi_document() -> dict[str, Any]:
    """Return the document of the routes.

    The remote signing API has a form of its own for failures; a malformed request is a 400 in it.
    """
    return document_of("seal", ROUTERS, problem_documents=False)
