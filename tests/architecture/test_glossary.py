"""The words of the contracts are the words of the glossary."""

import json
from collections.abc import Iterator

import pytest
from tests.kit.stack import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
# Plain words that need no entry.
_PLAIN = {"male", "female", "unknown", "active", "confirmed", "ended", "submitted", "approved"}


def _enumerated(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (one for one in node.get("enum", ()) if isinstance(one, str))
        for value in node.values():
            yield from _enumerated(value)
    elif isinstance(node, list):
        for value in node:
            yield from _enumerated(value)


WORDS = {
    word
    for path in (ROOT / "contracts" / "events").glob("*/*.json")
    for word in _enumerated(json.loads(path.read_text(encoding="utf-8")))
}


@pytest.mark.parametrize("word", sorted(WORDS - _PLAIN))
def test_word_of_a_contract_is_in_the_glossary(word: str) -> None:
    assert f"`{word}`" in GLOSSARY
