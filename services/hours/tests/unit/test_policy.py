"""The rule engine: which rule applies, what hours amount to, and that order never matters."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hours.policy import Credit, Rule, Situation, choose_rule, count, judge

KINDS = ("public", "professional", "third")
HENAN = UUID("00000000-0000-0000-0000-000000000001")
ZHENGZHOU = UUID("00000000-0000-0000-0000-000000000002")
PATH = f"/{HENAN}/{ZHENGZHOU}/{uuid4()}/"


def rule(**changes) -> Rule:
    fields = {
        "id": uuid4(),
        "version": 1,
        "name": "90/30/60",
        "year_from": 2017,
        "year_to": None,
        "levels": None,
        "series": None,
        "region_id": None,
        "total_tenths": 900,
        "minimum_tenths": {"public": 300, "professional": 600},
        "filing_days_after": 0,
        "in_force": True,
        "unconfirmed": True,
        "source_note": "test",
    }
    return Rule(**(fields | changes))


def situation(**changes) -> Situation:
    fields = {"year": 2026, "level": "intermediate", "series": None, "path": PATH}
    return Situation(**(fields | changes))


credits_ = st.lists(
    st.builds(Credit, subject_kind=st.sampled_from(KINDS), tenths=st.integers(1, 2000))
)


class TestJudge:
    @given(credits_, st.randoms())
    def test_any_order_gives_the_same_judgement(self, approved, random) -> None:
        shuffled = list(approved)
        random.shuffle(shuffled)
        assert judge(rule(), shuffled) == judge(rule(), approved)

    @given(credits_)
    def test_complete_means_every_minimum_and_the_total_are_reached(self, approved) -> None:
        sums = {kind: sum(c.tenths for c in approved if c.subject_kind == kind) for kind in KINDS}
        reached = (
            sums["public"] >= 300 and sums["professional"] >= 600 and sum(sums.values()) >= 900
        )
        assert judge(rule(), approved).complete is reached

    @given(credits_, st.builds(Credit, st.sampled_from(KINDS), st.integers(1, 2000)))
    def test_more_hours_never_undo_completion(self, approved, one_more) -> None:
        if judge(rule(), approved).complete:
            assert judge(rule(), [*approved, one_more]).complete

    @pytest.mark.parametrize(
        ("public", "professional", "complete"),
        [(300, 600, True), (299, 601, False), (301, 599, False), (0, 900, False), (900, 0, False)],
    )
    def test_boundaries_of_the_default_rule(self, public, professional, complete) -> None:
        approved = [Credit("public", public), Credit("professional", professional)]
        assert judge(rule(), approved).complete is complete

    def test_missing_is_named_per_kind_and_in_all(self) -> None:
        judgement = judge(rule(), [Credit("professional", 650)])
        assert judgement.missing == {"public": 300, "professional": 0}
        assert judgement.missing_total == 250

    def test_excess_of_one_kind_does_not_fill_another(self) -> None:
        judgement = judge(rule(), [Credit("professional", 5000)])
        assert judgement.missing["public"] == 300
        assert not judgement.complete

    @given(credits_)
    def test_count_loses_nothing(self, approved) -> None:
        assert sum(count(approved).values()) == sum(one.tenths for one in approved)


class TestChooseRule:
    def test_none_when_no_rule_is_in_force(self) -> None:
        assert choose_rule([rule(in_force=False)], situation()) is None

    @pytest.mark.parametrize(("year", "found"), [(2016, False), (2017, True), (2020, True)])
    def test_years_bound_the_rule(self, year, found) -> None:
        assert bool(choose_rule([rule(year_to=2020)], situation(year=year))) is found
        assert choose_rule([rule(year_to=2020)], situation(year=2021)) is None

    def test_level_must_be_named(self) -> None:
        junior = rule(levels=frozenset({"junior"}))
        assert choose_rule([junior], situation()) is None
        assert choose_rule([junior], situation(level="junior")) is junior

    def test_nearest_region_wins_over_province_and_series(self) -> None:
        whole, series = rule(region_id=HENAN), rule(series="health")
        city = rule(region_id=ZHENGZHOU)
        for order in ([whole, series, city], [city, series, whole]):
            assert choose_rule(order, situation(series="health")) is city

    def test_region_elsewhere_does_not_apply(self) -> None:
        assert choose_rule([rule(region_id=uuid4())], situation()) is None

    def test_newer_version_wins(self) -> None:
        old, new = rule(version=1), rule(version=2)
        assert choose_rule([new, old], situation()) is new


class TestFilingWindow:
    def test_own_year_only_when_rule_gives_no_days_after(self) -> None:
        assert rule().accepts_filing(2026, date(2026, 12, 31))
        assert not rule().accepts_filing(2026, date(2027, 1, 1))

    def test_days_after_extend_into_the_next_year(self) -> None:
        late = rule(filing_days_after=31)
        assert late.accepts_filing(2026, date(2027, 1, 31))
        assert not late.accepts_filing(2026, date(2027, 2, 1))
