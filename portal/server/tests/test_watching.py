"""The dashboards' API: who may ask, what for, and what a Prometheus that fails is answered with."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import yaml
from aiohttp import web
from tests.kit import tokens
from tests.kit.ports import free_port
from tests.kit.prometheus import Prometheus, prometheus

from portal_server.api import build_api
from portal_server.dashboards import load
from portal_server.figures import MOST_SERIES, Series, Span, foremost
from portal_server.settings import Settings

FOLDER = Path(__file__).parents[3] / "deploy" / "observability" / "dashboards"
LIST = "/api/portal/v1/dashboards"
BOARD = f"{LIST}/yuzheng-overview"
PANEL = f"{BOARD}/panels/1"
PLACE = UUID(int=41)
ROLES = (
    "technician",
    "employer_administrator",
    "department_administrator",
    "training_institution",
    "bureau_administrator",
    "provincial_administrator",
)
OPERATOR = tokens.bearer(grants=[("operator", PLACE)])
LOOK_SECONDS = 1


@asynccontextmanager
async def api(prometheus_url: str = "", **settings: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Ask the API of a portal with these settings."""
    app = build_api(
        Settings(
            api_port=1, built_dir=FOLDER, dashboards_dir=FOLDER, prometheus_url=prometheus_url,
            scrape_seconds=LOOK_SECONDS, **settings,
        ),
        keys=tokens.published_keys,
    )  # fmt: skip
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://portal") as client,
    ):
        yield client


@pytest.fixture(scope="module")
async def watched(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Prometheus]:
    """Run a Prometheus that watches itself."""
    port = free_port()
    targets = [{"targets": [f"127.0.0.1:{port}"]}]
    configuration = {
        "global": {"scrape_interval": f"{LOOK_SECONDS}s", "scrape_timeout": f"{LOOK_SECONDS}s"},
        "scrape_configs": [{"job_name": "prometheus", "static_configs": targets}],
    }
    folder = tmp_path_factory.mktemp("prometheus")
    async with prometheus(folder, yaml.safe_dump(configuration), port=port) as server:
        await server.until_all_are_up()
        async with asyncio.timeout(20):
            # The last whole look lies up to so long ago.
            while not await server.values(f"up offset {LOOK_SECONDS}s"):
                await asyncio.sleep(0.1)
        yield server


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "chassis.unauthenticated"),
        ({"authorization": "Bearer a.b.c"}, "chassis.unauthenticated"),
        (tokens.bearer(grants=[("operator", PLACE)], aud="other"), "chassis.unauthenticated"),
        (
            tokens.bearer(grants=[("operator", PLACE)], lifetime=timedelta(hours=-1)),
            "chassis.unauthenticated",
        ),
        (tokens.client_bearer(uuid4(), "checks"), "chassis.unauthenticated"),
        (tokens.bearer(person=uuid4()), "chassis.forbidden"),
        (tokens.bearer(service="hours", scopes=["resolve"]), "chassis.forbidden"),
        *[(tokens.bearer(grants=[(role, PLACE)]), "chassis.forbidden") for role in ROLES],
    ],
)
async def test_nobody_but_an_operator_sees_anything(headers: dict[str, str], code: str) -> None:
    status = 401 if code.endswith("unauthenticated") else 403
    async with api() as portal:
        # Nor does anybody learn what there is.
        for path in (LIST, BOARD, PANEL, f"{LIST}/nothing", f"{BOARD}/panels/999"):
            answer = await portal.get(path, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (status, code), path


async def test_operator_of_any_place_sees_all() -> None:
    async with api() as portal:
        other = tokens.bearer(grants=[("technician", PLACE), ("operator", uuid4())])
        assert (await portal.get(BOARD, headers=other)).status_code == 200


async def test_dashboards_are_described_without_what_is_asked_for_them() -> None:
    async with api() as portal:
        listed = (await portal.get(LIST, headers=OPERATOR)).json()
        described = (await portal.get(BOARD, headers=OPERATOR)).json()
    assert [one["uid"] for one in listed["items"]] == list(load(FOLDER))
    panel = described["panels"][2]
    assert (panel["title"], panel["unit"], panel["kind"]) == ("公开答案的时点距今", "s", "number")
    assert panel["thresholds"] == [
        {"value": None, "colour": "green"},
        {"value": 60, "colour": "red"},
    ]
    assert panel["place"] == {"x": 16, "y": 0, "width": 8, "height": 4}
    assert "yuzheng_" not in json.dumps(described)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"{LIST}/nothing", 404, "portal.dashboard_not_found"),
        (f"{LIST}/nothing/panels/1", 404, "portal.dashboard_not_found"),
        (f"{BOARD}/panels/999", 404, "portal.panel_not_found"),
        (f"{BOARD}/panels/up", 422, "chassis.unprocessable"),
        (f"{PANEL}?minutes=4", 422, "chassis.unprocessable"),
        (f"{PANEL}?minutes=1441", 422, "chassis.unprocessable"),
        (PANEL, 503, "portal.figures_not_configured"),
    ],
)
async def test_what_is_not_there_is_said(path: str, status: int, code: str) -> None:
    async with api() as portal:
        answer = await portal.get(path, headers=OPERATOR)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_list_says_whether_there_are_figures() -> None:
    for address, configured in (("", False), ("http://127.0.0.1:1", True)):
        async with api(address) as portal:
            listed = (await portal.get(LIST, headers=OPERATOR)).json()
            assert listed["figures_configured"] is configured


