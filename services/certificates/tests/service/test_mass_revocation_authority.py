"""Revoking by file: whose certificates, who decides, who sees, and for how long."""

from datetime import timedelta
from uuid import uuid4

import pytest
from services.certificates.tests.service.handing_in import (
    approve,
    hand_in,
    problem,
    row_for,
    work,
    xlsx,
)

from certificates.usecases.mass_revocation import forget_rows

pytestmark = pytest.mark.infra


@pytest.fixture
async def issued(office):
    """Issue three certificates; return their holders."""
    await office.activate_seal()
    technicians = [await office.technician() for _ in range(3)]
    for technician in technicians:
        await office.complete_year(technician)
    await office.work()
    return technicians


class TestAuthority:
    async def test_handing_in_takes_a_bureau_or_the_province(self, office, issued):
        content = xlsx([row_for(issued[0])])
        for role, place in (
            ("employer_administrator", "hospital zhengzhou"),
            ("department_administrator", "zhengzhou"),
            ("training_institution", "zhengzhou"),
            ("operator", "province"),
        ):
            headers = office.administrator(role, office.place(place))
            assert (await hand_in(office, content, headers=headers)).status_code == 403, role
        holder = await hand_in(office, content, headers=office.holder(issued[0]))
        assert holder.status_code == 403
        county = office.administrator("bureau_administrator", office.county)
        answer = await hand_in(office, content, headers=county, dry_run=True)
        assert answer.json()["outcomes"] == {"not_found": 1}, "the county does not issue"
        assert (await hand_in(office, content, headers=office.province())).status_code == 202

    @pytest.mark.parametrize(
        ("grants", "outcomes", "approvers"),
        [
            # Held over both: each row by the grant that reaches it, the province decides.
            (["zhengzhou", "luoyang"], {"ready": 2}, {"province"}),
            (["zhengzhou"], {"ready": 1, "not_found": 1}, {"zhengzhou", "province"}),
            (["luoyang"], {"ready": 1, "not_found": 1}, {"luoyang", "province"}),
            (["province"], {"ready": 2}, {"province"}),
            (["province", "zhengzhou"], {"ready": 2}, {"province"}),
            (["county"], {"not_found": 2}, set()),
        ],
        ids=lambda value: "+".join(value) if isinstance(value, list) else "",
    )
    async def test_each_row_is_judged_by_the_grants(
        self, office, issued, grants, outcomes, approvers
    ):
        await office.activate_seal("luoyang")
        elsewhere = await office.technician(city="luoyang")
        await office.issue(elsewhere, employer_id=office.hospital("luoyang"))
        mixed = office.headers(
            person=uuid4(),
            grants=[
                (
                    "provincial_administrator" if one == "province" else "bureau_administrator",
                    office.place(one),
                )
                for one in grants
            ],
        )
        rows = xlsx([row_for(issued[0]), row_for(elsewhere)])

        tried = await hand_in(office, rows, headers=mixed, dry_run=True)
        assert tried.json()["outcomes"] == outcomes
        own = await office.get(f"jobs/{tried.json()['job_id']}/result", mixed)
        assert own.status_code == 200, "who handed it in sees it"
        if not approvers:
            return
        handed_in = await hand_in(office, rows, headers=mixed)
        approval = f"approvals/{handed_in.json()['approval_id']}/approval"
        for who, headers in {
            "county": office.administrator("bureau_administrator", office.county, "second"),
            "zhengzhou": office.bureau(name="second"),
            "luoyang": office.bureau("luoyang", name="second"),
            "province": office.province("second"),
        }.items():
            answer = await office.post(approval, headers)
            if who in approvers:
                assert answer.status_code == 200, (who, answer.text)
                break
            assert answer.status_code == 403, who
        await work(office)
        job = await office.get(f"jobs/{handed_in.json()['job_id']}", office.province())
        assert job.json()["outcomes"].get("revoked") == outcomes["ready"]

    async def test_a_job_is_seen_by_its_office_and_above(self, office, issued):
        answer = await hand_in(office, xlsx([row_for(issued[0])]))
        for path in (
            f"jobs/{answer.json()['job_id']}",
            f"jobs/{answer.json()['job_id']}/result",
        ):
            for headers, status in (
                (office.bureau(name="second"), 200),
                (office.province(), 200),
                (office.bureau("luoyang"), 404),
                (office.holder(issued[0]), 404),
                (office.administrator("operator", office.place("province")), 404),
                ({}, 401),
            ):
                assert (await office.get(path, headers)).status_code == status

    async def test_another_office_does_not_approve(self, office, issued):
        answer = await hand_in(office, xlsx([row_for(issued[0])]))
        approval = answer.json()["approval_id"]

        refused = await office.post(f"approvals/{approval}/approval", office.bureau("luoyang"))

        assert refused.status_code == 403
        assert await work(office) == 0


class TestRetention:
    async def test_rows_are_forgotten_and_their_numbers_kept(self, office, issued):
        answer = await hand_in(office, xlsx([row_for(one) for one in issued]))
        await approve(office, answer)
        await work(office)
        tried = await hand_in(office, xlsx([row_for(issued[0])]), dry_run=True)
        deps, database = office.bench.deps, office.bench.database
        office.clock.advance(timedelta(days=179))
        assert await forget_rows(database, deps) == 0
        office.clock.advance(timedelta(days=2))

        assert await forget_rows(database, deps) == 2

        assert await office.rows("revocation_rows") == []
        job = f"jobs/{answer.json()['job_id']}"
        seen = (await office.get(job, office.bureau())).json()
        assert (seen["state"], seen["outcomes"], seen["settled"]) == ("done", {"revoked": 3}, 3)
        gone = await office.get(f"{job}/result", office.bureau())
        assert problem(gone) == (410, "certificates.job_result_gone")
        assert (await office.get(f"jobs/{tried.json()['job_id']}", office.bureau())).json()[
            "outcomes"
        ] == {"not_in_force": 1}
        assert await forget_rows(database, deps) == 0

    async def test_what_is_under_way_is_not_forgotten(self, office, issued):
        answer = await hand_in(office, xlsx([row_for(issued[0])]))
        await approve(office, answer)
        office.clock.advance(timedelta(days=200))

        assert await forget_rows(office.bench.database, office.bench.deps) == 0
        assert await work(office) == 1
