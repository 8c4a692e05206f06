"""Every picture of every dashboard has something to show: asked of a real Prometheus, and drawn."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from deploy.local.demo import document
from deploy.local.servers.prometheus import NAME
from deploy.observability import scraping
from deploy.observability.boards import BOARDS
from deploy.observability.panels import Board
from deploy.observability.panels import document as board_document
from playwright.async_api import Locator, async_playwright, expect
from tests.browser.doors import Portal
from tests.browser.people import everybody
from tests.kit.browser import DESKTOP, PHONE, launch, sticks_out
from tests.kit.prometheus import Prometheus, prometheus
from tests.kit.stack import stack
from tests.kit.world import YEAR, World

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]
SCRAPE_SECONDS = 2
SHOWN_SECONDS = 240
METRIC = re.compile(r"\b(?:yuzheng|envoy|rabbitmq|process)_[a-z0-9_]+|\bup\b")
# What a query filters and groups by are labels.
LABELS = re.compile(r"\{[^}]*\}|\bby \([^)]*\)")
# Axes and letters of a chart are grey: what has a colour is a line.
_COLOURED = """canvas => {
  const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  let found = 0
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b, a] = data.subarray(i, i + 4)
    if (a > 200 && Math.max(r, g, b) - Math.min(r, g, b) > 60) found++
  }
  return found
}"""


@asynccontextmanager
async def watching(world: World, folder: Path) -> AsyncIterator[Prometheus]:
    """Run a Prometheus where the portal looks for one; that of `make watch` stands aside."""
    checkout = stack().checkout
    was_running = world.supervisor.is_running(NAME)
    world.supervisor.stop_processes([NAME])
    configuration = scraping.configuration(
        checkout, every_seconds=SCRAPE_SECONDS, rules=str(scraping.RULES)
    )
    try:
        async with prometheus(folder, configuration, port=checkout.ports["PROMETHEUS"]) as server:
            # Before any load, so that what happens is seen to grow.
            await server.until_all_are_up()
            yield server
    finally:
        if was_running:
            world.supervisor.start_process(NAME)


@pytest.fixture(scope="module")
async def watched(
    world: World, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Prometheus, list[str]]]:
    """Put load on the stack until every query shows something; yield what does not in the end."""
    folder = tmp_path_factory.mktemp("watched")
    async with watching(world, folder) as server:
        await load(world, folder)
        missing = await unshown(server)
        with suppress(TimeoutError):
            async with asyncio.timeout(SHOWN_SECONDS):
                while missing:
                    # A series that the first time has made begins to grow with the second.
                    await load(world, folder)
                    await asyncio.sleep(2 * SCRAPE_SECONDS)
                    missing = await unshown(server)
        yield server, missing


async def load(world: World, folder: Path) -> None:
    """Do the main job, check its certificate, revoke it, and check again; leave a claim waiting."""
    technician = await world.completed("王小明")
    certificate = await world.people.certificate(technician, YEAR)
    path = f"/api/certificates/v1/certificates/{certificate['certificate_id']}/file"
    file = folder / "certificate.pdf"
    file.write_bytes((await technician.account.download(path)).content)
    checked = await document.check(file, root=stack().checkout.pki / "root.pem")
    await world.public_state(checked.qr_url, "valid")
    await world.people.revoke(technician, certificate["certificate_id"])
    await world.public_state(checked.qr_url, "revoked")
    for _ in range(20):
        await world.gateway.client.get(urlsplit(checked.qr_url).path)
    await world.gateway.client.post("/api/verify/v1/lookups", json={})


async def unshown(server: Prometheus) -> list[str]:
    """Return the queries that show nothing yet, and the metrics nobody tells."""
    told = set(await server.ask("/api/v1/label/__name__/values"))
    found = []
    for board in BOARDS:
        for panel in json.loads(board_document(board))["panels"]:
            for target in panel["targets"]:
                expression = target["expr"]
                where = f"{board.uid}/{panel['title']}: {expression}"
                names = set(METRIC.findall(LABELS.sub("", expression)))
                found += [f"{where} ({name})" for name in names - told]
                values = await server.values(expression)
                if not any(value != "NaN" for value in values):
                    found.append(where)
    return found


async def test_every_panel_shows_something_under_load(
    watched: tuple[Prometheus, list[str]],
) -> None:
    server, missing = watched
    assert missing == []
    await _traces_are_named(server)
    await _rules_are_loaded(server)


async def test_the_portal_draws_every_dashboard(
    world: World, watched: tuple[Prometheus, list[str]]
) -> None:
    assert watched[1] == []
    people = await everybody(world)
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        portal = Portal(browser, stack().gateway, people)
        page = await portal.page("operator", "/operator/dashboards?minutes=15")
        for board in BOARDS:
            tab = page.get_by_role("button", name=board.title, exact=True)
            await tab.click()
            await expect(tab).to_have_attribute("aria-pressed", "true")
            await _is_drawn(page.locator("main"), board)
        await page.set_viewport_size(PHONE)
        assert await sticks_out(page) == ""
        await page.set_viewport_size(DESKTOP)
        assert await portal.faults() == []
        await browser.close()


async def _is_drawn(main: Locator, board: Board) -> None:
    """See each panel with its figure or its line, and the same in words beside it."""
    titles = main.locator("section.panel h3")
    await expect(titles).to_have_text([one.title for one in board.panels], timeout=20_000)
    await expect(main.get_by_text("这段时间没有数据。")).to_have_count(0)
    courses = sum(not one.number for one in board.panels)
    canvases = main.locator("canvas")
    await expect(canvases).to_have_count(courses)
    for canvas in await canvases.all():
        assert await canvas.evaluate(_COLOURED) > 0
    table = main.locator("details").first
    await table.locator("summary").click()
    await expect(table.locator("tbody tr").first).to_be_visible()


async def _traces_are_named(server: Prometheus) -> None:
    """See that a bucket leads to the trace of a request, which the collector has."""
    data = await server.ask(
        "/api/v1/query_exemplars",
        query="yuzheng_http_request_duration_seconds_bucket",
        start="0",
        end="9999999999",
    )
    traces = {one["labels"]["trace_id"] for series in data for one in series["exemplars"]}
    collected = (stack().checkout.state / "spans.jsonl").read_text("utf-8")
    assert any(trace in collected for trace in traces)


async def _rules_are_loaded(server: Prometheus) -> None:
    groups = (await server.ask("/api/v1/rules"))["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    assert rules
    assert [rule["name"] for rule in rules if rule["health"] == "err"] == []
