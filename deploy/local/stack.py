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

from deploy.local import inventory, services
from deploy.local.checkout import Checkout
from deploy.local.deployables import DEPLOYABLES
from deploy.local.problems import StackError
from deploy.local.startup import Startup
from deploy.local.supervision import Supervisor
from deploy.local.terminal import say


class Stack:
    """What a person can ask of one checkout's stack."""

    def __init__(self, checkout: Checkout) -> None:
        self._checkout = checkout
        self._supervisor = Supervisor(checkout)

    def up(self, *, data_only: bool, watched: bool = False) -> None:
        """Bring up everything that is not there yet, or only the servers that hold data.

        ``watched``: Prometheus too, from which the portal draws the operators' dashboards.
        """
        began = time.monotonic()
        self._checkout.prepare()
        with exclusively(self._checkout):
            startup = Startup(self._checkout, self._supervisor)
            startup.bring_up_data()
            if not data_only:
                startup.bring_up_services()
            if watched:
                startup.bring_up_watching()
        say(f"up in {time.monotonic() - began:.1f} s")

    def down(self) -> None:
        """Stop every process of this checkout."""
        self._stop()
        say("down")

    def _stop(self) -> None:
        # What holds data goes last, so that the services can finish what they have begun.
        self._supervisor.stop(last=(one.name for one in inventory.data_processes(self._checkout)))

    def clean(self) -> None:
        """Stop everything and remove all its data."""
        self._stop()
        shutil.rmtree(self._checkout.state, ignore_errors=True)
        shutil.rmtree(self._checkout.refuge, ignore_errors=True)
        say(f"{self._checkout.state} removed")

    def status(self) -> None:
        """One line a process."""
        states = self._supervisor.states()
        if not states:
            say("down; `make up` starts it")
        for name, facts in states.items():
            say(f"{name:24}{facts['statename']:10}{facts['description']}")

    def logs(self, process: str | None) -> None:
        """Follow one log, or all of them."""
        files = sorted(self._checkout.logs.glob(f"{process or '*'}.log"))
        if not files:
            raise StackError(
                f"no log of {process or 'any process'}; `make status` lists the processes"
            )
        tail = shutil.which("tail") or "tail"
        os.execv(tail, [tail, "-n", "20", "-F", *map(str, files)])

    def cli(self, service: str, arguments: Sequence[str]) -> int:
        """Run one of a service's commands in the stack's environment."""
        deployable = services.find(service)
        if deployable is None:
            names = ", ".join(each.name for each in DEPLOYABLES)
            raise StackError(f"no service {service}; there are {names}")
        if not deployable.settings_file(self._checkout).exists():
            raise StackError("the stack has not been up yet; run `make up`")
        command = services.command(self._checkout, deployable, arguments)
        return subprocess.run(command, check=False, cwd=self._checkout.root).returncode


@contextmanager
def exclusively(checkout: Checkout) -> Iterator[None]:
    """Only one `up` of a checkout at a time; a second one waits and then finds all done."""
    with (checkout.state / "stack.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.stack", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up")
    up.add_argument("--data", action="store_true", help="PostgreSQL, RabbitMQ and Redis only")
    up.add_argument("--watch", action="store_true", help="Prometheus too, for the dashboards")
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
                stack.up(data_only=chosen.data, watched=chosen.watch)
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
