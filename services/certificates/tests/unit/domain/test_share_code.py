"""Codes that people read out: what is mistyped is noticed, what looks alike is understood."""

from itertools import pairwise

import pytest

from certificates.domain.share_code import code_from, normalised

CODES = [code_from(bytes([number * 37 % 256] * 7)) for number in range(40)]


@pytest.mark.parametrize("code", CODES)
def test_is_twelve_signs_that_are_recognised(code):
    assert len(code) == 12
    assert normalised(code) == code


def test_uses_all_of_its_55_random_bits():
    codes = {code_from((1 << bit).to_bytes(7, "big")) for bit in range(1, 56)}
    assert len(codes) == 55


def test_is_read_as_people_write_it():
    code = code_from(bytes(7))
    assert code == "000000000000"
    assert normalised("oooo-OOOO-0000") == code
    for code in CODES:
        written = f" {code[:4]}-{code[4:8]}-{code[8:]} ".lower().replace("1", "l")
        assert normalised(written) == code


@pytest.mark.parametrize("code", CODES)
def test_one_wrong_sign_is_noticed(code):
    for place, sign in enumerate(code):
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
            if other != sign:
                assert normalised(code[:place] + other + code[place + 1 :]) is None


def test_two_signs_exchanged_are_noticed():
    tried = 0
    for number in range(200):
        code = code_from(number.to_bytes(3, "big") * 2 + b"\x5a")
        for place, (first, second) in enumerate(pairwise(code)):
            if first != second:
                tried += 1
                exchanged = code[:place] + second + first + code[place + 2 :]
                assert normalised(exchanged) is None
    assert tried > 500


@pytest.mark.parametrize("text", ["", "0", "0" * 11, "0" * 13, "U00000000000", "00000000000\u0660"])
def test_anything_else_is_no_code(text):
    assert normalised(text) is None
