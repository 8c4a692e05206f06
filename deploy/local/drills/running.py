"""The running stack as a drill handles it: processes, commands, SQL, the broker's queues."""

import asyncio
import json
import subprocess
import urllib.request
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

import asyncpg

from deploy.local import inventory, services
from deploy.local.checkout import Checkout
from deploy.local.drills.log import DrillFailed
from deploy.local.secret_files import read_secret
from deploy.local.servers.postgres import ADMINISTRATOR
from deploy.local.servers.rabbitmq import VIRTUAL_HOST
from deploy.local.supervision import Supervisor
from deploy.local.waiting import wait_until

_SLICE_SECONDS = 0.2


async def until(what: str, look: Callable[[], Awaitable[bool]], *, seconds: float = 90) -> None:
    """Return once ``look`` says yes; ``DrillFailed`` naming what was waited for when it does not.

    For what no event tells of: the state of a server, a file, a queue.
    """
    try:
        async with asyncio.timeout(seconds):
            while True:
                if await look():
                    return
                await asyncio.sleep(_SLICE_SECONDS)
    except TimeoutError as error:
        raise DrillFailed(f"{what}: not within {seconds:g} s") from error


@dataclass(frozen=True)
class Running:
    """One checkout's stack."""

    checkout: Checkout
    supervisor: Supervisor

    async def stop(self, *names: str) -> None:
        """Stop these processes and wait for their end."""
        await asyncio.to_thread(self.supervisor.stop_processes, names)

    async def start(self, *names: str) -> None:
        """Start these processes and wait until each does its work."""
        for name in names:
            await asyncio.to_thread(self.supervisor.start_process, name)
        await self.ready(names)

    async def ready(self, names: Iterable[str] = ()) -> None:
        """Wait until the named processes (all when none is named) do their work."""
        chosen = set(names)
        for process in inventory.all_processes(self.checkout):
            if not chosen or process.name in chosen:
                await asyncio.to_thread(
                    wait_until, process.is_ready, process.ready_seconds, process.name
                )

    async def command(self, service: str, *arguments: str) -> tuple[int, str]:
        """Run `python -m SERVICE …` as `make cli` does; return its exit code and what it said."""
        deployable = services.find(service)
        if deployable is None:
            raise DrillFailed(f"no service {service}")
        done = await asyncio.to_thread(
            subprocess.run,
            services.command(self.checkout, deployable, arguments),
            check=False,
            cwd=self.checkout.root,
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout.strip() or done.stderr.strip()

    async def must(self, service: str, *arguments: str) -> str:
        """As ``command``; anything but success ends the drill."""
        code, said = await self.command(service, *arguments)
        if code:
            raise DrillFailed(f"python -m {service} {' '.join(arguments)}: {said}")
        return said

    async def rows(self, database: str, query: str, *values: object) -> list[dict[str, Any]]:
        """Ask the server as its administrator: what a person with psql would see."""
        connection = await self.connect(database)
        try:
            return [dict(row) for row in await connection.fetch(query, *values)]
        finally:
            await connection.close()

    async def execute(self, database: str, *statements: str) -> None:
        """Run statements as the server's administrator, each by itself."""
        connection = await self.connect(database)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def connect(self, database: str, port: str = "POSTGRES") -> asyncpg.Connection:
        """Open a connection as the server's administrator."""
        return await asyncpg.connect(
            host="127.0.0.1",
            port=self.checkout.ports[port],
            user=ADMINISTRATOR,
            password=read_secret(self.checkout, "postgres-admin"),
            database=database,
            timeout=10,
            ssl=False,
        )

    async def outbox_empty(self, *databases: str) -> None:
        """Wait until every event of these services is with the broker."""
        for database in databases:

            async def empty(of: str = database) -> bool:
                table = "records.outbox" if of == "verify" else "outbox"
                return not await self.rows(of, f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - see above

            await until(f"the outbox of {database} is empty", empty)

    async def queues_empty(self, prefix: str = "") -> None:
        """Wait until nothing is left to be handled in the queues whose names begin so.

        What waits there for its next try may be something that has to be done first.
        """

        async def empty() -> bool:
            queues = await asyncio.to_thread(self._queues)
            mine = [queue for queue in queues if queue["name"].startswith(prefix)]
            return not any(queue.get("messages", 0) for queue in mine if not _waits(queue))

        await until(f"the queues {prefix}* are empty", empty)

    async def retried(self, prefix: str) -> int:
        """Return how many messages of these queues wait for their next try."""
        queues = await asyncio.to_thread(self._queues)
        mine = [one for one in queues if one["name"].startswith(prefix) and _waits(one)]
        return sum(queue.get("messages", 0) for queue in mine)

    def _queues(self) -> list[dict[str, Any]]:
        port = self.checkout.ports["RABBITMQ_MANAGEMENT"]
        user = f"yuzheng_admin:{read_secret(self.checkout, 'rabbitmq-admin')}"
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/queues/{VIRTUAL_HOST}",
            headers={"authorization": f"Basic {b64encode(user.encode()).decode()}"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - as above
            found: list[dict[str, Any]] = json.load(answer)
        return found


def _waits(queue: dict[str, Any]) -> bool:
    return ".retry." in str(queue["name"])
