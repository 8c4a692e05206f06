"""A reader who knows one service finds the way in any other."""

import ast

import pytest
from tests.architecture.sources import PACKAGES, SERVICES, Source
from tests.kit.stack import ROOT

EVERY_SERVICE = ("__init__", "__main__", "settings", "errors", "domain", "tables", "store")
PROCESSES = ("app", "worker", "http")
OWN_ROOMS = {
    "identity": ("usecases", "events", "subscribers", "passwords", "tokens"),
    "hours": ("usecases", "events", "subscribers", "policy"),
    "certificates": ("usecases", "events", "subscribers", "rendering", "qr", "sealing"),
    # It writes only what events tell it, so it has a projection in place of use cases.
    "verify": ("subscribers", "projection"),
    # No events: it belongs to a bureau and speaks the remote signing API alone.
    "seal": ("usecases", "keys"),
}
BESIDE = ("README.md", "pyproject.toml", "alembic.ini", "migrations/env.py")
TEMPLATE = "migrations/script.py.mako"
rooms = [(s, room) for s in SERVICES for room in (*EVERY_SERVICE, *PROCESSES, *OWN_ROOMS[s])]
banned = ("utils", "helpers", "common", "manager", "data", "info", "misc", "service")


@pytest.mark.parametrize(("service", "room"), rooms, ids=["/".join(one) for one in rooms])
def test_room_is_there(service: str, room: str) -> None:
    folder = PACKAGES[service]
    assert (folder / f"{room}.py").is_file() or (folder / room / "__init__.py").is_file()


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("file", [*BESIDE, TEMPLATE, "tests/unit", "tests/service"])
def test_service_has_beside_its_package(service: str, file: str) -> None:
    assert (ROOT / "services" / service / file).exists()


@pytest.mark.parametrize("service", SERVICES)
def test_tests_are_there_at_both_levels(service: str) -> None:
    for level in ("unit", "service"):
        assert list((ROOT / "services" / service / "tests" / level).rglob("test_*.py")), level


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_begin_with_date_and_time_and_have_one_head(service: str) -> None:
    versions = sorted((ROOT / "services" / service / "migrations" / "versions").glob("*.py"))
    assert versions
    revisions: set[str] = set()
    replaced: set[str] = set()
    for path in versions:
        assert path.name[:15].replace("-", "").isdigit(), f"{path.name}: YYYY-MM-DD-HHMM first"
        assigned = _assigned(Source(path))
        revisions.add(str(assigned["revision"]))
        replaced |= {str(assigned["down_revision"])} - {"None"}
    assert len(revisions) == len(versions)
    assert len(revisions - replaced) == 1, "more than one head"


def test_every_migration_runs_with_limits_on_locks_and_statements() -> None:
    # The old version still serves while a migration runs: one that waits for a lock would queue
    # every reader behind it. The chassis sets both limits, so that no migration can forget them.
    text = (PACKAGES["chassis"] / "migrations.py").read_text(encoding="utf-8")
    assert "SET LOCAL lock_timeout" in text
    assert "SET LOCAL statement_timeout" in text
    for service in SERVICES:
        environment = ROOT / "services" / service / "migrations" / "env.py"
        assert "run_environment(" in environment.read_text(encoding="utf-8"), service


@pytest.mark.parametrize("package", PACKAGES)
def test_package_says_in_its_charter_what_it_alone_does(package: str) -> None:
    charter = ast.get_docstring(Source(PACKAGES[package] / "__init__.py").tree)
    assert charter
    assert len(charter.splitlines()) >= 2


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_has_a_name_that_says_nothing(package: str) -> None:
    named = {path.stem for path in PACKAGES[package].rglob("*.py")}
    assert named.isdisjoint(banned)


def _assigned(source: Source) -> dict[str, object]:
    found: dict[str, object] = {}
    for node in source.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
                found[target.id] = value.value
    return found
