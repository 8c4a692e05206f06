"""What the portal's process answers: a file, the one page, or nothing."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from portal_server.api import build_api
from portal_server.app import Portal
from portal_server.settings import Settings

DASHBOARDS = Path(__file__).parents[3] / "deploy" / "observability" / "dashboards"

PAGE = "<!doctype html><title>portal</title>" + "·" * 2000
SCRIPT = "export const one = 1\n" * 200


def served(built: Path) -> httpx.AsyncClient:
    """Ask a portal of this build, with the API beside it."""
    api = build_api(Settings(api_port=1, built_dir=built, dashboards_dir=DASHBOARDS))
    transport = httpx.ASGITransport(app=Portal(built, api))
    return httpx.AsyncClient(transport=transport, base_url="http://portal")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text("{}")
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "assets" / "index-1a2b.js").write_text(SCRIPT)
    (tmp_path / "assets" / "decoding.worker-3c4d.js").write_text("onmessage = null")
    (tmp_path / "assets" / "index-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    return tmp_path


@pytest.fixture
async def portal(built: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with served(built) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/login", "/technician/years/2026", "/index.html"])
async def test_every_page_is_the_one_page_and_asked_for_again(
    portal: httpx.AsyncClient, path: str
) -> None:
    answer = await portal.get(path)
    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith("text/html")


async def test_unchanged_page_is_not_sent_again(portal: httpx.AsyncClient) -> None:
    tag = (await portal.get("/")).headers["etag"]
    assert (await portal.get("/login", headers={"if-none-match": tag})).status_code == 304


async def test_page_of_another_build_has_another_tag(built: Path) -> None:
    async def tag() -> str:
        async with served(built) as client:
            return str((await client.get("/")).headers["etag"])

    before = await tag()
    other = PAGE.replace("portal", "latrop")
    (built / "index.html").write_text(other, encoding="utf-8")
    assert await tag() != before


async def test_asset_is_kept_for_ever_and_comes_compressed(portal: httpx.AsyncClient) -> None:
    answer = await portal.get("/assets/index-1a2b.js", headers={"accept-encoding": "gzip"})
    assert answer.text == SCRIPT
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]
    plain = await portal.get("/assets/index-1a2b.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize(
    "path", ["/assets/gone-9z.js", "/favicon.ico", "/.vite/manifest.json", "/a/../../etc/passwd.d"]
)
async def test_missing_file_is_no_page(portal: httpx.AsyncClient, path: str) -> None:
    answer = await portal.get(path)
    assert (answer.status_code, answer.text) == (404, "")


async def test_head_tells_without_sending(portal: httpx.AsyncClient) -> None:
    answer = await portal.head("/login")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == len(PAGE.encode())


async def test_nothing_is_accepted(portal: httpx.AsyncClient) -> None:
    answer = await portal.post("/login", content=b"x")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/", "/assets/index-1a2b.js", "/nothing.js", "/api/portal/v1/x"])
async def test_every_answer_is_under_the_policy(portal: httpx.AsyncClient, path: str) -> None:
    headers = (await portal.get(path)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers


async def test_what_lies_beside_the_api_is_no_page_and_kept_nowhere(
    portal: httpx.AsyncClient,
) -> None:
    answer = await portal.get("/api/portal/v1/nothing")
    assert (answer.status_code, answer.json()["code"]) == (404, "chassis.not_found")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/metrics", "/health/live"])
async def test_the_process_tells_nothing_of_itself(portal: httpx.AsyncClient, path: str) -> None:
    assert (await portal.get(path)).text == PAGE


def test_nothing_is_served_before_it_is_built(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="build the portal first"):
        served(tmp_path)


async def test_only_the_decoding_worker_may_compile_web_assembly(portal: httpx.AsyncClient) -> None:
    policies = {
        path: (await portal.get(path)).headers["content-security-policy"]
        for path in ("/", "/check/scan", "/assets/index-1a2b.js", "/assets/decoding.worker-3c4d.js")
    }
    assert [path for path, one in policies.items() if "unsafe" in one] == [
        "/assets/decoding.worker-3c4d.js"
    ]
    assert "'unsafe-eval'" not in policies["/assets/decoding.worker-3c4d.js"]
    assert "default-src 'none'" in policies["/assets/decoding.worker-3c4d.js"]
