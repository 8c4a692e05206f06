"""The keyed hash of a name."""

import pytest
from verify_kit import NAME_KEYS

from chassis.settings import Keyring
from verify.names import NameKeys

NUMBER = "41038517264970"


@pytest.mark.parametrize(
    "written",
    ["张䶮", " 张 䶮 ", "张\u3000䶮"],
)
def test_name_matches_however_it_is_spaced(written: str) -> None:
    assert NAME_KEYS.matches(written, NUMBER, NAME_KEYS.digest("张䶮", NUMBER))


def test_every_middle_dot_is_the_same_dot() -> None:
    held = NAME_KEYS.digest("阿卜杜拉·买买提", NUMBER)
    assert NAME_KEYS.matches("阿卜杜拉•买买提", NUMBER, held)
    assert NAME_KEYS.matches("阿卜杜拉・买买提", NUMBER, held)


@pytest.mark.parametrize("written", ["", "张", "张龑", "张䶮䶮"])
def test_another_name_does_not_match(written: str) -> None:
    assert not NAME_KEYS.matches(written, NUMBER, NAME_KEYS.digest("张䶮", NUMBER))


@pytest.mark.parametrize("held", [None, b"", b"\x09" + bytes(16), b"\x01"])
def test_nothing_matches_what_is_not_held(held: bytes | None) -> None:
    assert not NAME_KEYS.matches("张䶮", NUMBER, held)


def test_two_people_of_one_name_have_different_hashes() -> None:
    assert NAME_KEYS.digest("张伟", NUMBER) != NAME_KEYS.digest("张伟", "41000000000034")


def test_old_key_still_compares_after_a_rotation() -> None:
    first = Keyring(current=1, keys={1: bytes(32)})
    held = NameKeys(first).digest("张䶮", NUMBER)
    rotated = NameKeys(Keyring(current=2, keys={1: bytes(32), 2: b"2" * 32}))
    assert rotated.matches("张䶮", NUMBER, held)
    assert rotated.digest("张䶮", NUMBER)[0] == 2
