"""Who may hand in, see and print how a seal looks: every action tried by everybody."""

import pytest
from services.certificates.tests import impressions
from services.certificates.tests.service.impressing import hand_in
from services.certificates.tests.service.test_authority import EVERYBODY, headers_of

from certificates.printshop import Printshop

pytestmark = pytest.mark.infra
SEEING = {"own bureau", "province", "operator"}
# For each action: who may; everybody else gets the refusal beside it.
ACTIONS = {
    "hand in the impression": ({"own bureau"}, 403),
    "impression": (SEEING, 404),
    "drawing": (SEEING, 404),
    "application": (SEEING, 404),
}


@pytest.fixture(autouse=True)
def _shared_document_processes(office, workshop, settings):
    office.app.state.printshop = Printshop(workshop, settings.fonts_dir, settings.contracts_dir)


@pytest.mark.parametrize("action", ACTIONS)
async def test_only_those_who_may(office, action):
    allowed, refusal = ACTIONS[action]
    technician = await office.technician()
    seal_id = (await office.apply(face="impression")).json()["seal_id"]
    await hand_in(office, seal_id, impressions.clean())
    for who in EVERYBODY:
        headers = headers_of(office, who, technician)
        if action.startswith("hand in"):
            answer = await hand_in(office, seal_id, impressions.clean(), headers)
        else:
            answer = await office.get(f"seals/{seal_id}/{action}", headers)
        expected = 200 if who in allowed else 401 if who == "nobody" else refusal
        assert answer.status_code == expected, (who, answer.text)


@pytest.mark.parametrize("role", ["employer_administrator", "technician", "operator"])
async def test_bureau_of_the_office_needs_its_role(office, role):
    seal_id = (await office.apply(face="impression")).json()["seal_id"]
    headers = office.administrator(role, office.city("zhengzhou"))
    assert (await hand_in(office, seal_id, impressions.clean(), headers)).status_code == 403


async def test_province_files_and_does_not_hand_in(office):
    seal_id = (await office.apply(face="impression")).json()["seal_id"]
    answer = await hand_in(office, seal_id, impressions.clean(), office.province())
    assert answer.status_code == 403
