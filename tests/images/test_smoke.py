"""Every image is made, and its process answers as the cluster would run it.

Its root is read-only, its user 10001, and it has exactly the settings and files that the manifests
of the province give it. What it would connect to is not there: it has to say that it lives.
"""

from pathlib import Path

import pytest
from deploy.images.engine import Engine
from deploy.images.units import UNITS, Unit
from deploy.local.checkout import Checkout
from tests.deploy.rendered import Workload, environment, mounted_files, mounted_folders, workloads
from tests.images.confined import asking, confined
from tests.images.keys import content

pytestmark = [pytest.mark.full, pytest.mark.timeout(1800)]
SERVING = ("api", "web", "proxy")
ROUTES = {"portal": "/health/ready", "gateway": "/health"}
# Nobody signs for a name here, so the gateway's trial is without TLS.
PLAIN = {"TRANSPORT": "plain", "LISTEN_PORT": "8000"}
by_unit = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)


@pytest.fixture(scope="session")
def engine() -> Engine:
    engine = Engine(Checkout.from_environment().state / "images")
    engine.make_bases()
    return engine


@pytest.fixture(scope="session")
def roots(engine: Engine) -> dict[str, Path]:
    return {unit.name: engine.make(unit) for unit in UNITS}


def secrets(workload: Workload, folder: Path) -> Path:
    """Write every file that is mounted below /run/secrets; return that folder."""
    for path, (_, name, key) in mounted_files(workload).items():
        _write(folder / path.lstrip("/"), content(name, key))
    for at, volume in mounted_folders(workload).items():
        if "secret" in volume and at.startswith("/run/secrets/"):
            for key in ("endpoints.json", "access.json"):
                _write(folder / at.lstrip("/") / key, content(volume["name"], key))
    found = folder / "run" / "secrets"
    found.mkdir(parents=True, exist_ok=True)
    return found


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def variables(configuration: dict[str, list[str]]) -> dict[str, str]:
    return dict(one.split("=", 1) for one in configuration["Env"])


@pytest.mark.parametrize(
    "unit", [one for one in UNITS if not one.name.startswith("seal")], ids=lambda one: one.name
)
def test_process_answers(
    unit: Unit, engine: Engine, roots: dict[str, Path], tmp_path: Path
) -> None:
    workload = next(
        one for one in workloads("province") if one.unit == unit.name and one.process in SERVING
    )
    described = engine.configuration(unit)
    assert described["User"] == "10001:10001"
    given = {**variables(described), **environment("province", workload)}
    writable = {}
    if unit.name == "gateway":
        given |= PLAIN
        (tmp_path / "filled-in").mkdir()
        writable["/etc/gateway"] = tmp_path / "filled-in"
    entry = [*described["Entrypoint"], *(described.get("Cmd") or [])]
    command, asked = asking(8000, ROUTES.get(unit.name, "/health/live"), entry)
    done = confined(
        roots[unit.name],
        command,
        environment=given | asked,
        mounts={"/run/secrets": secrets(workload, tmp_path)},
        writable=writable,
    )
    assert " 200 OK" in done.stdout, done.stdout + done.stderr
    assert "user 10001 reads" in done.stdout


def test_rehearsal_token_is_made_and_its_key_asks_for_a_certificate(
    engine: Engine, roots: dict[str, Path], tmp_path: Path
) -> None:
    unit = next(one for one in UNITS if one.name == "seal-softhsm")
    workload = next(one for one in workloads("single-node") if one.process == "keygen")
    (tmp_path / "token").mkdir()
    configuration = tmp_path / "softhsm"
    _write(configuration / "softhsm2.conf", "directories.tokendir = /var/lib/softhsm\n")
    places = {
        "mounts": {
            "/run/secrets": secrets(workload, tmp_path),
            "/etc/softhsm": configuration,
        },
        "writable": {"/var/lib/softhsm": tmp_path / "token"},
    }
    described = engine.configuration(unit)
    given = {**variables(described), **environment("single-node", workload)}
    first, then = workload.pod["initContainers"][0], workload.pod["containers"][0]
    given |= {one["name"]: one["value"] for one in first["env"]}
    made = confined(
        roots[unit.name], [*first["command"], *first["args"]], environment=given, **places
    )
    assert made.returncode == 0, made.stderr
    entry = described["Entrypoint"]
    asked = confined(roots[unit.name], [*entry, *then["args"]], environment=given, **places)
    assert "BEGIN CERTIFICATE REQUEST" in asked.stdout, asked.stderr


@by_unit
def test_nothing_in_the_image_builds_or_installs(unit: Unit, roots: dict[str, Path]) -> None:
    root = roots[unit.name]
    folders = ("usr/bin", "usr/local/bin", "venv/bin")
    programs = {path.name for folder in folders for path in (root / folder).glob("*")}
    assert programs.isdisjoint({"gcc", "cc", "g++", "make", "cargo", "pip", "pip3", "npm", "node"})


@by_unit
def test_neither_tests_nor_what_packages_were_fetched_with_are_in_the_image(
    unit: Unit, roots: dict[str, Path]
) -> None:
    root = roots[unit.name]
    assert [str(path) for path in (root / "app").rglob("tests")] == []
    for handed_in in ("usr/local/etc/npmrc", "etc/pip.conf"):
        left = root / handed_in
        assert not left.exists() or left.read_bytes() == b""
