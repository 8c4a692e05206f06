"""`python -m deploy.images.bill [UNIT…]`: what is in each image, as a CycloneDX bill of materials.

Written to `.local/bills/UNIT.cdx.json`: the Python packages of the unit's lock (by cyclonedx-py),
the web packages its scripts are bundled from (package-lock.json, without what only builds or
tests), the base image, and, of an image's root folder handed in with `--root`, the packages of
Debian in it.
"""

import argparse
import base64
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from deploy.images.units import UNITS, VERSION, Unit
from deploy.local.checkout import ROOT, Checkout

_DPKG = Path("var/lib/dpkg/status")
# As package-lock.json writes the digest before its base64.
_ALGORITHMS = {"sha512": HashAlgorithm.SHA_512, "sha1": HashAlgorithm.SHA_1}


def bill(unit: Unit, root: Path | None = None) -> Bom:
    """Return the bill of one unit; ``root`` is its image's file system."""
    found = _of_python(ROOT / unit.lock) if unit.lock else Bom()
    found.metadata.component = Component(
        name=f"yuzheng-{unit.name}", version=VERSION, type=ComponentType.CONTAINER
    )
    if unit.web:
        lock = json.loads((ROOT / unit.web / "package-lock.json").read_text(encoding="utf-8"))
        found.components.update(_of_web(lock["packages"]))
    found.components.update(_of_bases((ROOT / unit.dockerfile).read_text(encoding="utf-8")))
    if root:
        found.components.update(_of_debian((root / _DPKG).read_text(encoding="utf-8")))
    found.register_dependency(found.metadata.component, found.components)
    return found


def _of_python(lock: Path) -> Bom:
    command = [str(Path(sys.executable).with_name("cyclonedx-py")), "requirements", str(lock)]
    command += ["--spec-version", "1.6", "--output-format", "JSON", "--output-file", "-"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    document = json.loads(done.stdout)
    for component in document["components"]:
        # The line of the lock, hashes and all; and an index nobody has to take it from.
        component.pop("description", None)
        (source,) = component.pop("externalReferences")
        component["hashes"] = source["hashes"]
    # The library makes the method when it is imported, so no type says that it is there.
    found: Bom = cast("Any", Bom).from_json(document)
    return found


def _of_web(packages: Mapping[str, Mapping[str, Any]]) -> Iterator[Component]:
    for path, told in packages.items():
        name = path.rpartition("node_modules/")[2]
        if path and "version" in told and not (told.get("dev") or told.get("devOptional")):
            group, _, plain = name.rpartition("/")
            yield Component(
                name=plain,
                group=group or None,
                version=told["version"],
                purl=PackageURL("npm", group or None, plain, told["version"]),
                hashes=_hashes(told.get("integrity", "")),
                licenses=[DisjunctiveLicense(name=told["license"])] if "license" in told else (),
                bom_ref=f"npm:{path}",
            )


def _hashes(integrity: str) -> Iterator[HashType]:
    for one in integrity.split():
        algorithm, _, digest = one.partition("-")
        yield HashType(alg=_ALGORITHMS[algorithm], content=base64.b64decode(digest).hex())


def _of_bases(dockerfile: str) -> Iterator[Component]:
    # What NODE_BASE has does not come into an image.
    for name, version in re.findall(
        r"^ARG (?!NODE_)\w+_BASE=docker\.io/(\S+):(\S+)$", dockerfile, re.MULTILINE
    ):
        group, _, plain = name.rpartition("/")
        yield Component(
            name=name,
            version=version,
            type=ComponentType.CONTAINER,
            purl=PackageURL("docker", group or None, plain, version),
            bom_ref=f"docker:{name}",
        )


def _of_debian(status: str) -> Iterator[Component]:
    for paragraph in status.split("\n\n"):
        told = dict(_fields(paragraph.splitlines()))
        if told.get("Status", "").endswith(" installed"):
            name, version = told["Package"], told["Version"]
            qualifiers = {"arch": told["Architecture"]}
            yield Component(
                name=name,
                version=version,
                purl=PackageURL("deb", "debian", name, version, qualifiers),
                bom_ref=f"deb:{name}:{told['Architecture']}",
            )


def _fields(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, colon, value = line.partition(": ")
        if colon and not name[:1].isspace():
            yield name, value


def text(found: Bom) -> str:
    """Return the document."""
    return JsonV1Dot6(found).output_as_string(indent=2) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the bills of the units that are named, or of all."""
    names = [unit.name for unit in UNITS]
    parser = argparse.ArgumentParser(prog="python -m deploy.images.bill")
    parser.add_argument("units", nargs="*", metavar="UNIT", help=", ".join(names))
    parser.add_argument("--root", type=Path, help="an image's file system; of one unit")
    options = parser.parse_args(arguments)
    if unknown := set(options.units) - set(names):
        parser.error(f"no such unit: {', '.join(sorted(unknown))}")
    if options.root and len(options.units) != 1:
        parser.error("--root is of one unit")
    folder = Checkout.from_environment().state / "bills"
    folder.mkdir(parents=True, exist_ok=True)
    for unit in UNITS:
        if not options.units or unit.name in options.units:
            file = folder / f"{unit.name}.cdx.json"
            file.write_text(text(bill(unit, options.root)), encoding="utf-8")
            print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
