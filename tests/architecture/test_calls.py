"""What only one place may do, only that place does."""

import ast
from collections.abc import Iterable

import pytest
from tests.architecture.sources import (
    PACKAGES,
    Source,
    dotted,
    product_files,
    python_files,
    references,
)

CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
}
ENVIRONMENT = {"os.environ", "os.getenv", "os.putenv", "os.environb"}
ENGINES = ("chassis/chassis/db.py", "chassis/chassis/migrations.py")
SLEEPS = {"time.sleep"}
product = pytest.mark.parametrize("source", product_files(), ids=str)


def uses(source: Source, banned: Iterable[str]) -> list[str]:
    names = set(banned)
    found = {
        f"{source}:{line} {name}"
        for line, name in references(source.tree)
        if any(name == one or name.startswith(f"{one}.") for one in names)
    }
    return sorted(found)


def is_one_of(source: Source, *names: str) -> bool:
    return source.path.relative_to(PACKAGES["chassis"].parent.parent).as_posix() in names


@product
def test_only_the_clock_reads_the_time(source: Source) -> None:
    # A UUID's time orders rows and is never shown, compared or stored as an instant.
    if not is_one_of(source, "chassis/chassis/clock.py", "chassis/chassis/ids.py"):
        assert uses(source, CLOCKS) == []


@product
def test_only_settings_read_the_environment(source: Source) -> None:
    if source.path.name != "settings.py":
        assert uses(source, ENVIRONMENT) == []


@product
def test_only_the_bus_speaks_amqp(source: Source) -> None:
    if not is_one_of(source, "chassis/chassis/bus.py"):
        assert uses(source, {"aio_pika", "aiormq", "pika"}) == []


@product
def test_only_the_database_commits(source: Source) -> None:
    # Database.transaction() commits by leaving the engine's block; nobody calls commit, and
    # nobody but it (and the migrations, which run before the service) opens such a block.
    if is_one_of(source, *ENGINES):
        return
    calls = [node.func for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    ended = [call.attr for call in calls if isinstance(call, ast.Attribute)]
    assert "commit" not in ended
    opened = [dotted(call) for call in calls]
    assert [name for name in opened if name.endswith(("engine.begin", "engine.connect"))] == []


@product
def test_only_the_database_makes_engines(source: Source) -> None:
    if not is_one_of(source, *ENGINES):
        engines = ("sqlalchemy.create_engine", "sqlalchemy.ext.asyncio.create_async_engine")
        assert uses(source, engines) == []


@product
def test_nothing_blocks_the_event_loop_by_sleeping(source: Source) -> None:
    assert uses(source, SLEEPS) == []


@product
def test_nothing_is_printed(source: Source) -> None:
    # Logs are structured; a command writes to sys.stdout on purpose.
    calls = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    assert [call.lineno for call in calls if dotted(call.func) == "print"] == []


@product
def test_no_broken_hash_is_used(source: Source) -> None:
    assert uses(source, {"hashlib.md5", "hashlib.sha1"}) == []


@product
def test_product_imports_no_test_code(source: Source) -> None:
    assert uses(source, {"tests", "pytest", "deploy"}) == []


@pytest.mark.parametrize("source", python_files(), ids=str)
def test_nothing_is_imported_from_a_conftest(source: Source) -> None:
    found = [name for _, name in references(source.tree) if "conftest" in name.split(".")]
    assert found == []
