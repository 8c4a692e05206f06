"""Event types are spelled in two rooms only, and only if a contract exists for them."""

import re

import pytest
from tests.architecture.sources import PACKAGES, SERVICES, Source, product_files, texts
from tests.kit.stack import ROOT

TYPE = re.compile(r"(identity|hours|certificates|verify|seal)\.[a-z_]+\.[a-z_]+\.v[0-9]+")
# Where a service tells (events), where it listens (subscribers).
ROOMS = ("events", "subscribers")
CONTRACTS = {path.stem for path in (ROOT / "contracts" / "events").glob("*/*.json")}


def spelled(source: Source) -> dict[str, int]:
    return {text: line for line, text in texts(source.tree) if TYPE.fullmatch(text)}


def room_of(source: Source) -> str:
    package = next(folder for folder in PACKAGES.values() if source.path.is_relative_to(folder))
    return source.path.relative_to(package).parts[0].removesuffix(".py")


def test_event_type_has_a_contract() -> None:
    unknown = [
        f"{source}:{line} {name}"
        for source in product_files()
        for name, line in spelled(source).items()
        if name not in CONTRACTS
    ]
    assert unknown == []


def test_event_type_is_spelled_in_its_room() -> None:
    elsewhere = [
        f"{source}:{line} {name}"
        for source in product_files()
        if room_of(source) not in ROOMS
        for name, line in spelled(source).items()
    ]
    assert elsewhere == []


@pytest.mark.parametrize("service", SERVICES)
def test_service_tells_only_its_own_events(service: str) -> None:
    told = {
        name
        for source in product_files()
        if source.path.is_relative_to(PACKAGES[service]) and room_of(source) == "events"
        for name in spelled(source)
    }
    assert {name for name in told if not name.startswith(f"{service}.")} == set()
