from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from certificates.domain.backoff import delay_after

FIRST, LONGEST = timedelta(seconds=1), timedelta(seconds=60)


@given(st.integers(min_value=0, max_value=10_000))
def test_delay_stays_between_half_the_first_and_the_longest(failures):
    delay = delay_after(failures, first=FIRST, longest=LONGEST)
    assert FIRST / 2 <= delay <= LONGEST


def test_delay_doubles_until_the_longest():
    upper = [
        max(delay_after(n, first=FIRST, longest=LONGEST) for _ in range(300)) for n in (1, 2, 3, 9)
    ]
    for seen, whole in zip(upper, (1, 2, 4, 60), strict=True):
        assert 0.8 * whole <= seen.total_seconds() <= whole
