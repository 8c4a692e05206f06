"""Every process gets the settings it knows, all it needs, and a file behind every path it reads."""

import importlib
import re

import pytest
from pydantic_settings import BaseSettings
from tests.deploy.rendered import (
    OVERLAYS,
    Workload,
    environment,
    mounted_files,
    mounted_folders,
    workloads,
)
from tests.kit.stack import ROOT

from chassis.settings import ServiceSettings

# What libraries read by themselves, with the reason beside it in settings.env.
LIBRARIES = {"PGSSLROOTCERT"}
# What the image itself brings.
IN_IMAGE = {"contracts_dir", "fonts_dir", "web_dir", "built_dir", "dashboards_dir"}
serving = pytest.mark.parametrize(
    ("overlay", "workload"),
    [(overlay, one) for overlay in OVERLAYS for one in workloads(overlay) if one.unit != "gateway"],
    ids=str,
)


def settings_class(unit: str) -> type[BaseSettings]:
    """Return the class that a unit reads its environment with."""
    module = importlib.import_module(
        "portal_server.settings" if unit == "portal" else f"{unit}.settings"
    )
    base = BaseSettings if unit == "portal" else ServiceSettings
    (found,) = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, base)
        and value.__module__ == module.__name__
    ]
    return found


def given(overlay: str, workload: Workload) -> dict[str, str]:
    """Return the settings that a process is given, by field."""
    prefix = f"{workload.unit.upper()}_"
    values = environment(overlay, workload)
    foreign = {name for name in values if not name.startswith(prefix)}
    assert foreign <= LIBRARIES
    return {
        name.removeprefix(prefix).lower(): value
        for name, value in values.items()
        if name.startswith(prefix)
    }


@serving
def test_every_setting_is_known_and_none_is_missing(overlay: str, workload: Workload) -> None:
    fields = settings_class(workload.unit).model_fields
    values = given(overlay, workload)
    required = {name for name, field in fields.items() if field.is_required()}
    assert (set(values) - set(fields), required - set(values) - IN_IMAGE) == (set(), set())


@serving
def test_the_service_takes_its_settings(
    overlay: str, workload: Workload, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(overlay, workload).items():
        monkeypatch.setenv(name, value)
    if workload.unit == "portal":
        monkeypatch.setenv("PORTAL_BUILT_DIR", str(ROOT / "portal"))
        monkeypatch.setenv("PORTAL_DASHBOARDS_DIR", str(ROOT / "deploy/observability/dashboards"))
    loaded = settings_class(workload.unit)().model_dump()
    container = workload.pod["containers"][0]
    for port in container.get("ports", []):
        # The port that is asked for health is the one that the process listens on.
        assert port["containerPort"] in {loaded.get("api_port"), loaded.get("worker_port")}
    assert loaded["api_host"] == "0.0.0.0"


@serving
def test_every_file_is_there_that_is_named_and_every_file_that_is_there_is_named(
    overlay: str, workload: Workload
) -> None:
    values = environment(overlay, workload)
    named = {value for name, value in values.items() if name.endswith("_FILE") or name in LIBRARIES}
    # The certificates behind encrypted connections are named in addresses, others in commands.
    texts = [
        *values.values(),
        *(word for one in workload.containers for word in one.get("args", [])),
    ]
    named |= {found for text in texts for found in re.findall(r"/run/secrets/[\w./-]+", text)}
    given_here = set(mounted_files(workload))
    assert given_here <= named, "mounted and read by nobody"
    # Who is given what is said in the README and compared with it (test_secrets.py).
    assert {path for path in named if not _given_to_anybody(path, overlay, workload.unit)} == set()


def _given_to_anybody(path: str, overlay: str, unit: str) -> bool:
    """Whether some process of the unit has the file, by its name or in a folder."""
    return any(
        path in mounted_files(one)
        or any(
            "projected" not in volume and path.startswith(f"{folder}/")
            for folder, volume in mounted_folders(one).items()
        )
        for one in workloads(overlay)
        if one.unit == unit
    )
