from datetime import UTC, datetime, timedelta

import pytest

from verify.domain import (
    NOTHING_READ,
    Fact,
    Office,
    SealState,
    Snapshot,
    State,
    judge,
    mask_name,
    seal_of_office,
)

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
LIMIT = timedelta(minutes=15)
FACT = Fact(
    1, 0, "", "valid", "张*", "female",
    "410105********0020", "41038517264970", 2026, 1, "intermediate",
    900, 300, 600, "医院", "o", "局", "2026-11-20", 7, "d8a60089964b39b0",
)  # fmt: skip


def _judge(fact, *, age=timedelta(seconds=1), offices=None):
    return judge(Snapshot(fact, NOW - age, offices or {}), now=NOW, stale_after=LIMIT)


class TestJudge:
    @pytest.mark.parametrize("state", ["valid", "suspended", "superseded", "revoked"])
    def test_state_is_the_registrys_when_reading_is_fresh(self, state):
        answer = _judge(FACT._replace(state=state))
        assert answer.state == state
        assert answer.fact is not None

    def test_is_not_found_when_fresh_reading_has_no_fact(self):
        assert _judge(None).state is State.NOT_FOUND

    @pytest.mark.parametrize("fact", [None, FACT, FACT._replace(state="suspended")])
    def test_could_not_check_when_reading_is_stale(self, fact):
        answer = _judge(fact, age=LIMIT + timedelta(seconds=1))
        assert answer.state is State.COULD_NOT_CHECK
        assert answer.fact is None

    def test_answer_stands_when_reading_is_just_not_stale(self):
        assert _judge(FACT, age=LIMIT).state is State.VALID

    def test_revocation_stands_when_reading_is_stale(self):
        answer = _judge(FACT._replace(state="revoked"), age=timedelta(days=3))
        assert answer.state is State.REVOKED
        assert answer.seal is SealState.UNKNOWN

    def test_could_not_check_when_nothing_was_read(self):
        answer = judge(NOTHING_READ, now=NOW, stale_after=LIMIT)
        assert (answer.state, answer.as_of) == (State.COULD_NOT_CHECK, None)

    def test_seal_and_new_name_are_the_offices_when_it_is_known(self):
        answer = _judge(FACT, offices={"o": Office("suspended", "新局")})
        assert (answer.seal, answer.office_name_now) == (SealState.SUSPENDED, "新局")

    def test_new_name_is_left_out_when_office_kept_its_name(self):
        assert _judge(FACT, offices={"o": Office("active", "局")}).office_name_now is None


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张䶮", "张*"),
        ("𬱖山", "𬱖*"),
        ("欧阳修文", "欧***"),
        ("买买提·吐尔逊", "买**·***"),
        ("李", "李"),
    ],
)
def test_mask_hides_all_but_the_first_code_point(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("states", "expected"),
    [(["suspended", "active"], "active"), (["suspended"], "suspended"), ([], "unknown")],
)
def test_office_seal_is_active_when_one_of_its_seals_is(states, expected):
    assert seal_of_office(states) == expected
