"""`python -m deploy.local.stack up|down|status|logs|clean|cli`: what the Makefile calls."""

import argparse
import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from deploy.local import inventory
from deploy.local.checkout import Checkout
from deploy.local.listeners import owner_of
from deploy.local.problems import StackError
from deploy.local.processes import Process
from deploy.local.supervision import Supervisor
from deploy.local.waiting import is_taken, wait_until

# A process that has died this often while it starts will not make it the next time.
TRIES = 2


class Stack:
    """One checkout's stack: brought up in order, each step waiting for the one before."""

    def __init__(self, checkout: Checkout) -> None:
        self._checkout = checkout
        self._supervisor = Supervisor(checkout)

    def up(self, *, data_only: bool) -> None:
        """Everything that is not there yet; a running part is left alone."""
        began = time.monotonic()
        self._checkout.prepare()
        with exclusively(self._checkout):
            inventory.prepare_data(self._checkout)
            self._supervisor.start(inventory.processes(self._checkout))
            self._start("data", inventory.data_processes(self._checkout))
            inventory.create_accounts(self._checkout)
        report(f"up in {time.monotonic() - began:.1f} s")

    def _start(self, stage: str, processes: Sequence[Process]) -> None:
        waiting = [each for each in processes if not self._supervisor.is_running(each.name)]
        for process in waiting:
            self._refuse_taken_ports(process)
        for process in waiting:
            self._supervisor.start_process(process.name)
        for process in processes:
            self._await(process)
        report(f"{stage}: {', '.join(each.name for each in processes)}")

    def _refuse_taken_ports(self, process: Process) -> None:
        for name in process.ports:
            port = self._checkout.ports[name]
            if is_taken(port):
                message = (
                    f"port {port} ({name}) is taken by {owner_of(port)}; "
                    "stop it, or set YUZHENG_PORT_OFFSET (for example 1000)"
                )
                raise StackError(message)

    def _await(self, process: Process) -> None:
        lives: set[int] = set()

        def is_hopeless() -> bool:
            facts = self._supervisor.states()[process.name]
            lives.add(facts["pid"])
            return facts["statename"] == "FATAL" or len(lives - {0}) > TRIES

        try:
            wait_until(
                lambda: is_hopeless() or process.is_ready(), process.ready_seconds, process.name
            )
            if is_hopeless():
                message = f"{process.name}: does not stay up"
                raise StackError(message)
        except StackError as failure:
            message = f"{failure}; its last words:\n{self._supervisor.log_tail(process.name)}"
            raise StackError(message) from failure

    def down(self) -> None:
        """Stop every process of this checkout."""
        self._supervisor.stop()
        report("down")

    def clean(self) -> None:
        """Stop everything and remove all its data."""
        self._supervisor.stop()
        shutil.rmtree(self._checkout.state, ignore_errors=True)
        shutil.rmtree(self._checkout.refuge, ignore_errors=True)
        report(f"{self._checkout.state} removed")

    def status(self) -> None:
        """One line a process."""
        states = self._supervisor.states()
        if not states:
            report("down; `make up` starts it")
        for name, facts in states.items():
            report(f"{name:24}{facts['statename']:10}{facts['description']}")

    def logs(self, process: str | None) -> None:
        """Follow one log, or all of them."""
        files = sorted(self._checkout.logs.glob(f"{process or '*'}.log"))
        if not files:
            message = f"no log of {process or 'any process'}; `make status` lists the processes"
            raise StackError(message)
        tail = shutil.which("tail") or "tail"
        os.execv(tail, [tail, "-n", "20", "-F", *map(str, files)])  # noqa: S606 - no shell wanted

    def cli(self, service: str, arguments: Sequence[str]) -> int:
        """Run one of a service's commands in the stack's environment."""
        command = inventory.service_command(self._checkout, service, arguments)
        return subprocess.run(command, check=False, cwd=self._checkout.root).returncode  # noqa: S603 - the person's own command


@contextmanager
def exclusively(checkout: Checkout) -> Iterator[None]:
    """Only one `up` of a checkout at a time; a second one waits and then finds all done."""
    with (checkout.state / "stack.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def report(line: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.stack", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up")
    up.add_argument("--data", action="store_true", help="PostgreSQL, RabbitMQ and Redis only")
    for name in ("down", "status", "clean"):
        commands.add_parser(name)
    commands.add_parser("logs").add_argument("process", nargs="?")
    cli = commands.add_parser("cli")
    cli.add_argument("service")
    cli.add_argument("arguments", nargs=argparse.REMAINDER)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0, or 1 with one line that says what to do."""
    chosen = parse(arguments)
    try:
        stack = Stack(Checkout.from_environment())
        match chosen.command:
            case "up":
                stack.up(data_only=chosen.data)
            case "logs":
                stack.logs(chosen.process)
            case "cli":
                return stack.cli(chosen.service, chosen.arguments)
            case command:
                getattr(stack, command)()
    except StackError as problem:
        sys.stderr.write(f"yuzheng: {problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
