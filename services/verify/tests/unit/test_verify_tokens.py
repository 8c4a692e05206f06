"""Tokens answer the vectors of contracts/qr as stated there."""

import base64
import json
from pathlib import Path

import pytest

from verify.tokens import TokenKeys

VECTORS = json.loads((Path(__file__).parents[4] / "contracts/qr/vectors.json").read_text())
KEYS = TokenKeys({int(v): base64.b64decode(k) for v, k in VECTORS["token_keys"].items()})


@pytest.mark.parametrize("vector", VECTORS["tokens"]["valid"], ids=lambda v: v["input"])
def test_hash_is_the_stated_one_when_token_is_genuine(vector):
    found = KEYS.hash_of(vector["input"])
    assert found is not None
    assert found.hex() == vector["sha256"]


@pytest.mark.parametrize("vector", VECTORS["tokens"]["refused"], ids=lambda v: v["reason"])
def test_nothing_is_returned_when_token_is_not_ours(vector):
    assert KEYS.hash_of(vector["input"]) is None


@pytest.mark.parametrize("position", range(36))
def test_nothing_is_returned_when_any_one_character_differs(position):
    token = VECTORS["tokens"]["valid"][0]["canonical"]
    other = "7" if token[position] != "7" else "8"
    assert KEYS.hash_of(token[:position] + other + token[position + 1 :]) is None


@pytest.mark.parametrize("text", ["_" * 36, "+" + "0" * 35, " " * 36, "%" * 36, "１" * 36])
def test_nothing_is_returned_when_int_would_accept_what_the_profile_does_not(text):
    assert KEYS.hash_of(text) is None


def test_keys_are_refused_when_a_version_is_not_one_byte():
    with pytest.raises(ValueError, match="versions"):
        TokenKeys({256: b"k" * 32})
