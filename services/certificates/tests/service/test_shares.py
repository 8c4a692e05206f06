"""Share codes from both sides."""

from datetime import timedelta
from uuid import uuid4

import pytest

pytestmark = pytest.mark.infra
NOBODY = {}
PHONE = {"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)"}
REASON = {"reason_code": "under_review"}


def order(office, *, days=30, years=(2026,)):
    return {
        "years": list(years),
        "ends_at": (office.clock.now() + timedelta(days=days)).isoformat(),
    }


@pytest.fixture
async def holder(office):
    await office.activate_seal()
    technician = await office.technician()
    await office.issue(technician)
    return technician


@pytest.fixture
async def shared(office, holder):
    answer = await office.post("shares", office.holder(holder), order(office))
    assert answer.status_code == 201, answer.text
    return answer.json()


class TestMaking:
    async def test_gives_a_code_that_is_stored_nowhere(self, office, holder):
        headers, body, key = office.holder(holder), order(office), str(uuid4())
        first = await office.post("shares", headers, body, key)
        again = await office.post("shares", headers, body, key)

        assert first.json() == again.json()
        code = first.json()["code"]
        for table in ("shares", "idempotency_keys", "audit_rows"):
            assert code not in str(await office.rows(table))

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"days": 91}, "certificates.share_ends_wrong"),
            ({"days": -1}, "certificates.share_ends_wrong"),
            ({"years": (2026, 2025)}, "certificates.share_year_unknown"),
            ({"years": ()}, "chassis.unprocessable"),
        ],
    )
    async def test_has_limits(self, office, holder, changes, code):
        answer = await office.post("shares", office.holder(holder), order(office, **changes))

        assert answer.json()["code"] == code

    async def test_has_a_limit_of_open_codes(self, office, holder):
        headers = office.holder(holder)
        for _ in range(20):
            assert (await office.post("shares", headers, order(office))).status_code == 201

        answer = await office.post("shares", headers, order(office))

        assert answer.json()["code"] == "certificates.share_limit_reached"

    async def test_is_for_technicians_alone(self, office, holder):
        answer = await office.post("shares", office.headers(account="clerk"), order(office))

        assert answer.status_code == 403


class TestOpening:
    async def test_shows_everything_that_is_printed_and_the_state(self, office, holder, shared):
        answer = await office.get(f"shares/{shared['code']}", NOBODY)

        (certificate,) = answer.json()["certificates"]
        assert certificate["management_number"] == holder.management_number
        assert certificate["identity_masked"] == "410105********0016"
        assert (certificate["state"], certificate["total_tenths"]) == ("valid", 900)
        assert "person_id" not in certificate
        assert answer.headers["cache-control"] == "no-store"

    async def test_hands_out_the_sealed_file(self, office, holder, shared):
        (certificate,) = (await office.get(f"shares/{shared['code']}", NOBODY)).json()[
            "certificates"
        ]
        path = f"shares/{shared['code']}/certificates/{certificate['certificate_id']}/file"
        own = f"certificates/{certificate['certificate_id']}/file"

        answer = await office.get(path, NOBODY)

        assert answer.content == (await office.get(own, office.holder(holder))).content
        assert answer.headers["content-type"] == "application/pdf"

    async def test_keeps_to_the_certificates_it_is_for(self, office, holder, shared):
        other = await office.issue(await office.technician())

        path = f"shares/{shared['code']}/certificates/{other['certificate_id']}/file"

        assert (await office.get(path, NOBODY)).status_code == 404

    async def test_understands_what_people_type(self, office, shared):
        code = shared["code"].lower()

        answer = await office.get(f"shares/{code[:4]}-{code[4:8]}-{code[8:]}", NOBODY)

        assert answer.status_code == 200

    async def test_suspended_certificate_is_shown_so_and_its_file_kept_back(
        self, office, holder, shared
    ):
        (certificate,) = (await office.get(f"shares/{shared['code']}", NOBODY)).json()[
            "certificates"
        ]
        identity = certificate["certificate_id"]
        await office.post(f"certificates/{identity}/suspension", office.bureau(), REASON)

        detail = await office.get(f"shares/{shared['code']}", NOBODY)
        file = await office.get(f"shares/{shared['code']}/certificates/{identity}/file", NOBODY)

        assert detail.json()["certificates"][0]["state"] == "suspended"
        assert file.json()["code"] == "certificates.certificate_state_conflict"

    async def test_wrong_ended_and_revoked_codes_get_one_and_the_same_answer(
        self, office, holder, shared
    ):
        async def refusal(code):
            answer = await office.get(f"shares/{code}", NOBODY)
            problem = answer.json()
            problem.pop("request_id")
            return answer.status_code, problem

        mistyped = await refusal("0" * 11 + "1")
        unknown = await refusal("0" * 12)
        mine = office.holder(holder)
        second = (await office.post("shares", mine, order(office))).json()
        await office.post(f"shares/{second['share_id']}/revocation", mine)
        revoked = await refusal(second["code"])
        office.clock.advance(timedelta(days=31))
        ended = await refusal(shared["code"])

        assert mistyped == unknown == revoked == ended
        assert mistyped[0] == 404


class TestHolder:
    async def test_sees_each_look(self, office, holder, shared):
        detail = await office.get(f"shares/{shared['code']}", PHONE)
        (certificate,) = detail.json()["certificates"]
        path = f"shares/{shared['code']}/certificates/{certificate['certificate_id']}/file"
        await office.get(path, {"user-agent": "Mozilla/5.0 (Windows NT 10.0)"})
        await office.get(f"shares/{shared['code']}", {"user-agent": "curl/8"})

        (item,) = (await office.get("shares", office.holder(holder))).json()["items"]

        looks = [(use["what"], use["viewer"]) for use in item["newest_uses"]]
        assert looks == [("detail", "program"), ("file", "computer"), ("detail", "phone")]
        assert item["uses"] == 3
        assert "code" not in item

    async def test_sees_and_revokes_his_own_alone(self, office, holder, shared):
        other = office.headers(person=uuid4())

        answer = await office.post(f"shares/{shared['share_id']}/revocation", other)

        assert answer.json()["code"] == "certificates.share_not_found"
        assert (await office.get("shares", other)).json()["items"] == []
        assert (await office.get(f"shares/{shared['code']}", NOBODY)).status_code == 200
        assert (await office.get("shares", NOBODY)).status_code == 401
