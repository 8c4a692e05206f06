"""What Prometheus answers to a panel's queries, on one grid of instants for all series."""

import asyncio
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import structlog

from portal_server.dashboards import Panel, Query
from portal_server.errors import FiguresRefused, FiguresUnreachable

_log = structlog.get_logger()
# More points than this no picture shows; more series nobody can tell apart.
_MOST_POINTS = 240
MOST_SERIES = 40
# 40 series × 241 points are some 400 kB; what is far above is not what was asked for.
_MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class Span:
    """The instants that are asked for, in Unix seconds; both ends are among them."""

    start: int
    end: int
    step: int

    @classmethod
    def until(cls, now: float, *, minutes: int, scrape_seconds: int) -> "Span":
        """Return the last ``minutes``; the ends lie on whole looks, so that pictures keep still."""
        looks = math.ceil(minutes * 60 / scrape_seconds / _MOST_POINTS)
        step = looks * scrape_seconds
        end = int(now // scrape_seconds) * scrape_seconds
        return cls(end - minutes * 60 // step * step, end, step)

    @property
    def points(self) -> int:
        """How many instants there are."""
        return (self.end - self.start) // self.step + 1

    def window_seconds(self, scrape_seconds: int) -> int:
        """Return over how long a rate is taken: no event between two points goes unseen."""
        return max(4 * scrape_seconds, self.step + scrape_seconds)


@dataclass(frozen=True)
class Series:
    """One line: a value or nothing for each instant of the span."""

    name: str
    values: list[float | None]


class Prometheus:
    """Asks one Prometheus; the queries are the dashboards' and nobody else's."""

    def __init__(
        self, client: httpx.AsyncClient, *, url: str, timeout_seconds: float, at_once: int
    ) -> None:
        self._client = client
        self._url = url.rstrip("/") + "/api/v1/query_range"
        self._timeout_seconds = timeout_seconds
        self._turn = asyncio.Semaphore(at_once)

    async def course(self, panel: Panel, span: Span, *, scrape_seconds: int) -> list[Series]:
        """Return all series of the panel.

        Raises ``FiguresUnreachable`` when Prometheus does not answer in time, ``FiguresRefused``
        when it answers anything but figures.
        """
        window = span.window_seconds(scrape_seconds)
        try:
            async with asyncio.timeout(self._timeout_seconds):
                answers = [await self._ask(one.filled(window), span) for one in panel.queries]
        except (httpx.TransportError, TimeoutError) as error:
            _log.warning("figures_unreachable", error=type(error).__name__)
            raise FiguresUnreachable from error
        return [
            series
            for query, answer in zip(panel.queries, answers, strict=True)
            for series in _series(query, answer, span)
        ]

    async def _ask(self, expression: str, span: Span) -> list[dict[str, Any]]:
        form = {
            "query": expression,
            "start": str(span.start),
            "end": str(span.end),
            "step": str(span.step),
            # It gives up when nobody waits any more.
            "timeout": f"{math.ceil(self._timeout_seconds)}s",
        }
        async with self._turn, self._client.stream("POST", self._url, data=form) as response:
            body = await _bounded(response)
        return _matrix(response.status_code, body)


def _matrix(status: int, body: bytes) -> list[dict[str, Any]]:
    """Return the series of an answer; raise ``FiguresRefused`` when it has none."""
    try:
        document = json.loads(body)
        if document["status"] == "success" and document["data"]["resultType"] == "matrix":
            found: list[dict[str, Any]] = document["data"]["result"]
            return found
        reason = str(document.get("errorType"))
    except (ValueError, KeyError, TypeError) as error:
        reason = type(error).__name__
    # Not what it says: an error of Prometheus repeats the query and the values in it.
    _log.warning("figures_refused", status=status, reason=reason)
    raise FiguresRefused


async def _bounded(response: httpx.Response) -> bytes:
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > _MOST_BYTES:
            _log.warning("figures_refused", status=response.status_code, reason="too large")
            raise FiguresRefused
    return bytes(body)


def _series(query: Query, answer: Sequence[dict[str, Any]], span: Span) -> Iterator[Series]:
    for one in answer:
        values: list[float | None] = [None] * span.points
        for at, text in one["values"]:
            value = float(text)
            # Nothing was divided by nothing: there is no figure, not an endless one.
            if math.isfinite(value):
                values[round((at - span.start) / span.step)] = value
        if any(value is not None for value in values):
            yield Series(query.name(one["metric"]), values)


def foremost(series: Sequence[Series]) -> list[Series]:
    """Return as many as can be shown: those with the largest figures, in their own order."""
    if len(series) <= MOST_SERIES:
        return list(series)
    largest = sorted(series, key=_peak, reverse=True)[:MOST_SERIES]
    kept = {id(one) for one in largest}
    return [one for one in series if id(one) in kept]


def _peak(series: Series) -> float:
    return max(value for value in series.values if value is not None)
