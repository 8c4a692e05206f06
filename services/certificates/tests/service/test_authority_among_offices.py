"""What an office sees that has people and certificates of its own: those, and nobody else's."""

import pytest
from services.certificates.tests.service.test_authority import headers_of

pytestmark = pytest.mark.infra


@pytest.mark.parametrize("who", ["other employer", "other bureau"])
async def test_who_has_certificates_of_his_own_sees_those_alone(office, who):
    for city in ("zhengzhou", "luoyang"):
        await office.activate_seal(city)
    theirs = await office.issue(await office.technician(city="zhengzhou"))
    own = await office.issue(await office.technician(city="luoyang"))
    headers = headers_of(office, who, None)

    page = (await office.get("certificates", headers)).json()
    assert [one["certificate_id"] for one in page["items"]] == [own["certificate_id"]]
    for part in ("", "/file", "/history", "/revisions"):
        answer = await office.get(f"certificates/{theirs['certificate_id']}{part}", headers)
        assert answer.status_code == 404, part