async def test_figures_are_those_of_the_dashboards_query(watched: Prometheus) -> None:
    async with api(watched.address) as portal:
        # What a browser adds of its own is not asked.
        answer = await portal.get(
            f"{PANEL}?minutes=15&query=prometheus_tsdb_head_series", headers=OPERATOR
        )
    figures = answer.json()
    assert answer.status_code == 200
    (line,) = figures["series"]
    ends = [datetime.fromisoformat(figures[name]) for name in ("from_at", "until_at")]
    assert (ends[1] - ends[0]).total_seconds() == 15 * 60
    assert len(line["values"]) == 15 * 60 / figures["step_seconds"] + 1
    # One target that answers; before the first look there is nothing.
    assert (line["values"][-1], line["values"][0]) == (1, None)


async def test_panel_without_figures_is_empty(watched: Prometheus) -> None:
    async with api(watched.address) as portal:
        answer = await portal.get(f"{LIST}/yuzheng-business/panels/1", headers=OPERATOR)
    assert (answer.status_code, answer.json()["series"]) == (200, [])


async def test_every_query_is_understood(watched: Prometheus) -> None:
    async with api(watched.address) as portal:
        for board in load(FOLDER).values():
            for panel in board.panels:
                path = f"{LIST}/{board.uid}/panels/{panel}?minutes=1440"
                answer = await portal.get(path, headers=OPERATOR)
                assert answer.status_code == 200, (path, answer.text)


async def _silent(_: web.Request) -> web.Response:
    await asyncio.sleep(60)
    raise AssertionError


async def _broken(_: web.Request) -> web.Response:
    return web.Response(text="<html>a proxy's page</html>")


async def _refusing(request: web.Request) -> web.Response:
    error = {"status": "error", "errorType": "timeout", "error": (await request.post())["query"]}
    return web.json_response(error, status=503)


async def _endless(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    for _ in range(20):
        await answer.write(b" " * 1024 * 1024)
    return answer


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (None, "portal.figures_unreachable"),
        (_silent, "portal.figures_unreachable"),
        (_broken, "portal.figures_refused"),
        (_refusing, "portal.figures_refused"),
        (_endless, "portal.figures_refused"),
    ],
)
async def test_prometheus_that_fails_is_a_problem_that_says_so(behaviour: Any, code: str) -> None:
    port = free_port()
    app = web.Application()
    if behaviour:
        app.router.add_post("/api/v1/query_range", behaviour)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    if behaviour:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        async with api(f"http://127.0.0.1:{port}/", prometheus_timeout_seconds=0.5) as portal:
            answer = await portal.get(PANEL, headers=OPERATOR)
    finally:
        await runner.cleanup()
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (503, code)
    assert "Prometheus" in problem["detail"]
    assert "sum(up)" not in answer.text


@pytest.mark.parametrize(
    ("minutes", "points", "step"), [(5, 21, 15), (15, 61, 15), (60, 241, 15), (1440, 241, 360)]
)
def test_steps_follow_the_span(minutes: int, points: int, step: int) -> None:
    span = Span.until(1_700_000_007.9, minutes=minutes, scrape_seconds=15)
    assert (span.points, span.step) == (points, step)
    assert span.end == 1_700_000_007 // 15 * 15
    assert span.end - span.start == minutes * 60
    # Two looks at least lie in a window, and no moment between two points is left out.
    assert span.window_seconds(15) == max(60, step + 15)


def test_of_too_many_lines_the_largest_are_told() -> None:
    lines = [Series(str(number), [None, float(number)]) for number in range(MOST_SERIES + 5)]
    assert [one.name for one in foremost(lines)] == [str(n) for n in range(5, MOST_SERIES + 5)]
    assert foremost(lines[:3]) == lines[:3]
