"""The bills of materials: all that the locks name, in the form the standard asks for."""

import json
import re
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from deploy.images.bill import bill, main, text
from deploy.images.units import UNITS, Unit
from packaging.utils import canonicalize_name
from tests.kit.stack import ROOT, stack

every = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
STATUS = """Package: libc6
Status: install ok installed
Architecture: amd64
Version: 2.36-9+deb12u13
Description: GNU C Library: Shared libraries
 Contains the standard libraries.

Package: gone
Status: deinstall ok config-files
Architecture: all
Version: 1.0
"""


def components(unit: Unit, root: Path | None = None) -> dict[str, dict]:
    document = json.loads(text(bill(unit, root)))
    return {one.get("purl", one["name"]): one for one in document["components"]}


@every
def test_document_is_what_the_standard_asks_for(unit: Unit) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text(bill(unit))) is None


@every
def test_every_python_package_of_the_lock_is_in_it_with_its_digests(unit: Unit) -> None:
    found = components(unit)
    lines = (ROOT / unit.lock).read_text().replace("\\\n", " ").splitlines() if unit.lock else []
    locked = [match for line in lines if (match := re.match(r"([\w.-]+)(?:\[\S+\])?==(\S+)", line))]
    assert bool(locked) == bool(unit.lock)
    for match in locked:
        one = found[f"pkg:pypi/{canonicalize_name(match[1])}@{match[2]}"]
        assert {digest["content"] for digest in one["hashes"]} == set(
            re.findall(r"sha256:([0-9a-f]{64})", match.string)
        )


def test_web_packages_are_in_it_but_not_what_only_builds_or_tests() -> None:
    (unit,) = [one for one in UNITS if one.name == "portal"]
    names = {purl.split("@")[0] for purl in components(unit)}
    assert {"pkg:npm/vue", "pkg:npm/element-plus", "pkg:npm/echarts"} <= names
    assert names.isdisjoint({"pkg:npm/vite", "pkg:npm/vitest", "pkg:npm/typescript"})


@every
def test_base_image_is_in_it(unit: Unit) -> None:
    assert [purl for purl in components(unit) if purl.startswith("pkg:docker/")]


def test_installed_packages_of_debian_are_in_it(tmp_path: Path) -> None:
    status = tmp_path / "var/lib/dpkg/status"
    status.parent.mkdir(parents=True)
    status.write_text(STATUS)
    names = [purl for purl in components(UNITS[0], tmp_path) if purl.startswith("pkg:deb/")]
    assert names == ["pkg:deb/debian/libc6@2.36-9%2Bdeb12u13?arch=amd64"]


def test_bills_of_the_named_units_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gateway"]) == 0
    file = stack().checkout.state / "bills" / "gateway.cdx.json"
    assert capsys.readouterr().out.split() == [str(file)]
    assert "envoyproxy/envoy" in file.read_text()
    with pytest.raises(SystemExit):
        main(["nothing"])
