"""The OpenAPI document of a service, with the failures that need not be said at each route.

FastAPI knows neither that a form it refuses is answered by a problem document, nor what a
dependency refuses. Both are said here once, and so are true of every route.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute

from chassis.errors import ServiceError
from chassis.problems import MEDIA_TYPE, SCHEMA, STATUS, UNPROCESSABLE

Dependency = TypeVar("Dependency", bound=Callable[..., Any])
_refused: dict[Callable[..., Any], tuple[type[ServiceError], ...]] = {}
_PROBLEM = {"schema": {"$ref": "#/components/schemas/Problem"}}
# What FastAPI would have answered in its place.
_UNUSED = ("HTTPValidationError", "ValidationError")


def refuses(*errors: type[ServiceError]) -> Callable[[Dependency], Dependency]:
    """Have every route that depends on the marked function say that it may fail so."""

    def mark(dependency: Dependency) -> Dependency:
        _refused[dependency] = errors
        return dependency

    return mark


def responses(*errors: type[ServiceError]) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI ``responses=`` of a route: its failures by status, with their codes."""
    found: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        _add(found, STATUS[error.category], error.code)
    return found


def document_of(
    service: str, routers: Sequence[APIRouter], *, problem_documents: bool = True
) -> dict[str, Any]:
    """Return the service's document; needs neither settings nor database."""
    app = DescribedApp(title=f"Yuzheng {service}", version="1", problem_documents=problem_documents)
    for router in routers:
        app.include_router(router)
    return app.openapi()


class DescribedApp(FastAPI):
    """An application whose document says how its routes really fail.

    Without ``problem_documents`` its failures have a form of their own (remote signing has), and
    what they say is said at the routes.
    """

    def __init__(self, *, problem_documents: bool = True, **known_to_fastapi: Any) -> None:
        super().__init__(**known_to_fastapi)
        self._problem_documents = problem_documents

    def openapi(self) -> dict[str, Any]:
        """Return the document, made once."""
        made = self.openapi_schema
        document = super().openapi()
        if document is not made:
            _complete(document, self.routes, _tell if self._problem_documents else _forget)
        return document


def _complete(
    document: dict[str, Any],
    routes: Sequence[BaseRoute],
    tell: Callable[[dict[int | str, dict[str, Any]], Dependant], None],
) -> None:
    for route in iter_route_contexts(routes):
        path = document["paths"].get(route.path_format, {})
        for method in route.methods or ():
            if method.lower() in path:
                tell(path[method.lower()]["responses"], route.dependant)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    if tell is _tell:
        schemas["Problem"] = SCHEMA
    for name in _UNUSED:
        schemas.pop(name, None)


def _tell(found: dict[int | str, dict[str, Any]], dependant: Dependant) -> None:
    if found.pop("422", None):
        _add(found, "422", UNPROCESSABLE)
    for dependency in _dependencies(dependant):
        for error in _refused.get(dependency, ()):
            _add(found, str(STATUS[error.category]), error.code)


def _forget(found: dict[int | str, dict[str, Any]], _: Dependant) -> None:
    found.pop("422", None)


def _dependencies(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    for one in dependant.dependencies:
        if one.call:
            yield one.call
        yield from _dependencies(one)


def _add(found: dict[int | str, dict[str, Any]], status: int | str, code: str) -> None:
    """Let ``found`` say the failure too, once."""
    entry = found.setdefault(status, {"description": "", "content": {MEDIA_TYPE: _PROBLEM}})
    codes = [one for one in entry["description"].split(" · ") if one]
    if code not in codes:
        entry["description"] = " · ".join([*codes, code])
