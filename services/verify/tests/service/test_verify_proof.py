"""The page's way to the proof that a certificate's state is in the public log."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text
from verify_kit import Certificate, heartbeat, mint

pytestmark = pytest.mark.infra


@pytest.fixture
async def one(tell, mirror):
    certificate = Certificate()
    # Before any certificate, so that the cache has a head to take offers under.
    await tell(heartbeat(1, 0))
    await mirror.turn()
    await tell(certificate.event("valid", 1), certificate.event("suspended", 2))
    await tell(heartbeat(2, 2, (certificate, 1), (certificate, 2)))
    await mirror.turn()
    return certificate


async def test_page_leads_to_the_proof_of_the_present_state(api, one):
    page = await api.page(one.token)
    assert '<a href="?log=1">' in page.text
    answer = await api.client.get(f"/v/{one.token}?log=1")
    assert answer.status_code == 303
    where = urlsplit(answer.headers["location"])
    assert (where.netloc, where.path) == ("", "/api/certificates/v1/log/inclusion")
    assert parse_qs(where.query) == {
        "certificate_id": [str(one.certificate_id)],
        "aggregate_version": ["2"],
    }


async def test_token_does_not_travel_to_the_log(api, one):
    answer = await api.client.get(f"/v/{one.token}?lang=en&log=1")
    assert one.token not in answer.headers["location"]
    assert one.hash.hex() not in answer.headers["location"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


async def test_without_a_genuine_code_nobody_learns_of_an_entry(api, one):
    for token in (mint(), "A" * 36, str(one.certificate_id)):
        answer = await api.client.get(f"/v/{token}?log=1")
        assert answer.status_code == 404
        assert "log=1" not in answer.text


async def test_other_questions_are_answered_by_the_page(api, one):
    for query in ("log=0", "log", "dialog=1", "log=11"):
        assert (await api.client.get(f"/v/{one.token}?{query}")).status_code == 200


async def test_projection_that_is_away_says_so(api, one, database):
    async with database.transaction() as tx:
        await tx.execute(text("ALTER TABLE projection.certificates RENAME TO elsewhere"))
    answer = await api.client.get(f"/v/{one.token}?log=1")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
