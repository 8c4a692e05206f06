"""Bringing the stack up: in order, each part waiting on the condition that it needs."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from deploy.local import inventory, services, steps
from deploy.local.checkout import Checkout
from deploy.local.deployables import DEPLOYABLES, Deployable
from deploy.local.failures import Failures
from deploy.local.listeners import owner_of
from deploy.local.problems import StackError
from deploy.local.processes import Process
from deploy.local.supervision import Supervisor
from deploy.local.terminal import say
from deploy.local.waiting import is_taken, wait_until

# A process that has died this often while it starts will not make it the next time.
TRIES = 2
# Each is a second of imports on one core; more at once would only slow each other down.
MIGRATIONS_AT_ONCE = 2


class Startup:
    """One `make up`. A running part that has not changed is left alone."""

    def __init__(self, checkout: Checkout, supervisor: Supervisor) -> None:
        self._checkout = checkout
        self._supervisor = supervisor

    def bring_up_data(self) -> None:
        """Start the servers that hold data, with everybody's accounts in them."""
        inventory.prepare(self._checkout)
        self._supervisor.start(inventory.all_processes(self._checkout))
        self._start("data", inventory.data_processes(self._checkout))
        inventory.create_accounts(self._checkout)

    def bring_up_services(self) -> None:
        """Start the rest, each part for itself: one that fails does not stop the others."""
        checkout, failures = self._checkout, Failures()
        for step in steps.preparations(checkout):
            failures.attempt(step.run, checkout)
        # The steps may have written what a process is started with.
        self._supervisor.start(inventory.all_processes(checkout))
        failures.attempt(self._start, "support", inventory.support_processes(checkout))
        migrated = self._migrate(failures)
        processes = [each for one in migrated for each in services.processes(checkout, one)]
        failures.attempt(self._start, "services", processes)
        for step in steps.seeds(checkout):
            failures.attempt(step.run, checkout)
        failures.attempt(self._start, "gateway", inventory.front_processes(checkout))
        failures.raise_if_any()

    def bring_up_watching(self) -> None:
        """Start what collects figures, before a stack that is up."""
        self._start("watching", inventory.watching_processes(self._checkout))

    def _migrate(self, failures: Failures) -> Sequence[Deployable]:
        """Return the deployables whose database is up to date."""

        def migrate(one: Deployable) -> bool:
            return failures.attempt(steps.migration(self._checkout, one).run, self._checkout)

        with ThreadPoolExecutor(MIGRATIONS_AT_ONCE) as pool:
            outcomes = list(pool.map(migrate, DEPLOYABLES))
        return [one for one, good in zip(DEPLOYABLES, outcomes, strict=True) if good]

    def _start(self, stage: str, processes: Sequence[Process]) -> None:
        """Start all of a stage at once, then wait for each."""
        failures = Failures()
        begun = [each for each in processes if failures.attempt(self._begin, each)]
        good = [each for each in begun if failures.attempt(self._await, each)]
        say(f"{stage}: {', '.join(each.name for each in good) or 'none'}")
        failures.raise_if_any()

    def _begin(self, process: Process) -> None:
        if self._supervisor.is_running(process.name):
            return
        for name in process.ports:
            port = self._checkout.ports[name]
            if is_taken(port):
                raise StackError(
                    f"port {port} ({name}) is taken by {owner_of(port)}; "
                    "stop it, or set YUZHENG_PORT_OFFSET (for example 1000)"
                )
        self._supervisor.start_process(process.name)

    def _await(self, process: Process) -> None:
        lives: set[int] = set()

        def is_settled() -> bool:
            facts = self._supervisor.states()[process.name]
            lives.add(facts["pid"])
            if facts["statename"] == "FATAL" or len(lives - {0}) > TRIES:
                raise StackError(f"{process.name}: does not stay up")
            return process.is_ready()

        try:
            wait_until(is_settled, process.ready_seconds, process.name)
        except StackError as failure:
            # Left to itself it would be tried for ever and fill its log.
            self._supervisor.stop_processes([process.name])
            tail = self._supervisor.log_tail(process.name)
            raise StackError(f"{failure}; its last words:\n{tail}") from failure
