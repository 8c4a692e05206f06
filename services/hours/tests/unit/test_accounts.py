"""The year account: completed once per completion, reopened when attested hours are gone."""

from datetime import UTC, datetime
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from hours.domain.accounts import AccountState, Circumstances, Turn, YearAccount, settle

NOW = datetime(2026, 11, 23, tzinfo=UTC)
FIXED = Circumstances(NOW, uuid4(), "intermediate", uuid4(), 1)


def account() -> YearAccount:
    return YearAccount(id=uuid4(), person_id=uuid4(), year=2026)


def settled(start: YearAccount, public: int, professional: int):
    counted = {"public": public, "professional": professional}
    complete = public >= 300 and professional >= 600
    return settle(start, counted=counted, complete=complete, circumstances=FIXED)


class TestSettle:
    def test_nothing_changes_when_hours_are_the_same(self) -> None:
        once = settled(account(), 100, 0)
        assert settled(once.account, 100, 0).account == once.account

    def test_completes_once_when_requirement_is_met(self) -> None:
        first = settled(account(), 300, 600)
        assert [turn for turn, _ in first.turns] == [Turn.COMPLETED]
        assert first.account.completion == 1
        more = settled(first.account, 400, 600)
        assert more.turns == ()
        assert more.account.counted == {"public": 400, "professional": 600}
        assert more.account.attested == {"public": 300, "professional": 600}

    def test_reopens_when_attested_hours_are_gone(self) -> None:
        done = settled(account(), 300, 600).account
        back = settled(done, 300, 0)
        assert [turn for turn, _ in back.turns] == [Turn.REOPENED]
        assert back.account.state is AccountState.OPEN
        assert back.account.completion == 1

    def test_second_completion_has_the_next_number(self) -> None:
        done = settled(account(), 300, 600).account
        again = settled(settled(done, 300, 0).account, 300, 650)
        assert [turn for turn, _ in again.turns] == [Turn.COMPLETED]
        assert again.account.completion == 2

    def test_reopens_and_completes_at_once_when_the_rest_suffices(self) -> None:
        done = settled(account(), 400, 600).account
        less = settled(done, 300, 600)
        assert [turn for turn, _ in less.turns] == [Turn.REOPENED, Turn.COMPLETED]
        versions = [then.version for _, then in less.turns]
        assert versions == sorted(set(versions))
        assert less.account.attested == {"public": 300, "professional": 600}

    def test_stays_completed_when_later_hours_replace_withdrawn_ones(self) -> None:
        done = settled(account(), 300, 600).account
        assert settled(settled(done, 400, 600).account, 300, 600).turns == ()

    def test_not_completed_without_a_rule(self) -> None:
        kept = settle(account(), counted={"public": 900}, complete=True, circumstances=None)
        assert kept.turns == ()

    @given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9))))
    def test_any_history_keeps_the_invariants(self, history) -> None:
        now, turns = account(), []
        for public, professional in history:
            before = now.version
            result = settled(now, public * 100, professional * 100)
            assert result.account == now or result.account.version > before
            now = result.account
            turns += result.turns
            assert now.completed is (public >= 3 and professional >= 6)
            assert not now.completed or now.attestation_holds
        kinds = [turn for turn, _ in turns]
        assert kinds == [Turn.COMPLETED, Turn.REOPENED] * (len(kinds) // 2) + [Turn.COMPLETED] * (
            len(kinds) % 2
        )
        completions = [then.completion for turn, then in turns if turn is Turn.COMPLETED]
        assert completions == list(range(1, len(completions) + 1))
