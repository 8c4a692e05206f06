"""As many requests as a server answers: wrk with 64 connections, a random token each time."""

import asyncio
import os
from pathlib import Path
from typing import NamedTuple

_SCRIPT = Path(__file__).with_name("tokens.lua")
CONNECTIONS = 64


class Rate(NamedTuple):
    """Requests in all and in a second, and how many went wrong."""

    requests: int
    per_second: float
    failed: int


async def rate(
    port: int,
    tokens: Path,
    *,
    seconds: int,
    seed: int,
    mix: str = "uniform",
    accept: str = "text/html",
    core: int,
) -> Rate:
    """Return what the server on ``port`` answers in a second; the generator runs on ``core``."""
    environment = {
        "BENCH_TOKENS": str(tokens),
        "BENCH_MIX": mix,
        "BENCH_ACCEPT": accept,
        "BENCH_SEED": str(seed),
    }
    arguments = [f"-t1 -c{CONNECTIONS} -d{seconds}s", f"-s {_SCRIPT}", f"http://127.0.0.1:{port}"]
    running = await asyncio.create_subprocess_exec(
        "taskset",
        "--cpu-list",
        str(core),
        "wrk",
        *" ".join(arguments).split(),
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
    )
    output = (await running.communicate())[0].decode()
    line = next(line for line in output.splitlines() if line.startswith("RESULT "))
    requests, microseconds, failed, _ = (float(word) for word in line.split()[1:])
    return Rate(int(requests), requests / microseconds * 1e6, int(failed))
