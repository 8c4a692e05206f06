"""What only one place may do, only that place does."""

import ast
from collections.abc import Iterable

from tests.architecture.sources import Source, dotted, product_files, python_files

CLOCK = "chassis/chassis/clock.py"
# A UUID's time orders rows and is never shown, compared or stored as an instant.
IDS = "chassis/chassis/ids.py"
BUS = tuple(f"chassis/chassis/{name}.py" for name in ("bus", "parking", "topology"))
# Migrations run before the service and bring their own engine.
ENGINES = ("chassis/chassis/db.py", "chassis/chassis/migrations.py")
CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
}
ENVIRONMENT = {"os.environ", "os.getenv", "os.putenv", "os.environb"}


def uses(banned: Iterable[str], *, except_in: Iterable[str] = ()) -> list[str]:
    """Return where the product uses one of the names or anything below it."""
    names, allowed = tuple(banned), set(except_in)
    return sorted(
        f"{source}:{line} {name}"
        for source in product_files()
        if source.name not in allowed
        for line, name in source.references
        if any(name == one or name.startswith(f"{one}.") for one in names)
    )


def calls(source: Source) -> list[ast.Call]:
    return [node for node in ast.walk(source.tree) if isinstance(node, ast.Call)]


def test_only_the_clock_reads_the_time() -> None:
    assert uses(CLOCKS, except_in=(CLOCK, IDS)) == []


def test_only_settings_read_the_environment() -> None:
    settings = [one.name for one in product_files() if one.path.name == "settings.py"]
    assert uses(ENVIRONMENT, except_in=settings) == []


def test_only_the_bus_speaks_amqp() -> None:
    assert uses({"aio_pika", "aiormq", "pika"}, except_in=BUS) == []


def test_only_the_database_commits() -> None:
    # Database.transaction() commits by leaving the engine's block: nobody calls commit, and
    # nobody else opens a block that would.
    found = [
        f"{source}:{call.lineno} {call.func.attr}"
        for source in product_files()
        if source.name not in ENGINES
        for call in calls(source)
        if isinstance(call.func, ast.Attribute)
        if call.func.attr == "commit" or dotted(call.func).endswith(("engine.begin", ".connect"))
        if dotted(call.func) != "bus.connect"
    ]
    assert found == []


def test_only_the_database_makes_engines() -> None:
    engines = ("sqlalchemy.create_engine", "sqlalchemy.ext.asyncio.create_async_engine")
    assert uses(engines, except_in=ENGINES) == []


def test_nothing_blocks_the_event_loop_by_sleeping() -> None:
    assert uses({"time.sleep"}) == []


def test_nothing_is_printed() -> None:
    # Logs are structured; a command writes to sys.stdout on purpose.
    found = [
        f"{source}:{call.lineno}"
        for source in product_files()
        for call in calls(source)
        if dotted(call.func) in ("print", "pprint.pprint")
    ]
    assert found == []


def test_no_broken_hash_is_used() -> None:
    assert uses({"hashlib.md5", "hashlib.sha1"}) == []


def test_product_imports_no_test_code() -> None:
    assert uses({"tests", "pytest", "deploy"}) == []


def test_nothing_is_imported_from_a_conftest() -> None:
    found = [
        f"{source}:{line} {name}"
        for source in python_files()
        for line, name in source.references
        if "conftest" in name.split(".")
    ]
    assert found == []
