"""ID numbers of GB 11643 as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kit.people import identity_number

from identity.domain.id_numbers import IdType, Sex, parse_id_number
from identity.errors import (
    IdNumberCheckDigitWrong,
    IdNumberMalformed,
    IdNumberTruncatedBySpreadsheet,
)

REFUSALS = (IdNumberCheckDigitWrong, IdNumberMalformed, IdNumberTruncatedBySpreadsheet)
TODAY = date(2026, 11, 23)
valid_numbers = st.builds(
    identity_number,
    birth=st.dates(date(1930, 1, 1), date(2008, 1, 1)),
    serial=st.integers(0, 999),
    area=st.from_regex(r"[1-9][0-9]{5}", fullmatch=True),
)


def parse(text):
    return parse_id_number(text, today=TODAY)


class TestParseIdNumber:
    @pytest.mark.parametrize("number", ["11010519491231002X", "410100199003070016"])
    def test_accepts_the_standards_examples(self, number):
        assert parse(number).value == number

    def test_lengthens_a_number_of_the_first_generation(self):
        assert parse("410105491231002").value == "410105194912310020"

    @pytest.mark.parametrize(
        "typed",
        [
            "11010519491231002x",
            " 110105 19491231 002X ",
            "１１０１０５１９４９１２３１００２Ｘ",
            "110105-19491231-002ｘ",
            "\u200b11010519491231002X\u3000",
        ],
    )
    def test_forgives_what_a_keyboard_brings_in(self, typed):
        assert parse(typed).value == "11010519491231002X"

    @given(number=valid_numbers)
    def test_accepts_every_address_code_and_knows_the_sex(self, number):
        parsed = parse(number)
        assert parsed.value == number
        assert parsed.sex is (Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)

    @given(number=valid_numbers, place=st.integers(0, 16), step=st.integers(1, 9))
    def test_refuses_every_single_wrong_digit(self, number, place, step):
        wrong = str((int(number[place]) + step) % 10)
        altered = number[:place] + wrong + number[place + 1 :]
        with pytest.raises(REFUSALS):
            parse(altered)

    @given(number=valid_numbers, place=st.integers(0, 15))
    def test_refuses_swapped_neighbours(self, number, place):
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        if swapped != number:
            with pytest.raises(REFUSALS):
                parse(swapped)

    @given(number=valid_numbers)
    def test_explains_the_rounding_of_spreadsheets(self, number):
        rounded = number[:15] + "000"
        if rounded != number and rounded != identity_number_of(rounded):
            with pytest.raises(IdNumberTruncatedBySpreadsheet):
                parse(rounded)

    @pytest.mark.parametrize(
        "text",
        ["", "41", "41010019900307001", "4101001990030700166", "abc", "41010019900307００十６",
         "٤١٠١٠٠١٩٩٠٠٣٠٧٠٠١٦", "4101054912310", "410105491331002"],
    )  # fmt: skip
    def test_refuses_what_is_no_number(self, text):
        with pytest.raises(IdNumberMalformed):
            parse(text)

    def test_refuses_a_birth_date_that_does_not_exist_or_is_to_come(self):
        tomorrow = identity_number(birth=date(2026, 11, 24))
        with pytest.raises(IdNumberMalformed):
            parse(tomorrow)
        with pytest.raises(IdNumberMalformed):
            parse(with_check_digit("41010019900230001"))

    @pytest.mark.parametrize(
        ("area", "kind"),
        [
            ("810000", IdType.HMT_RESIDENCE_PERMIT),
            ("830000", IdType.HMT_RESIDENCE_PERMIT),
            ("941840", IdType.PERMANENT_RESIDENCE_CARD),
            ("410105", IdType.RESIDENT_IDENTITY_CARD),
        ],
    )
    def test_knows_the_document_by_the_number(self, area, kind):
        assert parse(identity_number(area=area)).id_type is kind


def test_a_number_never_shows_itself():
    parsed = parse("110105194912310" + "02X")
    assert parsed.masked == "1101**********002X"
    assert "19491231" not in repr(parsed)


def with_check_digit(body):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def identity_number_of(number):
    return with_check_digit(number[:17])
