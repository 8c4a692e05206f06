"""The portal's rules: areas stand alone, everything comes from the lock, and files stay small."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.kit.stack import ROOT

PORTAL = ROOT / "portal"
SOURCES = PORTAL / "src"
AREAS = sorted(folder.name for folder in (SOURCES / "areas").iterdir() if folder.is_dir())
MOST_LINES = 400
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*['"]([^'"]+)['"]""")


def sources(folder: Path = SOURCES) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".ts", ".vue"} and "generated" not in path.parts:
            yield path


def area_of(path: Path) -> str | None:
    if not path.is_relative_to(SOURCES):
        return None
    parts = path.relative_to(SOURCES).parts
    return parts[1] if parts[0] == "areas" else None


def imported(path: Path) -> Iterator[Path]:
    """Return the files of ours that a file imports."""
    for name in IMPORT.findall(path.read_text("utf-8")):
        if name.startswith("@/"):
            yield SOURCES / name[2:]
        elif name.startswith("."):
            yield (path.parent / name).resolve()


@pytest.mark.parametrize("area", AREAS)
def test_area_imports_no_other_area(area: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {one.relative_to(SOURCES)}"
        for path in sources(SOURCES / "areas" / area)
        for one in imported(path)
        if area_of(one) not in {None, area}
    ]
    assert found == []


def test_shared_rooms_import_no_area() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {one.relative_to(SOURCES)}"
        for room in ("api", "kit", "session", "layout", "words")
        for path in sources(SOURCES / room)
        for one in imported(path)
        if area_of(one)
    ]
    assert found == []


@pytest.mark.parametrize("area", AREAS)
def test_area_has_its_rooms(area: str) -> None:
    there = {path.name for path in (SOURCES / "areas" / area).iterdir()}
    assert {"routes.ts", "titles.ts", "words.ts"} <= there


def test_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources()
        if path.name != "words.ts"
        if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_templates_hold_no_markup_from_data_and_no_inline_style() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        if path.suffix == ".vue"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "v-html" in line or re.search(r"""\sstyle=["']""", line)
    ]
    assert found == []


def test_only_the_session_knows_the_token() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in sources()
        if not path.name.endswith(".test.ts")
        if path.parent.name != "session"
        if re.search(r"access_token|sessionStorage", path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("folder", ["portal", "services/verify/web"])
def test_lock_names_no_registry(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))
    addressed = {
        name: one["resolved"]
        for name, one in lock["packages"].items()
        if "://" in one.get("resolved", "")
    }
    assert addressed == {}
    unsealed = [
        name
        for name, one in lock["packages"].items()
        if name.startswith("node_modules/")
        if "packages/no-canvas" not in f"{name} {one.get('resolved', '')}"
        if not one.get("integrity")
    ]
    assert unsealed == []
