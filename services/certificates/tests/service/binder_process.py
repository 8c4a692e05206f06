"""A process that binds one bulk download and stops in its second part, to be killed there."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing import active_children
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.kit.stack import ROOT

from certificates.downloading import binding_of
from certificates.settings import Settings
from certificates.usecases import bulk_download
from certificates.worker import build_bench
from chassis.clock import SystemClock
from chassis.db import Database


@asynccontextmanager
async def killed_in_the_second_part(settings: Settings, folder: Path) -> AsyncIterator[int]:
    """Yield the pid of its document process after the binder was killed with SIGKILL."""
    given = settings.model_dump(mode="json", exclude_unset=True)
    environment = {f"CERTIFICATES_{name.upper()}": str(value) for name, value in given.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "services.certificates.tests.service.binder_process",
        env=environment | {"TMPDIR": str(folder)},
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout
        said = await asyncio.wait_for(process.stdout.readline(), 90)
    finally:
        process.kill()
        await process.wait()
    yield int(said)


async def _main() -> None:
    settings = Settings()
    # Three certificates are to be three parts.
    bulk_download._PART = 1
    bench = build_bench(settings, Database(settings.database), SystemClock())
    binding = binding_of(settings, bench)
    bind_part, begun = binding.bindery.bind_part, 0

    async def stop_in_the_second(*given: Any) -> None:
        nonlocal begun
        begun += 1
        await bind_part(*given)
        if begun == 2:
            sys.stdout.write(f"{active_children()[0].pid}\n")
            sys.stdout.flush()
            await asyncio.sleep(3600)

    with patch.object(binding.bindery, "bind_part", stop_in_the_second):
        await bulk_download.bind_next(binding)


if __name__ == "__main__":
    asyncio.run(_main())
