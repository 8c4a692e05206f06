"""The circuit of a lane, transition by transition, by a clock that a test sets."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from certificates.domain.circuit import Circuit

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRST, LONGEST = timedelta(seconds=1), timedelta(seconds=60)
CLOSED = Circuit(UUID(int=1), 0, None, NOON, None, None)


def failed(circuit, now=NOON, *, failures_before=None, error="certificates.seal_unavailable"):
    before = circuit.failures if failures_before is None else failures_before
    return circuit.after_failure(
        error, failures_before=before, now=now, first=FIRST, longest=LONGEST
    )


def test_closed_it_calls_as_often_as_it_may():
    assert not CLOSED.is_open(NOON)
    assert (CLOSED.places(4), CLOSED.batch(50)) == (4, 50)


def test_a_failure_opens_it_and_says_why_and_since_when():
    opened = failed(CLOSED)

    assert opened.is_open(NOON)
    assert (opened.failures, opened.last_error) == (1, "certificates.seal_unavailable")
    assert (opened.failing_since, opened.last_success_at) == (NOON, None)
    assert FIRST / 2 <= opened.next_attempt_at - NOON <= FIRST


def test_after_its_wait_it_is_half_open_one_call_with_one_document():
    opened = failed(CLOSED)
    moment = timedelta(microseconds=1)

    assert opened.is_open(opened.next_attempt_at - moment)
    assert not opened.is_open(opened.next_attempt_at)
    assert (opened.places(4), opened.batch(50)) == (1, 1)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (40, 60)]
)
def test_each_failed_trial_doubles_the_wait_up_to_the_longest(failures, seconds):
    circuit, now = CLOSED, NOON
    for _ in range(failures):
        now = circuit.next_attempt_at
        circuit = failed(circuit, now)

    assert circuit.failures == failures
    whole = timedelta(seconds=seconds)
    assert whole / 2 <= circuit.next_attempt_at - now <= whole
    assert circuit.failing_since == NOON, "since the first of them"


def test_calls_that_were_out_together_count_once():
    together = failed(failed(failed(CLOSED), failures_before=0), failures_before=0)

    assert together.failures == 1


def test_a_call_from_before_a_trial_does_not_shorten_the_wait():
    twice = failed(failed(CLOSED))

    late = failed(twice, failures_before=0)

    assert late.failures == 2


def test_the_newest_reason_is_shown():
    assert failed(failed(CLOSED), error="certificates.seal_refused").last_error == (
        "certificates.seal_refused"
    )


def test_a_success_closes_it_at_once():
    later = NOON + timedelta(hours=1)

    closed = failed(failed(CLOSED)).after_success(later)

    assert closed == Circuit(CLOSED.seal_id, 0, None, later, later, None)
    assert not closed.is_open(later)


def test_a_failure_after_a_success_begins_at_the_first_wait():
    closed = failed(failed(CLOSED)).after_success(NOON)

    again = failed(closed)

    assert (again.failures, again.last_success_at) == (1, NOON)
    assert again.next_attempt_at - NOON <= FIRST
