"""PostgreSQL 15: own cluster, scram passwords, no unix socket, a database and role per service."""

import asyncio
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import asyncpg

from deploy.local.checkout import Checkout, make_directory
from deploy.local.problems import StackError
from deploy.local.processes import Process
from deploy.local.secret_files import read_secret

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
ADMINISTRATOR = "yuzheng_admin"
# PostgreSQL refuses to run as root; the Debian package always makes this user.
SYSTEM_USER = "postgres"

# fsync stays on: the figures of bench/ would mean nothing without it.
SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
# Twelve service processes with a pool each, beside the databases of a test run.
max_connections = 300
shared_buffers = '256MB'
max_wal_size = '2GB'
checkpoint_timeout = '15min'
wal_compression = 'lz4'
random_page_cost = 1.1
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
log_min_duration_statement = '2s'
# A failing row and a statement's values are personal data; the log names neither.
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""


def process(checkout: Checkout) -> Process:
    """Describe the server; SIGINT is its fast shutdown, which does not wait for clients."""
    return Process(
        name="postgres",
        command=f"{PROGRAMS}/postgres -D {data_directory(checkout)}",
        ports=("POSTGRES",),
        user=SYSTEM_USER if os.getuid() == 0 else None,
        stop_signal="INT",
        is_ready=lambda: asyncio.run(_answers(checkout)),
    )


def data_directory(checkout: Checkout) -> Path:
    """Where the cluster lies, links resolved."""
    return (checkout.state / "postgres").resolve()


def prepare(checkout: Checkout) -> None:
    """Make the cluster once; write its settings each time."""
    if not (PROGRAMS / "initdb").exists():
        raise StackError("PostgreSQL 15 is missing; run `make setup` (package postgresql-15)")
    folder = _own_directory(checkout)
    if not (folder / "PG_VERSION").exists():
        _initialise(checkout, folder)
    settings = folder / "yuzheng.conf"
    settings.write_text(SETTINGS.format(port=checkout.ports["POSTGRES"]), encoding="utf-8")
    _give_to_server(settings)


def _own_directory(checkout: Checkout) -> Path:
    place = checkout.state / "postgres"
    if not place.exists():
        if os.getuid() == 0 and not _may_traverse(checkout.state):
            checkout.make_refuge()
            folder = checkout.refuge / "postgres"
            make_directory(folder, 0o700)
            place.symlink_to(folder)
        make_directory(place, 0o700)
        _give_to_server(place.resolve())
    return place.resolve()


def _may_traverse(path: Path) -> bool:
    """Whether the server's user gets through every folder down to this one."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def _give_to_server(path: Path) -> None:
    if os.getuid() == 0:
        shutil.chown(path, SYSTEM_USER, pwd.getpwnam(SYSTEM_USER).pw_gid)


def _initialise(checkout: Checkout, folder: Path) -> None:
    # initdb wants an empty folder and a password file which the server's user can read.
    for leftover in folder.iterdir():
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    password_file = folder.with_name(f".{folder.name}-password")
    descriptor = os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(read_secret(checkout, "postgres-admin"))
    _give_to_server(password_file)
    command = [
        str(PROGRAMS / "initdb"),
        f"--pgdata={folder}",
        f"--username={ADMINISTRATOR}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--data-checksums",
    ]
    try:
        result = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            user=SYSTEM_USER if os.getuid() == 0 else None,
            group=pwd.getpwnam(SYSTEM_USER).pw_gid if os.getuid() == 0 else None,
            extra_groups=[] if os.getuid() == 0 else None,
        )
    finally:
        password_file.unlink()
    if result.returncode != 0:
        raise StackError(f"initdb failed: {result.stderr.strip()}")
    with (folder / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("include 'yuzheng.conf'\n")


async def _connect(checkout: Checkout) -> asyncpg.Connection:
    return await asyncpg.connect(
        host="127.0.0.1",
        port=checkout.ports["POSTGRES"],
        user=ADMINISTRATOR,
        password=read_secret(checkout, "postgres-admin"),
        database="postgres",
        timeout=5,
        ssl=False,
    )


async def _answers(checkout: Checkout) -> bool:
    try:
        connection = await _connect(checkout)
    except (OSError, TimeoutError, asyncpg.CannotConnectNowError):
        return False
    await connection.close()
    return True


def create_databases(checkout: Checkout, names: Iterable[str]) -> None:
    """One role and one database of the same name each; what is there already stays."""
    asyncio.run(_create_databases(checkout, names))


async def _create_databases(checkout: Checkout, names: Iterable[str]) -> None:
    connection = await _connect(checkout)
    try:
        for name in names:
            await _create_database(connection, name, read_secret(checkout, f"postgres-{name}"))
    finally:
        await connection.close()


async def _create_database(connection: asyncpg.Connection, name: str, password: str) -> None:
    # DDL takes no parameters; format() quotes both on the server's side.
    verb = "ALTER" if await _has(connection, "pg_roles", "rolname", name) else "CREATE"
    statement = await connection.fetchval(
        "SELECT format($1, $2::text, $3::text)", f"{verb} ROLE %I LOGIN PASSWORD %L", name, password
    )
    await connection.execute(statement)
    if not await _has(connection, "pg_database", "datname", name):
        await connection.execute(f'CREATE DATABASE "{name}" OWNER "{name}"')
        # Without this every role could connect to every service's database.
        await connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')


async def _has(connection: asyncpg.Connection, table: str, column: str, name: str) -> bool:
    query = f"SELECT EXISTS (SELECT FROM {table} WHERE {column} = $1)"  # noqa: S608 - our own names
    return bool(await connection.fetchval(query, name))
