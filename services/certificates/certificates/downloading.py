"""The worker's part in bulk downloads: binding what was ordered, removing what is over."""

import asyncio
from dataclasses import dataclass

from certificates.bindery import Bindery
from certificates.settings import Settings
from certificates.usecases import Bench
from certificates.usecases.bulk_download import Binding, bind_next, expire_downloads
from chassis.objects import ObjectStore
from chassis.serving import Schedule

_EXPIRY_SECONDS = 300.0
_DOWNLOAD_SECONDS = 2.0
# Seconds for binding one part, or the whole from its parts.
_BINDING_SECONDS = 120.0
_TASKS_PER_PROCESS = 20


@dataclass(frozen=True)
class Downloads:
    """Binds what was ordered, one job after the other; other workers take other jobs.

    Not a schedule: its lease is a row, because a job takes longer than a transaction may be open.
    """

    binding: Binding
    every_seconds: float

    async def run(self, stop: asyncio.Event) -> None:
        """Bind until ``stop``; what is under way is left for the next worker."""
        turning = asyncio.create_task(self._turn())
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({turning, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            turning.cancel()
            await asyncio.gather(turning, return_exceptions=True)
            self.binding.bindery.close()
        if not stop.is_set():
            turning.result()

    async def _turn(self) -> None:
        while True:
            if not await bind_next(self.binding):
                await asyncio.sleep(self.every_seconds)


def binding_of(settings: Settings, bench: Bench) -> Binding:
    """Return what binding needs; its bindery starts a process with the first job."""
    bindery = Bindery(
        settings.fonts_dir,
        processes=1,
        documents_per_process=_TASKS_PER_PROCESS,
        timeout_seconds=_BINDING_SECONDS,
    )
    downloads = ObjectStore(settings.downloads_url, settings.objects_access)
    return Binding(bench.deps, bench.database, bindery, bench.objects, downloads)


def downloads_of(settings: Settings, bench: Bench) -> Downloads:
    return Downloads(binding_of(settings, bench), _DOWNLOAD_SECONDS)


def expiry_of(downloads: Downloads) -> Schedule:
    binding = downloads.binding

    async def expire() -> None:
        await expire_downloads(binding)

    return Schedule("expire-downloads", _EXPIRY_SECONDS, expire, binding.database)
