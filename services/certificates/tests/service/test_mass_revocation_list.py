"""The list of revocations by file: newest first, page by page, to their office and above."""

from datetime import timedelta
from uuid import uuid4

import pytest
from services.certificates.tests.service.handing_in import approve, hand_in, row_for, work, xlsx

from certificates.usecases.mass_revocation import forget_rows

pytestmark = pytest.mark.infra
PATH = "mass-revocations"


async def tried(office, technician, headers=None):
    answer = await hand_in(office, xlsx([row_for(technician)]), headers=headers, dry_run=True)
    return answer.json()["job_id"]


async def listed(office, headers, **query):
    answer = await office.get(PATH, headers, **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(page):
    return [one["job_id"] for one in page["items"]]


async def test_each_office_sees_its_own_subtree_and_the_province_everything(office):
    technician = await office.technician()
    here = await tried(office, technician)
    there = await tried(office, technician, office.bureau("luoyang"))
    for headers, seen in (
        (office.bureau(), [here]),
        (office.bureau(name="second"), [here]),
        (office.bureau("luoyang"), [there]),
        (office.province(), [there, here]),
        (office.administrator("bureau_administrator", office.county), []),
    ):
        assert ids(await listed(office, headers)) == seen
    both = office.headers(
        person=uuid4(),
        grants=[("bureau_administrator", office.place(one)) for one in ("zhengzhou", "luoyang")],
    )
    assert ids(await listed(office, both)) == [there, here]
    for role, place in (
        ("employer_administrator", "hospital zhengzhou"),
        ("department_administrator", "zhengzhou"),
        ("training_institution", "zhengzhou"),
        ("operator", "province"),
        ("technician", "zhengzhou"),
    ):
        headers = office.administrator(role, office.place(place))
        assert (await office.get(PATH, headers)).status_code == 403, role
    assert (await office.get(PATH, {})).status_code == 401


async def test_who_handed_in_for_two_offices_sees_his_own_and_they_do_not(office):
    await office.activate_seal()
    await office.activate_seal("luoyang")
    here, there = await office.technician(), await office.technician(city="luoyang")
    await office.issue(here)
    await office.issue(there, employer_id=office.hospital("luoyang"))
    grants = [("bureau_administrator", office.place(one)) for one in ("zhengzhou", "luoyang")]
    mixed = office.headers(person=uuid4(), grants=grants)
    rows = xlsx([row_for(here), row_for(there)])
    job = (await hand_in(office, rows, headers=mixed, dry_run=True)).json()["job_id"]
    (own,) = (await listed(office, mixed))["items"]
    assert (own["job_id"], own["own"], own["outcomes"]) == (job, True, {"ready": 2})
    assert ids(await listed(office, office.bureau())) == []
    (seen,) = (await listed(office, office.province()))["items"]
    assert (seen["job_id"], seen["own"]) == (job, False)


async def test_pages_hold_every_job_once_newest_first(office):
    technician = await office.technician()
    made = [await tried(office, technician) for _ in range(5)]
    found, further = [], {}
    for _ in range(3):
        page = await listed(office, office.bureau(), limit=2, **further)
        assert len(page["items"]) <= 2
        found += ids(page)
        further = {"cursor": page["next_cursor"]}
    assert found == made[::-1]
    assert page["next_cursor"] is None
    for query in ({"limit": 0}, {"limit": 51}, {"cursor": "x"}, {"state": "nonsense"}):
        assert (await office.get(PATH, office.bureau(), **query)).status_code == 422


async def test_state_and_outcomes_are_those_of_the_job_itself(office):
    await office.activate_seal()
    technician = await office.technician()
    await office.issue(technician)
    await tried(office, technician)
    answer = await hand_in(office, xlsx([row_for(technician)]))
    job = answer.json()["job_id"]
    assert ids(await listed(office, office.bureau(), state="proposed")) == [job]
    await approve(office, answer)
    await work(office)
    (done,) = (await listed(office, office.bureau(), state="done"))["items"]
    assert done == (await office.get(f"jobs/{job}", office.bureau())).json()
    assert (done["outcomes"], done["settled"], done["rows"]) == ({"revoked": 1}, 1, 1)
    office.clock.advance(timedelta(days=181))
    assert await forget_rows(office.bench.database, office.bench.deps) == 2
    (kept,) = (await listed(office, office.bureau(), state="done"))["items"]
    assert kept["outcomes"] == {"revoked": 1}
