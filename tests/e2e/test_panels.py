"""Every picture of every dashboard has something to show: asked of a real Prometheus."""

import asyncio
import json
import re
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from deploy.local.demo import document
from deploy.observability import generate, scraping
from deploy.observability.boards import BOARDS
from deploy.observability.panels import document as board_document
from tests.kit.stack import stack
from tests.kit.world import YEAR, World

pytestmark = pytest.mark.e2e
RULES = generate.FOLDER.parent / "rules" / "yuzheng.yaml"
SCRAPE_SECONDS = 2
# All that this Prometheus has seen.
WINDOW = "10m"
STARTED_SECONDS = 30
SHOWN_SECONDS = 240
METRIC = re.compile(r"\b(?:yuzheng|envoy|rabbitmq|process)_[a-z0-9_]+|\bup\b")
# What a query filters and groups by are labels.
LABELS = re.compile(r"\{[^}]*\}|\bby \([^)]*\)")


class Prometheus:
    """One server of our own and what it answers."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def ask(self, path: str, **values: str) -> Any:
        answer = await self._client.get(path, params=values)
        body = answer.json()
        assert body["status"] == "success", body
        return body["data"]

    async def values(self, expression: str) -> list[str]:
        """Return the values of an expression as of now, windows filled in."""
        query = expression.replace("$__rate_interval", WINDOW)
        return [one["value"][1] for one in (await self.ask("/api/v1/query", query=query))["result"]]

    async def is_ready(self) -> bool:
        try:
            return (await self._client.get("/-/ready")).is_success
        except httpx.TransportError:
            return False


@asynccontextmanager
async def prometheus(folder: Path) -> AsyncIterator[Prometheus]:
    """Run Prometheus before the stack, with the alert rules; ended at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    configuration = folder / "prometheus.yml"
    configuration.write_text(
        scraping.configuration(stack().checkout, every_seconds=SCRAPE_SECONDS, rules=str(RULES))
    )
    program = shutil.which("prometheus")
    assert program, "make setup installs it"
    process = await asyncio.create_subprocess_exec(
        program,
        f"--config.file={configuration}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--enable-feature=exemplar-storage",
        "--log.level=error",
    )
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
            server = Prometheus(client)
            async with asyncio.timeout(STARTED_SECONDS):
                while not await server.is_ready():
                    assert process.returncode is None, "Prometheus has ended"
                    await asyncio.sleep(0.05)
            yield server
    finally:
        process.terminate()
        await process.wait()


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


@pytest.mark.timeout(400)
async def test_every_panel_shows_something_under_load(world: World, tmp_path: Path) -> None:
    async with prometheus(tmp_path) as server:
        # Before the load, so that what happens is seen to grow.
        while await server.values("up == 0") or not await server.values("up"):
            await asyncio.sleep(0.2)
        await load(world, tmp_path)
        missing = await unshown(server)
        with suppress(TimeoutError):
            async with asyncio.timeout(SHOWN_SECONDS):
                while missing:
                    # A series that the first time has made begins to grow with the second.
                    await load(world, tmp_path)
                    await asyncio.sleep(2 * SCRAPE_SECONDS)
                    missing = await unshown(server)
        assert missing == []
        await _traces_are_named(server)
        await _rules_are_loaded(server)


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
