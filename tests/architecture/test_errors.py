"""Failures are one vocabulary: stable codes by service, texts that people can read."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from tests.architecture.sources import PACKAGES, SERVICES

from chassis.errors import ServiceError

CHINESE = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"[a-z]+(\.[a-z0-9]+(_[a-z0-9]+)*)")


def failures(package: str) -> list[type[ServiceError]]:
    """Return the failures a package can answer with; those only refined by others are left out."""
    for module in pkgutil.walk_packages([str(PACKAGES[package])], f"{package}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found = {one for one in _below(ServiceError) if one.__module__.split(".")[0] == package}
    return sorted(
        (one for one in found if "code" in vars(one) or not one.__subclasses__()),
        key=lambda one: one.__qualname__,
    )


def _below(failure: type[ServiceError]) -> Iterator[type[ServiceError]]:
    for one in failure.__subclasses__():
        yield one
        yield from _below(one)


every_failure = [(package, failure) for package in PACKAGES for failure in failures(package)]
parametrized = pytest.mark.parametrize(
    ("package", "failure"), every_failure, ids=[failure.__name__ for _, failure in every_failure]
)


@parametrized
def test_code_is_service_and_fact(package: str, failure: type[ServiceError]) -> None:
    assert "code" in vars(failure), "inherits the code of another failure"
    assert CODE.fullmatch(failure.code)
    assert failure.code.startswith(f"{package}.")


@parametrized
def test_detail_is_a_chinese_sentence(package: str, failure: type[ServiceError]) -> None:
    assert CHINESE.search(failure.detail)
    assert failure.detail.endswith("。")
    if package != "chassis":
        assert "detail" in vars(failure), "inherits the text of another failure"


@parametrized
def test_remedy_is_a_chinese_sentence_if_there_is_one(
    package: str, failure: type[ServiceError]
) -> None:
    if failure.remedy:
        assert CHINESE.search(failure.remedy)
        assert failure.remedy.endswith("。")


def test_codes_are_unique() -> None:
    codes = sorted(failure.code for _, failure in every_failure)
    assert [code for code in codes if codes.count(code) > 1] == []


@pytest.mark.parametrize("service", SERVICES)
def test_service_has_failures_of_its_own(service: str) -> None:
    assert failures(service)
