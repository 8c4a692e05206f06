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


class TestResuming:
    @pytest.fixture
    async def file(self, office):
        await office.activate_seal()
        technician = await office.technician()
        certificate = await office.issue(technician)
        path = f"certificates/{certificate['certificate_id']}/file"

        async def get(**headers):
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            return await office.get(path, office.holder(technician) | given)

        return get

    async def test_goes_on_where_it_broke_off(self, file):
        whole = await file()
        assert whole.headers["accept-ranges"] == "bytes"

        rest = await file(range="bytes=1000-", if_range=whole.headers["etag"])

        assert rest.status_code == 206
        assert whole.content[:1000] + rest.content == whole.content
        size = len(whole.content)
        assert rest.headers["content-range"] == f"bytes 1000-{size - 1}/{size}"

    @pytest.mark.parametrize(
        ("asked", "part"),
        [("bytes=0-9", slice(10)), ("bytes=5-5", slice(5, 6)), ("bytes=-7", slice(-7, None))],
    )
    async def test_gives_the_part_asked_for(self, file, asked, part):
        whole = await file()

        answer = await file(range=asked)

        assert (answer.status_code, answer.content) == (206, whole.content[part])

    async def test_starts_anew_when_the_file_is_another(self, file):
        answer = await file(range="bytes=1000-", if_range='"another"')

        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF-")

    @pytest.mark.parametrize("asked", ["bytes=9-5", "bytes=-", "lines=1-2", "bytes=0-1,4-5", "x"])
    async def test_gives_all_for_what_it_does_not_understand(self, file, asked):
        assert (await file(range=asked)).status_code == 200

    @pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
    async def test_says_when_there_is_no_such_part(self, file, asked):
        answer = await file(range=asked)

        assert (answer.status_code, answer.content) == (416, b"")
        assert answer.headers["content-range"].startswith("bytes */")
