"""`python -m tests.run [FOLDER…]`: every check, then the tests of every level, on the stack.

Prints what each folder cost and ends with one line `N passed, N failed, N skipped`. A check (ruff,
mypy, import rules) counts as one test. The stack is left as it was found.

Two pieces run side by side, for most of them wait for servers as long as they compute; what one
prints is kept together and shown when it ends. What stops and kills the stack's own processes
runs alone, at the end.
"""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from deploy.local.checkout import ROOT, Checkout
from deploy.local.problems import StackError
from deploy.local.stack import Stack
from deploy.local.supervision import Supervisor

TOOLS = ROOT / ".venv" / "bin"
CODE = ("chassis", "services", "deploy", "gateway", "portal/server", "tests")
CHECKS = {
    "ruff check": ("ruff", "check", "--quiet", *CODE),
    "ruff format": ("ruff", "format", "--check", "--quiet", *CODE),
    "mypy": ("mypy", "chassis", "services", "deploy", "portal/server"),
    "import rules": ("lint-imports",),
}
# The longest first, so that it is not the last to end; the others from the smallest to the whole.
SIDE_BY_SIDE = (
    "services/certificates",
    "chassis",
    "services/identity",
    "services/hours",
    "services/verify",
    "services/seal",
    "tests/contract",
    "tests/architecture",
    "gateway",
    "portal",
    "deploy",
    "tests/deploy",
)
ALONE = ("tests/e2e", "tests/browser", "tests/resilience")
AT_ONCE = 2
NO_TESTS_COLLECTED = 5
_printing = threading.Lock()


@dataclass(frozen=True)
class Outcome:
    """What one check or one folder of tests came to."""

    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float


def run(title: str, command: Sequence[str]) -> int:
    """Run a command in the root folder, show what it printed, and return its exit status."""
    with tempfile.TemporaryFile("w+") as output:
        ended = subprocess.run(
            command, check=False, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT
        )
        output.seek(0)
        with _printing:
            announce(title)
            print(output.read(), end="", flush=True)
    return ended.returncode


def check(name: str) -> Outcome:
    """Run one tool over all the code."""
    began = time.monotonic()
    tool, *arguments = CHECKS[name]
    good = run(name, [str(TOOLS / tool), *arguments]) == 0
    return Outcome(name, int(good), int(not good), 0, time.monotonic() - began)


def run_tests(folder: str) -> Outcome:
    """Run the tests below one folder in a process of their own."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        command = [str(TOOLS / "python"), "-m", "pytest", "-q", f"--junitxml={report}"]
        status = run(folder, [*command, folder])
        passed, failed, skipped = counts(report)
    if status not in {0, NO_TESTS_COLLECTED} and not failed:
        # Broken off before or after the tests themselves: that is a failure too.
        failed = 1
    return Outcome(folder, passed, failed, skipped, time.monotonic() - began)


def counts(report: Path) -> tuple[int, int, int]:
    """Return passed, failed and skipped of a JUnit report; zeros when there is none."""
    if not report.exists():
        return 0, 0, 0
    suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 - pytest's own file
    total, failures, errors, skipped = (
        sum(int(suite.get(kind, 0)) for suite in suites)
        for kind in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    return max(total - failed - skipped, 0), failed, skipped


@contextmanager
def stack_for_tests() -> Iterator[None]:
    """Keep the whole stack up while the tests run; afterwards only what ran before."""
    checkout = Checkout.from_environment()
    stack, supervisor = Stack(checkout), Supervisor(checkout)
    before = {name for name in supervisor.states() if supervisor.is_running(name)}
    try:
        try:
            stack.up(data_only=False)
        except StackError as problem:
            # The tests that need the missing part will say so; the others are still worth running.
            print(f"yuzheng: {problem}", flush=True)
        yield
    finally:
        if before:
            supervisor.stop_processes(set(supervisor.states()) - before)
        else:
            stack.down()


def announce(title: str) -> None:
    print(f"\n── {title} ", "─" * max(0, 76 - len(title)), sep="", flush=True)


def summarise(outcomes: Sequence[Outcome]) -> bool:
    """Print the table and the last line; tell whether everything passed."""
    announce("summary")
    print(f"{'':28}{'passed':>8}{'failed':>8}{'skipped':>8}{'seconds':>9}")
    for one in outcomes:
        numbers = f"{one.passed:8}{one.failed:8}{one.skipped:8}{one.seconds:9.1f}"
        print(f"{one.name:28}{numbers}")
    passed = sum(one.passed for one in outcomes)
    failed = sum(one.failed for one in outcomes)
    skipped = sum(one.skipped for one in outcomes)
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return failed == 0 and passed > 0


def main(arguments: Sequence[str]) -> int:
    """Run everything, or the tests of the folders that are named."""
    pieces: list[tuple[Callable[[str], Outcome], str]] = []
    if not arguments:
        pieces += [(run_tests, SIDE_BY_SIDE[0]), *((check, name) for name in CHECKS)]
        pieces += [(run_tests, folder) for folder in existing(SIDE_BY_SIDE[1:])]
    with stack_for_tests(), ThreadPoolExecutor(AT_ONCE) as pool:
        began = [pool.submit(work, name) for work, name in pieces]
        outcomes = [one.result() for one in began]
        outcomes += [run_tests(folder) for folder in existing(arguments or ALONE)]
    return 0 if summarise(outcomes) else 1


def existing(folders: Sequence[str]) -> list[str]:
    return [folder for folder in folders if (ROOT / folder).is_dir()]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
