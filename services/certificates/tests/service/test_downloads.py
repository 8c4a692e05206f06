"""Lists and files as their readers get them."""

import hashlib
from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.infra


class TestFile:
    async def test_comes_with_its_name_and_its_hash(self, office):
        await office.activate_seal()
        technician = await office.technician()
        certificate = await office.issue(technician)

        answer = await office.get(
            f"certificates/{certificate['certificate_id']}/file", office.holder(technician)
        )

        assert answer.headers["content-type"] == "application/pdf"
        digest = hashlib.sha256(answer.content).hexdigest()
        assert answer.headers["etag"] == f'"{digest}"'
        disposition = answer.headers["content-disposition"]
        plain, _, encoded = disposition.partition("filename*=UTF-8''")
        number = technician.management_number
        assert f'filename="certificate_2026_{number}.pdf"' in plain
        assert unquote(encoded) == f"河南省专业技术人员继续教育证书_2026_{number}.pdf"

    async def test_is_not_sent_again_when_it_is_known(self, office):
        await office.activate_seal()
        technician = await office.technician()
        certificate = await office.issue(technician)
        headers = office.holder(technician) | {"if-none-match": f'"{certificate["file_sha256"]}"'}

        answer = await office.get(f"certificates/{certificate['certificate_id']}/file", headers)

        assert (answer.status_code, answer.content) == (304, b"")

    async def test_of_an_unknown_certificate_is_not_found(self, office):
        technician = await office.technician()

        answer = await office.get(f"certificates/{office.new_id()}/file", office.holder(technician))

        assert answer.json()["code"] == "certificates.certificate_not_found"


class TestPages:
    async def test_follow_each_other_without_gap_or_repeat(self, office):
        await office.activate_seal()
        technicians = [await office.technician() for _ in range(5)]
        for technician in technicians:
            await office.complete_year(technician)
        await office.work()
        seen, cursor = [], None
        while True:
            query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
            page = (await office.get("certificates", office.bureau(), **query)).json()
            seen += [item["person_id"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break

        assert len(seen) == 5
        assert set(seen) == {str(one.person_id) for one in technicians}

    async def test_can_be_narrowed(self, office):
        await office.activate_seal()
        technician = await office.technician()
        await office.issue(technician)

        other_year = await office.get("certificates", office.bureau(), year=2020)
        this_year = await office.get("certificates", office.bureau(), year=2026, state="valid")

        assert other_year.json()["items"] == []
        assert len(this_year.json()["items"]) == 1
