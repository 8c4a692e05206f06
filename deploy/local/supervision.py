"""supervisord of this checkout: its configuration, its life, its control socket."""

import http.client
import os
import signal
import socket
import subprocess
import xmlrpc.client
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from deploy.local.checkout import Checkout, write_private
from deploy.local.listeners import is_alive
from deploy.local.problems import StackError
from deploy.local.processes import Process
from deploy.local.waiting import wait_until

# Enough for a working day at the default level; three files a process at the most.
LOG_BYTES = 10_000_000
RUNNING_STATES = frozenset({"RUNNING", "STARTING", "BACKOFF", "STOPPING"})


class _SocketTransport(xmlrpc.client.Transport):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def make_connection(self, host: Any) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("localhost")
        connection.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.sock.connect(str(self._path))
        except OSError:
            connection.close()
            raise
        # Where the base class looks for what it has to close.
        self._connection = host, connection
        return connection


class Supervisor:
    """The running supervisord. Every call goes over its private socket."""

    def __init__(self, checkout: Checkout) -> None:
        self._checkout = checkout
        self._configuration = checkout.state / "supervisor" / "supervisord.conf"
        self._pid_file = checkout.state / "supervisor" / "supervisord.pid"

    def _call(self, method: str, *arguments: object) -> Any:
        transport = _SocketTransport(self._checkout.supervisor_socket)
        with xmlrpc.client.ServerProxy("http://localhost", transport=transport) as server:
            return getattr(server.supervisor, method)(*arguments)

    @property
    def pid(self) -> int | None:
        """The process id while supervisord answers, otherwise None."""
        try:
            return int(self._call("getPID"))
        except (OSError, http.client.HTTPException):
            return None

    def start(self, processes: Iterable[Process]) -> Self:
        """Start supervisord, or tell the running one what has changed in its configuration."""
        write_private(self._configuration, render_configuration(self._checkout, processes))
        if self.pid is not None:
            self._apply_changes()
            return self
        if self._checkout.supervisor_socket.is_relative_to(self._checkout.refuge):
            self._checkout.make_refuge()
        program = self._checkout.tool_folder / "supervisord"
        subprocess.run(
            [program, "--configuration", self._configuration],
            check=True,
            cwd=self._checkout.root,
            env=self._checkout.process_environment(),
        )
        wait_until(lambda: self.pid is not None, 10, "supervisord")
        return self

    def _apply_changes(self) -> None:
        added, changed, removed = self._call("reloadConfig")[0]
        self.stop_processes([*changed, *removed])
        for name in [*changed, *removed]:
            self._call("removeProcessGroup", name)
        for name in [*added, *changed]:
            self._call("addProcessGroup", name)

    def states(self) -> Mapping[str, Mapping[str, Any]]:
        """Process name to supervisord's facts about it; empty while supervisord is down."""
        if self.pid is None:
            return {}
        return {facts["name"]: facts for facts in self._call("getAllProcessInfo")}

    def is_running(self, name: str) -> bool:
        """Whether supervisord keeps this process alive at the moment."""
        return self.states().get(name, {}).get("statename") in RUNNING_STATES

    def start_process(self, name: str) -> None:
        """Ask for the process without waiting for it; a running one is left alone."""
        if not self.is_running(name):
            self._call("startProcess", name, False)

    def stop_processes(self, names: Iterable[str]) -> None:
        """Stop these processes at once and wait until all are gone; others are left alone."""
        going = [name for name in names if self.is_running(name)]
        for name in going:
            self._call("stopProcess", name, False)
        wait_until(
            lambda: not any(self.is_running(name) for name in going), 60, f"the end of {going}"
        )

    def stop(self, last: Iterable[str] = ()) -> None:
        """Stop every process, those in `last` after the others, then supervisord itself."""
        pid = self.pid
        if pid is None:
            return
        last = set(last)
        self.stop_processes(self.states().keys() - last)
        self.stop_processes(last)
        self._call("shutdown")
        wait_until(lambda: not is_alive(pid), 60, "supervisord's end")

    def log_tail(self, name: str, lines: int = 15) -> str:
        """Return the last lines of its log, for the person who has to find the reason."""
        log = self._checkout.logs / f"{name}.log"
        if not log.is_file():
            return ""
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 20_000))
            text = file.read().decode(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def kill(self, name: str) -> None:
        """SIGKILL to one process, for fault runs; supervisord starts it again."""
        facts = self.states().get(name)
        if not facts or not facts["pid"]:
            raise StackError(f"{name} does not run; `make status` shows what does")
        os.kill(facts["pid"], signal.SIGKILL)


def render_configuration(checkout: Checkout, processes: Iterable[Process]) -> str:
    """Supervisord's file. Nothing starts by itself: the stack starts each when its turn comes."""
    folder = checkout.state / "supervisor"
    owner = "user=root\n" if os.getuid() == 0 else ""
    head = f"""\
[supervisord]
logfile={folder}/supervisord.log
logfile_maxbytes=5MB
logfile_backups=1
pidfile={folder}/supervisord.pid
childlogdir={checkout.logs}
directory={checkout.root}
umask=077
minfds=8192
nocleanup=true
{owner}
[unix_http_server]
file={checkout.supervisor_socket}
chmod=0600

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""
    programs = (
        _render_program(checkout, process, order)
        for order, process in enumerate(processes, start=1)
    )
    return head + "".join(programs)


def _render_program(checkout: Checkout, process: Process, order: int) -> str:
    environment = ",".join(
        f'{key}="{_escape(value)}"' for key, value in process.environment.items()
    )
    user = f"user={process.user}\n" if process.user else ""
    return f"""
[program:{process.name}]
command={_escape(process.command)}
environment={environment}
{user}priority={order}
autostart=false
autorestart=true
startsecs=1
startretries=5
stopsignal={process.stop_signal}
stopwaitsecs={process.stop_seconds}
killasgroup=true
redirect_stderr=true
stdout_logfile={checkout.logs}/{process.name}.log
stdout_logfile_maxbytes={LOG_BYTES}
stdout_logfile_backups=2
"""


def _escape(text: str) -> str:
    return text.replace("%", "%%")
