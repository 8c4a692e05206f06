"""The list of certificates: in either order, page by page, and narrowed by the service."""

import pytest

pytestmark = pytest.mark.infra


async def pages(office, headers, **query):
    """Follow the cursors; return the numbers in the order in which they came."""
    found, further = [], {}
    for _ in range(4):
        answer = await office.get("certificates", headers, limit=2, **query, **further)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [one["certificate_id"] for one in page["items"]]
        if page["next_cursor"] is None:
            return found
        further = {"cursor": page["next_cursor"]}
    raise AssertionError("it never ended")


async def test_every_certificate_comes_once_in_the_order_that_was_asked(office):
    await office.activate_seal()
    for _ in range(3):
        await office.issue(await office.technician())
    newest = await pages(office, office.bureau())
    assert len(set(newest)) == len(newest) == 3
    assert newest == sorted(newest, reverse=True)
    assert await pages(office, office.bureau(), sort="newest") == newest
    assert await pages(office, office.bureau(), sort="oldest") == newest[::-1]
    assert await pages(office, office.bureau("luoyang"), sort="oldest") == []
    assert await pages(office, office.bureau(), sort="oldest", state="revoked") == []
    for query in ({"sort": "name"}, {"limit": 101}, {"cursor": "x"}):
        answer = await office.get("certificates", office.bureau(), **query)
        assert answer.status_code == 422
