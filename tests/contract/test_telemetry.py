"""Every metric and attribute of our own is declared, and everything declared is used."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from tests.architecture.sources import Source, dotted, product_files, texts
from tests.contract.events import CONTRACTS

TELEMETRY = CONTRACTS / "telemetry"
METRICS: dict[str, Any] = yaml.safe_load((TELEMETRY / "metrics.yaml").read_text(encoding="utf-8"))
ATTRIBUTES: dict[str, Any] = yaml.safe_load(
    (TELEMETRY / "attributes.yaml").read_text(encoding="utf-8")
)
# Namespaces of OpenTelemetry's semantic conventions that we use.
CONVENTIONS = ("http.", "url.", "server.", "client.", "messaging.", "db.", "error.", "service.")
# The event exchange, vhosts and the like share the prefix and are neither metric nor attribute.
OTHER_NAMES = {"yuzheng.events"}
OURS = re.compile(r"yuzheng(\.[a-z_]+)+")
CREATORS = {
    "create_counter": "counter",
    "create_up_down_counter": "up_down_counter",
    "create_histogram": "histogram",
    "create_gauge": "gauge",
    "create_observable_gauge": "gauge",
    "create_observable_counter": "counter",
    # Of chassis.figures: what is counted in tables.
    "Gauge": "gauge",
    "Total": "counter",
}
# Creates what those two declare, so it has no names of its own.
COUNTED = "chassis/chassis/figures.py"


def calls(source: Source) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", dotted(node.func)), node


def test_name_of_our_own_is_declared() -> None:
    known = OTHER_NAMES | set(METRICS) | set(ATTRIBUTES)
    unknown = [
        f"{source}:{line} {text}"
        for source in product_files()
        for line, text in texts(source.tree)
        if OURS.fullmatch(text) and text not in known
    ]
    assert unknown == []


def test_instrument_is_of_the_declared_kind_and_unit() -> None:
    created = [(name, call) for s in product_files() for name, call in calls(s) if name in CREATORS]
    assert created
    for name, call in created:
        metric = METRICS[ast.literal_eval(call.args[0])]
        given = {one.arg: one.value for one in call.keywords}
        if len(call.args) > 1:
            given["unit"] = call.args[1]
        unit = ast.literal_eval(given["unit"]) if "unit" in given else "1"
        assert (CREATORS[name], unit) == (metric["instrument"], metric["unit"])


def test_span_attribute_is_a_convention_or_declared() -> None:
    unknown = [
        f"{source}: {name}"
        for source in product_files()
        for name in _span_attributes(source)
        if not _known(name)
    ]
    assert unknown == []


def test_every_metric_declared_is_used() -> None:
    used = {text for source in product_files() for _, text in texts(source.tree)}
    assert set(METRICS) - used == set()


def test_every_attribute_declared_is_used() -> None:
    used = {text for source in product_files() for _, text in texts(source.tree)}
    assert set(ATTRIBUTES) - used == set()


@pytest.mark.parametrize("name", METRICS)
def test_metric_says_what_it_is(name: str) -> None:
    metric = METRICS[name]
    assert set(metric) == {"instrument", "unit", "meaning", "labels"}
    assert metric["instrument"] in CREATORS.values()
    assert metric["meaning"].endswith(".")
    for label in metric["labels"]:
        assert _known(label), label
        assert label not in ATTRIBUTES or "metric" in ATTRIBUTES[label]["places"]


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_attribute_says_what_it_is_and_is_not_personal(name: str) -> None:
    attribute = ATTRIBUTES[name]
    assert set(attribute) == {"type", "places", "meaning", "personal"}
    assert attribute["personal"] is False
    assert set(attribute["places"]) <= {"span", "metric"}
    assert attribute["meaning"].endswith(".")


def _known(name: str) -> bool:
    return name in ATTRIBUTES or name.startswith(CONVENTIONS)


def _span_attributes(source: Source) -> Iterator[str]:
    for name, call in calls(source):
        if name == "set_attribute" and isinstance(call.args[0], ast.Constant):
            yield call.args[0].value
        attributes = next((one.value for one in call.keywords if one.arg == "attributes"), None)
        if name in ("story", "start_as_current_span", "start_span") and isinstance(
            attributes, ast.Dict
        ):
            yield from (key.value for key in attributes.keys if isinstance(key, ast.Constant))
