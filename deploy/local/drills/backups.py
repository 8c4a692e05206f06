"""Base backup, archived write-ahead log, and a server recovered to a named point beside the first.

PostgreSQL's own tools alone. The archive is a folder here, an object store in a cluster.
"""

import asyncio
import os
import pwd
import shutil
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from deploy.local.checkout import make_directory
from deploy.local.drills.log import DrillFailed
from deploy.local.drills.running import Running, until
from deploy.local.secret_files import read_secret
from deploy.local.servers.postgres import ADMINISTRATOR, PROGRAMS, SYSTEM_USER, data_directory


class Backups:
    """The backups of one drill; ``close`` leaves the server as it was found."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._folder = data_directory(running.checkout).with_name("drill-backups")
        self.archive = self._folder / "archive"
        self._base = self._folder / "base"

    async def open(self) -> None:
        """Switch archiving on, for which the server starts anew under its running services."""
        await self.close()
        for folder in (self._folder, self.archive):
            make_directory(folder, 0o700)
            _give_to_server(folder)
        keep = f"test ! -f {self.archive}/%f && cp %p {self.archive}/%f"
        await self._running.execute(
            "postgres",
            "ALTER SYSTEM SET archive_mode = on",
            f"ALTER SYSTEM SET archive_command = '{keep}'",
        )
        await self._restart()

    async def close(self) -> None:
        """Switch archiving off again and remove the backups."""
        found = await self._running.rows("postgres", "SHOW archive_mode")
        if found[0]["archive_mode"] == "on":
            await self._running.execute(
                "postgres",
                "ALTER SYSTEM RESET archive_mode",
                "ALTER SYSTEM RESET archive_command",
            )
            await self._restart()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _restart(self) -> None:
        await self._running.stop("postgres")
        await self._running.start("postgres")

    async def base(self) -> None:
        """Take a base backup from the running server."""
        await self._run("pg_basebackup", "-D", str(self._base), "-X", "none", "-c", "fast")

    async def point(self, name: str) -> None:
        """Name this instant, and wait until the log up to it is archived."""
        connection = await self._running.connect("postgres")
        try:
            await connection.execute("SELECT pg_create_restore_point($1)", name)
            segment: str = await connection.fetchval("SELECT pg_walfile_name(pg_switch_wal())")
        finally:
            await connection.close()

        async def archived() -> bool:
            return (self.archive / segment).exists()

        await until(f"{segment} is archived", archived)

    @asynccontextmanager
    async def recovered(self, point: str) -> AsyncIterator[None]:
        """Run a second server, recovered from backup and archive to the named point."""
        place = self._folder / "recovered"
        shutil.copytree(self._base, place, symlinks=True)
        settings = (
            f"restore_command = 'cp {self.archive}/%f %p'\n"
            f"recovery_target_name = '{point}'\n"
            "recovery_target_action = 'promote'\n"
        )
        with (place / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
            file.write(settings)
        (place / "recovery.signal").touch()
        for path in (place, *place.rglob("*")):
            _give_to_server(path)
        port = self._running.checkout.ports["POSTGRES_RESTORED"]
        # It must not archive into the archive that it comes from.
        options = f"-c port={port} -c archive_mode=off -c shared_buffers=64MB"
        log = str(self._folder / "recovered.log")
        server = ["pg_ctl", "-D", str(place), "-w", "-l", log]
        await self._run(*server, "-o", options, "start")
        try:
            await self._promoted()
            yield
        finally:
            await self._run("pg_ctl", "-D", str(place), "-w", "-m", "fast", "stop")
            shutil.rmtree(place)

    async def _promoted(self) -> None:
        connection = await self._running.connect("postgres", "POSTGRES_RESTORED")

        async def promoted() -> bool:
            return not await connection.fetchval("SELECT pg_is_in_recovery()")

        try:
            await until("the server is recovered", promoted)
        finally:
            await connection.close()

    async def put_in_place(self, database: str) -> str:
        """Let the recovered database take the present one's place; return the latter's new name."""
        evidence = f"{database}_before_restore"
        dump = str(self._folder / f"{database}.dump")
        await self._run("pg_dump", "-Fc", "-f", dump, database, port="POSTGRES_RESTORED")
        await self._running.execute(
            "postgres",
            f'DROP DATABASE IF EXISTS "{evidence}" WITH (FORCE)',
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'",  # noqa: S608 - our own names
            f'ALTER DATABASE "{database}" RENAME TO "{evidence}"',
            f'CREATE DATABASE "{database}" OWNER "{database}"',
            f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
        )
        await self._run("pg_restore", "--exit-on-error", "-d", database, dump)
        return evidence

    async def _run(self, program: str, *arguments: str, port: str = "POSTGRES") -> None:
        command: Sequence[str] = [str(PROGRAMS / program), *arguments]
        checkout = self._running.checkout
        environment = {
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(checkout.ports[port]),
            "PGUSER": ADMINISTRATOR,
            "PGPASSWORD": read_secret(checkout, "postgres-admin"),
            "PGSSLMODE": "disable",
        }
        root = os.getuid() == 0
        done = await asyncio.to_thread(
            subprocess.run,
            command,
            check=False,
            stdout=subprocess.DEVNULL,
            # A file, not a pipe: a server that pg_ctl leaves behind would keep a pipe open.
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=environment,
            user=SYSTEM_USER if root else None,
            group=pwd.getpwnam(SYSTEM_USER).pw_gid if root else None,
            extra_groups=[] if root else None,
        )
        if done.returncode:
            raise DrillFailed(f"{program} ended with {done.returncode}")


def _give_to_server(path: Path) -> None:
    if os.getuid() == 0 and not path.is_symlink():
        shutil.chown(path, SYSTEM_USER, pwd.getpwnam(SYSTEM_USER).pw_gid)
