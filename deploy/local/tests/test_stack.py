"""The stack itself: private, idempotent, and clear about what stands in its way."""

import asyncio
import os
import signal
import socket
import subprocess

import asyncpg
import pytest
from deploy.local.checkout import Checkout
from deploy.local.listeners import descendants, is_alive, socket_owners, tcp_listeners
from deploy.local.supervision import Supervisor
from deploy.local.tests.support import OwnStack
from deploy.local.waiting import answers_redis, is_taken, wait_until

pytestmark = pytest.mark.infra


def listeners_of(supervisor: Supervisor) -> set[tuple[str, int]]:
    """Address and port of every listening socket of a stack's processes."""
    assert supervisor.pid is not None
    ours = descendants(supervisor.pid)
    inodes = {inode for inode, pid in socket_owners().items() if pid in ours}
    return {(str(one.address), one.port) for one in tcp_listeners() if one.inode in inodes}


def test_data_services_listen_on_their_own_loopback_ports_only(own_stack: OwnStack) -> None:
    found = listeners_of(own_stack.supervisor)
    names = ("POSTGRES", "RABBITMQ", "RABBITMQ_MANAGEMENT", "RABBITMQ_PROMETHEUS")
    names += ("RABBITMQ_DIST", "EPMD", "REDIS")
    ports = own_stack.checkout.ports
    assert found == {("127.0.0.1", ports[name]) for name in names}


@pytest.mark.e2e
def test_whole_stack_listens_on_loopback_only() -> None:
    checkout = Checkout.from_environment()
    found = listeners_of(Supervisor(checkout))
    assert ("127.0.0.1", checkout.ports["GATEWAY"]) in found
    assert found <= {("127.0.0.1", port) for port in checkout.ports.values()}


def test_second_start_finds_everything_done(own_stack: OwnStack) -> None:
    before = {name: facts["pid"] for name, facts in own_stack.supervisor.states().items()}
    assert own_stack.command("up", "--data").returncode == 0
    after = {name: facts["pid"] for name, facts in own_stack.supervisor.states().items()}
    assert after == before


def test_role_cannot_reach_another_service_database(own_stack: OwnStack) -> None:
    password = (own_stack.checkout.secrets / "postgres-hours").read_text()

    async def connect(database: str) -> str:
        connection = await asyncpg.connect(
            host="127.0.0.1",
            port=own_stack.checkout.ports["POSTGRES"],
            user="hours",
            password=password,
            database=database,
        )
        try:
            return str(await connection.fetchval("SELECT current_database()"))
        finally:
            await connection.close()

    assert asyncio.run(connect("hours")) == "hours"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        asyncio.run(connect("identity"))
    password = "wrong"
    with pytest.raises(asyncpg.InvalidPasswordError):
        asyncio.run(connect("hours"))


def test_killed_server_comes_back(own_stack: OwnStack) -> None:
    port = own_stack.checkout.ports["REDIS"]
    first = own_stack.supervisor.states()["redis"]["pid"]
    own_stack.supervisor.kill("redis")
    wait_until(
        lambda: own_stack.supervisor.states()["redis"]["pid"] not in {0, first}, 20, "a new Redis"
    )
    wait_until(lambda: answers_redis(port), 20, "an answer from the new Redis")


def test_taken_port_is_named_in_one_line(own_stack: OwnStack) -> None:
    port = own_stack.checkout.ports["REDIS"]
    own_stack.supervisor.stop_processes(["redis"])
    try:
        with socket.create_server(("127.0.0.1", port)):
            refused = own_stack.command("up", "--data")
    finally:
        again = own_stack.command("up", "--data")
    assert refused.returncode == 1
    (line,) = refused.stderr.splitlines()
    assert f"port {port} (REDIS) is taken by process {os.getpid()} (" in line
    assert "YUZHENG_PORT_OFFSET" in line
    assert again.returncode == 0


def test_port_taken_on_every_address_is_noticed_too() -> None:
    with socket.create_server(("0.0.0.0", 0)) as server:
        assert is_taken(server.getsockname()[1])


def test_unknown_service_is_answered_with_those_there_are(own_stack: OwnStack) -> None:
    refused = own_stack.command("cli", "nothing", "audit")
    assert refused.returncode == 1
    assert "seal-zhengzhou" in refused.stderr


def test_offset_that_is_no_number_is_said_so(own_stack: OwnStack) -> None:
    refused = subprocess.run(
        [own_stack.checkout.python, "-m", "deploy.local.stack", "status"],
        check=False,
        cwd=own_stack.checkout.root,
        capture_output=True,
        text=True,
        env={"YUZHENG_PORT_OFFSET": "many"},
    )
    assert refused.stderr.splitlines() == [
        "yuzheng: YUZHENG_PORT_OFFSET=many is not a whole number; use for example 1000"
    ]


def test_data_outlives_a_stop_and_a_crash_of_the_supervisor(own_stack: OwnStack) -> None:
    def redis(*words: str) -> str:
        command = ["redis-cli", "-p", str(own_stack.checkout.ports["REDIS"]), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    redis("set", "kept", "yes")
    pid = own_stack.supervisor.pid
    assert pid is not None
    processes = descendants(pid)
    assert own_stack.command("down").returncode == 0
    # Everything of this stack is gone, Erlang's port mapper too.
    wait_until(lambda: not any(map(is_alive, processes)), 10, "the end of every process")
    assert own_stack.command("down").returncode == 0
    assert own_stack.command("up", "--data").returncode == 0
    assert redis("get", "kept") == "yes"


def test_clean_leaves_nothing_behind(own_stack: OwnStack) -> None:
    checkout = own_stack.checkout
    if os.getuid() == 0:
        # PostgreSQL's user cannot reach a closed folder, so its data is in the open one.
        assert (checkout.state / "postgres").resolve().is_relative_to(checkout.refuge)
    assert own_stack.command("clean").returncode == 0
    assert not checkout.state.exists()
    assert not checkout.refuge.exists()
    assert own_stack.supervisor.pid is None


def test_orphans_of_a_killed_supervisor_are_named(own_stack: OwnStack) -> None:
    assert own_stack.command("up", "--data").returncode == 0
    pid = own_stack.supervisor.pid
    assert pid is not None
    orphans = descendants(pid) - {pid}
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: own_stack.supervisor.pid is None, 10, "the supervisor's end")
    refused = own_stack.command("up", "--data")
    assert refused.returncode == 1
    for name in ("POSTGRES", "RABBITMQ", "EPMD", "REDIS"):
        assert f"({name}) is taken by process" in refused.stderr
    for orphan in orphans:
        if is_alive(orphan):
            os.kill(orphan, signal.SIGKILL)
    wait_until(lambda: not any(map(is_alive, orphans)), 10, "the orphans' end")
