"""The repository works anywhere: no machine's paths, no registry's addresses, hashed locks."""

import re
from pathlib import Path

import pytest
from tests.architecture.sources import SERVICES, files
from tests.kit.stack import ROOT

# Written in parts, so that this file may be searched like every other.
_REGISTRIES = (
    "pypi" + r"\.org",
    "pythonhosted" + r"\.org",
    "registry" + r"\.npmjs",
    "registry" + r"\.yarnpkg",
    "npmmirror" + r"\.com",
    "tuna" + r"\.tsinghua",
    "mirrors" + r"\.aliyun",
    "proxy" + r"\.golang",
    "index" + r"-url[ =]+\S*://",
    "trusted" + r"-host[ =]",
)
_ELSEWHERE = (r"\.\./" + "shared", r"(?<!\w)/" + "(work|root)/", r"(?<!\w)/home/" + "[a-z]")
_KEYS = ("BEGIN " + "(EC |RSA |ENCRYPTED )?PRIVATE KEY",)
FORBIDDEN = re.compile("|".join((*_REGISTRIES, *_ELSEWHERE, *_KEYS)))
_BINARY = {".png", ".jpg", ".pdf", ".ttf", ".otf", ".woff2", ".gz", ".ico", ".der", ".pyc"}
LOCKS = [
    ROOT / "requirements-dev.txt",
    *(ROOT / "services" / service / "requirements.txt" for service in SERVICES),
    ROOT / "services" / "seal" / "tests" / "csc-dummy-requirements.txt",
]
_MOST_BYTES = 1_000_000


def test_no_file_names_a_registry_a_machine_or_a_private_key() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number} {match.group()}"
        for path in files()
        if path.suffix not in _BINARY
        for number, line in enumerate(_read(path).splitlines(), start=1)
        if (match := FORBIDDEN.search(line))
    ]
    assert found == []


def test_no_file_is_large() -> None:
    # A large file belongs into an object store or is made by a command.
    large = [str(path.relative_to(ROOT)) for path in files() if path.stat().st_size > _MOST_BYTES]
    assert large == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.relative_to(ROOT)))
def test_lock_pins_and_hashes_every_package(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith((" ", "#"))]
    assert lines
    assert [line[:80] for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
