"""The processes a bench starts and ends: ours, the baselines, a Redis of its own."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

_READY_SECONDS = 60.0
Running = AbstractAsyncContextManager[asyncio.subprocess.Process]


async def listening(port: int, process: asyncio.subprocess.Process) -> None:
    """Wait until the process accepts connections; fail when it ends instead."""
    async with asyncio.timeout(_READY_SECONDS):
        while process.returncode is None:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return
    raise RuntimeError(f"the process for port {port} ended with {process.returncode}")


@asynccontextmanager
async def process(
    command: Sequence[str], *, port: int, environment: Mapping[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a server for the block; it is ready when its port answers."""
    started = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **(environment or {})}, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        await listening(port, started)
        yield started
    finally:
        if started.returncode is None:
            started.terminate()
        await started.wait()


@asynccontextmanager
async def redis(port: int, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a Redis that keeps nothing on disk."""
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    async with process([*command, "--dir", str(folder)], port=port) as started:
        yield started


def keep_to(cores: AbstractSet[int], *processes: asyncio.subprocess.Process) -> None:
    """Let the processes, with every thread they have or will have, run on these cores only."""
    for one in processes:
        for thread in Path(f"/proc/{one.pid}/task").iterdir():
            os.sched_setaffinity(int(thread.name), cores)


def processor_seconds(*processes: asyncio.subprocess.Process) -> float:
    """Return the processor's seconds these processes have used so far, their threads with them."""
    return sum(_processor_seconds(one.pid) for one in processes)


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    # User and system time; the first field here is the third of proc(5).
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def baseline(which: str, port: int, page: Path, *options: str) -> list[str]:
    """Return the command of one of the baselines."""
    module = [sys.executable, "-m", "bench.checking.baselines", which]
    return [*module, "--port", str(port), "--page", str(page), *options]


def nginx(port: int, page: Path, folder: Path) -> list[str] | None:
    """Return the command of an nginx that sends the page from memory; None where it is missing."""
    if not shutil.which("nginx"):
        return None
    root = folder / "nginx"
    root.mkdir()
    shutil.copy(page, root / "page.html")
    configuration = root / "nginx.conf"
    configuration.write_text(
        f"""
daemon off; master_process off; pid {root}/pid; error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
  access_log off; open_file_cache max=10; keepalive_requests 1000000000;
  client_body_temp_path {root}; proxy_temp_path {root}; fastcgi_temp_path {root};
  uwsgi_temp_path {root}; scgi_temp_path {root};
  server {{ listen 127.0.0.1:{port}; location / {{ root {root}; try_files /page.html =404; }} }}
}}
""",
        encoding="utf-8",
    )
    return ["nginx", "-p", str(root), "-c", str(configuration)]
