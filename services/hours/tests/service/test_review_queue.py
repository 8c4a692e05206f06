"""The review queue: filters, order, figures, and one claim with all that belongs to it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from services.hours.tests.service.matrix import ABOVE_HOSPITAL, PLACES, ROLES

from hours.store import review_queue

every_plan = pytest.mark.parametrize("few", [0, 500], ids=["walked", "merged"])


async def listed(caller, **query):
    answer = await caller.get("/reviews", step="employer", **query)
    assert answer.status_code == 200, answer.text
    return [item["claim_id"] for item in answer.json()["items"]]


async def figures(caller, **query):
    answer = await caller.get("/reviews/figures", step="employer", **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


class TestFilters:
    @every_plan
    async def test_each_narrows_list_and_figures_alike(self, hours, monkeypatch, few) -> None:
        monkeypatch.setattr(review_queue, "_FEW_ORGANISATIONS", few)
        technician = await hours.technician()
        plain = await technician.claim()
        public = await technician.claim(subject_kind="public")
        degree = await technician.claim(activity_kind="degree_course")
        earlier = await technician.claim()
        await hours.run("UPDATE claims SET year = 2025 WHERE id = :id", id=earlier)
        at_school = await (await hours.technician("school")).claim()
        admin = hours.employer_administrator("jinshui")
        for query, expected in (
            ({}, [plain, public, degree, earlier, at_school]),
            ({"subject_kind": "public"}, [public]),
            ({"activity_kind": "degree_course"}, [degree]),
            ({"year": 2025}, [earlier]),
            ({"year": 2026, "subject_kind": "professional"}, [plain, degree, at_school]),
            ({"overdue": True}, []),
        ):
            assert await listed(admin, **query) == expected, query
            assert (await figures(admin, **query))["waiting"] == len(expected), query

    @every_plan
    async def test_an_organisation_narrows_to_its_subtree_and_never_widens(
        self, hours, monkeypatch, few
    ) -> None:
        monkeypatch.setattr(review_queue, "_FEW_ORGANISATIONS", few)
        here = await (await hours.technician()).claim()
        school = await (await hours.technician("school")).claim()
        factory = await (await hours.technician("factory")).claim()
        place = {name: hours.place(name) for name in PLACES}
        jinshui = hours.employer_administrator("jinshui")
        for asked, expected in (
            ("hospital", [here]),
            ("school", [school]),
            ("jinshui", [here, school]),
            ("province", [here, school]),
            ("factory", []),
        ):
            assert await listed(jinshui, organisation_id=place[asked]) == expected, asked
        assert await listed(jinshui, organisation_id=str(uuid4())) == []
        everything = hours.employer_administrator("province")
        assert await listed(everything) == [here, school, factory]

    async def test_overdue_is_older_than_the_target(self, hours) -> None:
        old = await (await hours.technician()).claim()
        hours.clock.advance(timedelta(days=15, seconds=1))
        young = await (await hours.technician()).claim()
        admin = hours.employer_administrator()
        assert await listed(admin, overdue=True) == [old]
        page = (await admin.get("/reviews", step="employer")).json()["items"]
        assert [item["overdue"] for item in page] == [True, False]
        assert await figures(admin) == {
            "waiting": 2,
            "overdue": 1,
            "oldest_age_seconds": 15 * 86400 + 1,
            "target_days": 15,
        }
        assert young

    async def test_figures_of_an_empty_queue(self, hours) -> None:
        told = await figures(hours.employer_administrator())
        assert (told["waiting"], told["overdue"], told["oldest_age_seconds"]) == (0, 0, None)

    async def test_unreadable_filters_are_refused(self, hours) -> None:
        admin = hours.employer_administrator()
        for query in ({"year": 1900}, {"holding": "all"}, {"sort": "name"}, {"limit": 101}):
            answer = await admin.get("/reviews", step="employer", **query)
            assert answer.status_code == 422, query


class TestOrder:
    @every_plan
    async def test_newest_first_pages_backwards(self, hours, monkeypatch, few) -> None:
        monkeypatch.setattr(review_queue, "_FEW_ORGANISATIONS", few)
        technician = await hours.technician()
        filed = [await technician.claim() for _ in range(5)]
        admin = hours.employer_administrator("jinshui")
        seen, cursor = [], None
        while True:
            query = {"step": "employer", "limit": 2, "sort": "newest"}
            page = await admin.get("/reviews", **query | ({"cursor": cursor} if cursor else {}))
            seen += [item["claim_id"] for item in page.json()["items"]]
            cursor = page.json()["next_cursor"]
            if cursor is None:
                break
        assert seen == filed[::-1]

    async def test_a_place_in_the_queue_outlives_its_claim(self, hours) -> None:
        technician = await hours.technician()
        first, second, third = [await technician.claim() for _ in range(3)]
        admin = hours.employer_administrator()
        place = (await admin.send("GET", f"/reviews/{second}")).json()["cursor"]
        await admin.decide(second, "employer")
        assert await listed(admin, cursor=place, limit=1) == [third]
        assert await listed(admin, cursor=place, limit=1, sort="newest") == [first]


class TestOneClaim:
    async def test_matrix(self, hours) -> None:
        claim = await (await hours.technician()).claim()
        for role in ROLES:
            for place in PLACES:
                caller = hours.caller((role, place))
                reviews = role in {"employer_administrator", "bureau_administrator"}
                allowed = reviews and place in ABOVE_HOSPITAL
                seen = await caller.send("GET", f"/reviews/{claim}")
                assert seen.status_code == (200 if allowed else 404), (role, place)
                counted = await caller.get("/reviews/figures", step="employer")
                expected = 200 if role == "employer_administrator" else 403
                assert counted.status_code == expected, (role, place)
                if expected == 200:
                    inside = int(place in ABOVE_HOSPITAL)
                    assert counted.json()["waiting"] == inside, (role, place)

    async def test_with_evidence_the_year_so_far_and_its_other_claims(self, hours) -> None:
        technician = await hours.technician()
        counted = await technician.claim(subject_kind="public", credit_tenths=300)
        await hours.approve(counted)
        claim = await technician.claim()
        seen = (await hours.employer_administrator().send("GET", f"/reviews/{claim}")).json()
        assert seen["evidence_count"] == len(seen["evidence"]) == 1
        assert seen["step"] == "employer"
        assert seen["year_so_far"]["counted"]["by_subject"] == {"public": 300, "professional": 0}
        assert [one["claim_id"] for one in seen["claims_of_year"]] == [counted]
        assert [one["what"] for one in seen["events"]] == ["submitted"]

    async def test_a_year_without_a_rule_is_left_out(self, hours) -> None:
        claim = await (await hours.technician()).claim()
        await hours.run("UPDATE rules SET in_force = false")
        seen = (await hours.employer_administrator().send("GET", f"/reviews/{claim}")).json()
        assert seen["year_so_far"] is None
