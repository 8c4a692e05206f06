"""A released event schema only grows optional fields; anything else is a new major."""

import copy
import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from tests.contract.compatibility import differences
from tests.contract.events import EVENT_FILES
from tests.kit.stack import ROOT

Change = Callable[[dict[str, Any]], object]
SCHEMA = EVENT_FILES[0].schema
FIELD = next(iter(SCHEMA["properties"]))
ALLOWED: dict[str, Change] = {
    "optional field added": lambda s: s["properties"].update(note={"type": "string"}),
    "description reworded": lambda s: s["properties"][FIELD].update(description="Other words."),
    "example added": lambda s: s["examples"].append({}),
}
FORBIDDEN: dict[str, Change] = {
    "field removed": lambda s: s["properties"].pop(FIELD),
    "field of another type": lambda s: s["properties"][FIELD].update(type="integer"),
    "field becomes personal": lambda s: s["properties"][FIELD].update({"x-pii": "contact"}),
    "field no longer required": lambda s: s["required"].remove(FIELD),
    "required field added": lambda s: s["required"].append("note"),
    "no further fields": lambda s: s.update(additionalProperties=False),
}


@pytest.mark.parametrize("change", ALLOWED.values(), ids=ALLOWED)
def test_addition_is_compatible(change: Change) -> None:
    assert list(differences(SCHEMA, _after(change))) == []


@pytest.mark.parametrize("change", FORBIDDEN.values(), ids=FORBIDDEN)
def test_other_change_is_not(change: Change) -> None:
    assert list(differences(SCHEMA, _after(change)))


def test_schemas_are_compatible_with_the_last_release() -> None:
    tag = _git("describe", "--tags", "--abbrev=0", "--match", "v*")
    if not tag:
        pytest.skip("nothing has been released yet")
    released = _git("ls-tree", "-r", "--name-only", tag.strip(), "contracts/events").splitlines()
    assert released
    for path in (path for path in released if path.count("/") > 2):
        assert (ROOT / path).is_file(), f"{path}: removed while a consumer may still be there"
        old = json.loads(_git("show", f"{tag.strip()}:{path}"))
        new = json.loads((ROOT / path).read_text(encoding="utf-8"))
        assert list(differences(old, new)) == [], path


def _after(change: Change) -> dict[str, Any]:
    schema = copy.deepcopy(SCHEMA)
    change(schema)
    return schema


def _git(*arguments: str) -> str:
    run = subprocess.run(
        ["git", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout
