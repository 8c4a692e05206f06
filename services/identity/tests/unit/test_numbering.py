from hypothesis import given
from hypothesis import strategies as st

from identity.domain.numbering import draw_management_number, is_management_number


def test_a_drawn_number_checks_out():
    numbers = {draw_management_number() for _ in range(1000)}
    assert len(numbers) == 1000
    assert all(is_management_number(number) and int(number) % 97 == 1 for number in numbers)


@given(place=st.integers(2, 13), step=st.integers(1, 9))
def test_every_single_wrong_digit_is_caught(place, step):
    number = draw_management_number()
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert not is_management_number(wrong)


@given(place=st.integers(2, 12))
def test_swapped_neighbours_are_caught(place):
    number = draw_management_number()
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not is_management_number(swapped)


@given(text=st.text(max_size=20))
def test_any_other_text_is_no_number(text):
    assert not is_management_number(text) or (len(text) == 14 and text.isascii())
