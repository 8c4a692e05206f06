"""The dependency direction, as import-linter's contracts in the root pyproject.toml state it."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.sources import PACKAGES, SERVICES
from tests.kit.stack import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {one["name"]: one for one in PYPROJECT["tool"]["importlinter"]["contracts"]}


def test_every_import_contract_is_kept() -> None:
    tool = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run(
        [tool, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-1000:]


def test_contracts_speak_of_every_service() -> None:
    assert set(PYPROJECT["tool"]["importlinter"]["root_packages"]) == set(PACKAGES)
    independent = CONTRACTS["services are independent of each other"]
    assert set(independent["modules"]) == set(SERVICES)
    layered = next(one for one in CONTRACTS.values() if one["type"] == "layers")
    assert set(layered["containers"]) == set(SERVICES)


def test_domain_contract_forgets_no_domain() -> None:
    forbidden = CONTRACTS["the domain knows no machinery"]
    assert {f"{service}.domain" for service in SERVICES} <= set(forbidden["source_modules"])
    machinery = {path.stem for path in PACKAGES["chassis"].glob("*.py")}
    # What every domain may use: failures, and nothing that opens a socket or a file.
    machinery -= {"__init__", "errors", "clock", "ids"}
    assert {f"chassis.{name}" for name in machinery} <= set(forbidden["forbidden_modules"])
