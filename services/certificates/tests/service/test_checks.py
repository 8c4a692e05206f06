"""The holder's view: who checked his certificate, by hour and kind."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from certificates.store import checks
from certificates.subscribers import CheckCount
from chassis.envelope import Event

pytestmark = pytest.mark.infra


@pytest.fixture
async def holder(office):
    await office.activate_seal()
    technician = await office.technician()
    certificate = await office.issue(technician)
    return technician, certificate["certificate_id"]


async def tell(office, certificate_id, count, *, version=1, counted=None, **more):
    """Let verify tell a count, as its event would."""
    data = {
        "certificate_id": certificate_id,
        "hour": office.clock.now().replace(minute=0, second=0, microsecond=0),
        "verifier": "qr",
        "organisation_id": None,
        "client_name": None,
        "purpose": None,
        "count": count,
    }
    event = Event(
        id=uuid4(),
        type="",
        time=office.clock.now(),
        aggregate_id=counted or uuid4(),
        aggregate_version=version,
        correlation_id="",
        data=CheckCount.model_validate(data | more),
    )
    async with office.bench.database.transaction() as tx:
        await office.subscribers.on_checked(tx, event)


async def seen(office, holder, **query):
    technician, certificate_id = holder
    path = f"certificates/{certificate_id}/checks"
    return (await office.get(path, office.holder(technician), **query)).json()


async def test_says_when_and_by_what_kind_of_verifier(office, holder):
    bureau = office.city("zhengzhou")
    await tell(office, holder[1], 12)
    await tell(office, holder[1], 1, verifier="client", client_name="河南省职称评审平台")
    asked = {"organisation_id": bureau, "purpose": "title_review"}
    await tell(office, holder[1], 2, verifier="office", **asked)
    shown = {one["verifier"]: one for one in (await seen(office, holder))["items"]}
    assert shown["qr"]["count"] == 12
    assert shown["qr"]["organisation_name"] is None
    assert shown["client"]["client_name"] == "河南省职称评审平台"
    assert shown["office"]["organisation_name"]
    assert shown["office"]["purpose"] == "title_review"


async def test_newest_word_counts_whatever_order_it_comes_in(office, holder):
    counted = uuid4()
    for version, count in ((2, 7), (1, 3), (2, 7)):
        await tell(office, holder[1], count, version=version, counted=counted)
    assert [one["count"] for one in (await seen(office, holder))["items"]] == [7]


async def test_pages_lead_through_everything_newest_first(office, holder):
    for hours in range(5):
        await tell(office, holder[1], hours + 1, hour=office.clock.now() - timedelta(hours=hours))
    found, cursor = [], None
    for _ in range(3):
        more = {"cursor": cursor} if cursor else {}
        page = await seen(office, holder, limit=2, **more)
        found += [one["count"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert found == [1, 2, 3, 4, 5]
    assert cursor is None


async def test_looks_by_share_code_are_among_them(office, holder):
    technician, _ = holder
    ends_at = (office.clock.now() + timedelta(days=1)).isoformat()
    body = {"years": [2026], "ends_at": ends_at}
    share = (await office.post("shares", office.holder(technician), body)).json()
    for _ in range(2):
        assert (await office.get(f"shares/{share['code']}", {})).status_code == 200
    (shown,) = (await seen(office, holder))["items"]
    assert (shown["verifier"], shown["count"]) == ("share", 2)


async def test_nobody_elses_are_shown(office, holder):
    await tell(office, str(uuid4()), 3)
    assert (await seen(office, holder))["items"] == []


async def test_are_forgotten_in_time(office, holder):
    await tell(office, holder[1], 1)
    async with office.bench.database.transaction() as tx:
        await checks.purge(tx, office.clock.now() + timedelta(hours=1))
    assert (await seen(office, holder))["items"] == []
    assert UUID(holder[1])
