"""A module run in a process of its own: whatever a hostile file does to it ends with it."""

import asyncio
import sys
from collections.abc import Sequence


async def run_module(
    module: str, content: bytes, *, seconds: float, arguments: Sequence[str] = ()
) -> tuple[int, bytes]:
    """Give ``content`` to ``python -m module``; return its exit code and what it wrote.

    It is killed after ``seconds``, which is a ``TimeoutError``, and when the caller goes away.
    Memory and processor time it limits itself.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        # Nothing of ours is in its environment, and it is told nothing it does not need.
        env={"PYTHONUTF8": "1"},
    )
    try:
        async with asyncio.timeout(seconds):
            output, _ = await process.communicate(content)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0, output
