from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from certificates.domain.pace import Allowance, Pace

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
RATES = st.floats(min_value=0.01, max_value=10_000)
# Seconds that pass, and how many documents somebody then wants.
LOOKS = st.lists(
    st.tuples(st.floats(min_value=-2, max_value=5), st.integers(min_value=0, max_value=50)),
    max_size=40,
)


@given(RATES, LOOKS)
def test_never_more_than_the_rate_over_any_stretch_and_one_second(rate, looks):
    pace, now = Pace(per_second=rate), NOON
    allowance = Allowance.full(pace, now)
    given_out = []
    for seconds, wanted in looks:
        now += timedelta(seconds=seconds)
        allowance = allowance.at_time(pace, now)
        taken = min(wanted, allowance.whole)
        allowance = allowance.spend(taken)
        given_out.append((allowance.at, taken))
    for first, (began, _) in enumerate(given_out):
        documents = 0
        for at, taken in given_out[first:]:
            documents += taken
            seconds = (at - began).total_seconds()
            assert documents <= max(rate, 1) + rate * seconds + 1e-6


@given(RATES)
def test_after_the_wait_it_names_one_may_go(rate):
    pace = Pace(per_second=rate)
    empty = Allowance(0.0, NOON)
    # Instants are whole microseconds.
    after = NOON + empty.wait_for_one(pace) + timedelta(microseconds=1)
    assert empty.whole == 0
    assert empty.at_time(pace, after).whole >= 1


def test_full_allowance_waits_for_nothing():
    assert Allowance.full(Pace(), NOON).wait_for_one(Pace()) == timedelta(0)


def test_less_than_one_a_second_still_gets_one():
    slow = Pace(per_second=0.1)
    allowance = Allowance.full(slow, NOON).spend(1)
    assert allowance.at_time(slow, NOON + timedelta(seconds=9)).whole == 0
    assert allowance.at_time(slow, NOON + timedelta(seconds=10)).whole == 1
    assert allowance.at_time(slow, NOON + timedelta(seconds=100)).whole == 1
