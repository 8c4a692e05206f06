"""Bulk downloads: what an administrator orders is bound in the background and kept for a week."""

import hashlib
import io
import zipfile
from datetime import date, timedelta
from urllib.parse import unquote
from uuid import uuid4

import pikepdf
import pypdfium2
import pytest

from certificates.downloading import binding_of
from certificates.rendering.cover import Listed, render_cover
from certificates.usecases import bulk_download, order_download
from certificates.usecases.bulk_download import bind_next, expire_downloads

pytestmark = pytest.mark.infra
REASON = {"reason_code": "under_review"}


@pytest.fixture
async def binding(settings, office):
    made = binding_of(settings, office.bench)
    yield made
    made.bindery.close()


@pytest.fixture
def employer(office):
    return office.administrator("employer_administrator", office.hospital("zhengzhou"))


@pytest.fixture
async def people(office):
    await office.activate_seal()
    technicians = [await office.technician() for _ in range(3)]
    for one in technicians:
        await office.complete_year(one)
    await office.work()
    return technicians


async def order(office, headers, form="zip", **changes):
    return await office.post("downloads", headers, {"year": 2026, "format": form} | changes)


async def bound(office, binding, headers, form, **changes):
    """Order, bind and fetch; return the job and its file."""
    ordered = await order(office, headers, form, **changes)
    assert ordered.status_code == 202, ordered.text
    while await bind_next(binding):
        continue
    path = f"downloads/{ordered.json()['download_id']}"
    job = (await office.get(path, headers)).json()
    assert job["state"] == "ready", await office.rows("download_jobs")
    return job, await office.get(f"{path}/file", headers)


class TestZip:
    async def test_holds_the_sealed_files_byte_for_byte(self, office, binding, employer, people):
        job, answer = await bound(office, binding, employer, "zip")

        assert (job["total"], job["done"]) == (3, 3)
        assert hashlib.sha256(answer.content).hexdigest() == job["file_sha256"]
        items = (await office.get("certificates", employer)).json()["items"]
        sealed = {item["file_sha256"] for item in items}
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.testzip() is None
            held = {hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
            numbers = {name.split("_")[1] for name in archive.namelist()}
        assert held == sealed
        assert numbers == {one.management_number for one in people}
        name = answer.headers["content-disposition"].partition("filename*=UTF-8''")[2]
        assert unquote(name) == "河南省专业技术人员继续教育证书_2026.zip"

    async def test_can_be_of_some_people(self, office, binding, employer, people):
        chosen = [str(people[1].person_id), str(uuid4())]

        _, answer = await bound(office, binding, employer, "zip", person_ids=chosen)

        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            (name,) = archive.namelist()
        assert people[1].management_number in name

    async def test_leaves_out_what_is_not_valid_any_more(self, office, binding, employer, people):
        ordered = await order(office, employer)
        items = (await office.get("certificates", employer)).json()["items"]
        path = f"certificates/{items[0]['certificate_id']}/suspension"
        await office.post(path, office.bureau(), REASON)
        await bind_next(binding)

        path = f"downloads/{ordered.json()['download_id']}/file"
        answer = await office.get(path, employer)

        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert len(archive.namelist()) == 2

    async def test_can_be_resumed(self, office, binding, employer, people):
        job, whole = await bound(office, binding, employer, "zip")
        path = f"downloads/{job['download_id']}/file"
        resume = {"range": "bytes=70000-", "if-range": whole.headers["etag"]}

        rest = await office.get(path, employer | resume)

        assert rest.status_code == 206
        assert whole.content[:70000] + rest.content == whole.content
        beyond = await office.get(path, employer | {"range": "bytes=99999999-"})
        assert beyond.status_code == 416
        known = await office.get(path, employer | {"if-none-match": whole.headers["etag"]})
        assert known.status_code == 304


class TestMerged:
    async def test_has_each_certificate_on_a_sheet_of_its_own(
        self, office, binding, employer, people
    ):
        _, answer = await bound(office, binding, employer, "merged_pdf")

        texts = texts_of(answer.content)
        assert len(texts) == 8
        numbers = sorted(one.management_number for one in people)
        for number, text in zip(numbers, texts[2::2], strict=True):
            assert number in text
        assert not any(text.strip() for text in texts[1::2])

    async def test_cover_names_everybody_and_says_what_the_file_is_not(
        self, office, binding, employer, people, monkeypatch
    ):
        # From several parts, as a large one is.
        monkeypatch.setattr(bulk_download, "_PART", 2)
        _, answer = await bound(office, binding, employer, "merged_pdf")

        cover = texts_of(answer.content)[0]
        numbers = sorted(one.management_number for one in people)
        places = [cover.index(number) for number in numbers]
        assert places == sorted(places)
        assert cover.count("张䶮") == 3
        assert "郑州市第一人民医院" in cover
        assert "2026年度" in cover
        assert "共 3 份" in cover
        assert "不含有效的电子签名" in cover.replace("\r\n", "")
        assert "压缩包" in cover.replace("\r\n", "")

    async def test_long_cover_goes_on_over_pages(self, fonts_dir):
        people = [Listed("张三", f"41{number:012d}", "某单位" * 10) for number in range(100)]
        content = render_cover(
            fonts_dir, people, title="t", notice="n", year=2026, day=date(2026, 11, 23)
        )
        texts = texts_of(content)
        assert len(texts) == 5
        assert all(sum(one.number in text for text in texts) == 1 for one in people)

    async def test_shows_the_seal_and_says_that_it_is_not_signed(
        self, office, binding, employer, people
    ):
        _, answer = await bound(office, binding, employer, "merged_pdf")

        with pikepdf.open(io.BytesIO(answer.content)) as merged:
            assert "不含有效的电子签名" in str(merged.docinfo["/Subject"])
            assert merged.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
            assert "/AcroForm" not in merged.Root
            assert not any("/Annots" in page.obj for page in merged.pages)
            # What all have alike, as the border and most fonts, is there once.
            fonts = [one for one in merged.objects if one_of(one, "/CIDFontType0C")]
            assert len(fonts) < 3 * len(people) + 3
        items = (await office.get("certificates", employer)).json()["items"]
        number = min(item["management_number"] for item in items)
        identity = next(one for one in items if one["management_number"] == number)
        path = f"certificates/{identity['certificate_id']}/file"
        single = (await office.get(path, employer)).content
        assert red_pixels(answer.content, page=2) > 0.9 * red_pixels(single) > 1000


def one_of(found, subtype):
    return isinstance(found, pikepdf.Stream) and found.get("/Subtype") == subtype


def texts_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def red_pixels(pdf, page=0):
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    picture = document[page].render(scale=1).to_pil().convert("RGB")
    document.close()
    red = 0
    for r, g, b in picture.get_flattened_data():
        red += r > 180 and g < 120 and b < 120
    return red


class TestJob:
    async def test_goes_on_behind_the_last_finished_part(
        self, office, binding, employer, people, monkeypatch
    ):
        monkeypatch.setattr(bulk_download, "_PART", 1)
        ordered = await order(office, employer)
        bind_part, turns = binding.bindery.bind_part, []

        async def killed_in_the_second(*arguments):
            turns.append(arguments)
            if len(turns) == 2:
                raise KeyboardInterrupt
            await bind_part(*arguments)

        monkeypatch.setattr(binding.bindery, "bind_part", killed_in_the_second)
        with pytest.raises(KeyboardInterrupt):
            await bind_next(binding)
        path = f"downloads/{ordered.json()['download_id']}"
        assert (await office.get(path, employer)).json()["done"] == 1
        # The lease of the killed worker has to end first.
        assert not await bind_next(binding)
        office.clock.advance(timedelta(minutes=4))

        assert await bind_next(binding)

        assert len(turns) == 4
        employer = office.administrator("employer_administrator", office.hospital("zhengzhou"))
        job = (await office.get(path, employer)).json()
        assert (job["state"], job["done"]) == ("ready", 3)
        assert await office.rows("download_parts") == []

    async def test_fails_visibly_when_a_file_is_missing(
        self, office, binding, employer, people, tmp_path
    ):
        for item in (await office.get("certificates", employer)).json()["items"]:
            sha256 = item["file_sha256"]
            (tmp_path / "objects" / sha256[:2] / sha256[2:4] / sha256).unlink()
        ordered = await order(office, employer)
        path = f"downloads/{ordered.json()['download_id']}"
        for _ in range(5):
            assert await bind_next(binding)
            office.clock.advance(timedelta(minutes=5))

        employer = office.administrator("employer_administrator", office.hospital("zhengzhou"))
        job = (await office.get(path, employer)).json()
        answer = await office.get(f"{path}/file", employer)

        assert job["state"] == "failed"
        assert not await bind_next(binding)
        assert answer.json()["code"] == "certificates.download_not_ready"

    async def test_is_kept_for_a_week(self, office, binding, employer, people, tmp_path):
        job, _ = await bound(office, binding, employer, "zip")
        path = f"downloads/{job['download_id']}/file"
        office.clock.advance(timedelta(days=6))
        assert await expire_downloads(binding) == 0
        assert (await office.get(path, employer)).status_code == 401  # his log-in has ended too
        employer = office.administrator("employer_administrator", office.hospital("zhengzhou"))
        assert (await office.get(path, employer)).status_code == 200
        office.clock.advance(timedelta(days=2))

        assert await expire_downloads(binding) == 1

        employer = office.administrator("employer_administrator", office.hospital("zhengzhou"))
        answer = await office.get(path, employer)
        assert (answer.status_code, answer.json()["code"]) == (410, "certificates.download_expired")
        left = [one for one in (tmp_path / "objects" / "downloads").rglob("*") if one.is_file()]
        assert left == []

    async def test_has_limits(self, office, employer, people, monkeypatch):
        nothing = await order(office, employer, year=2020)
        assert nothing.json()["code"] == "certificates.download_empty"
        monkeypatch.setattr(order_download, "MOST_CERTIFICATES", 2)
        many = await order(office, employer)
        assert many.json()["code"] == "certificates.download_too_large"
        monkeypatch.setattr(order_download, "MOST_CERTIFICATES", 3)
        for _ in range(3):
            assert (await order(office, employer)).status_code == 202

        answer = await order(office, employer)

        assert answer.json()["code"] == "certificates.download_limit_reached"


class TestAuthority:
    async def test_is_within_the_subtree(self, office, people):
        other = office.administrator("employer_administrator", office.hospital("luoyang"))
        answer = await order(office, other)

        assert answer.json()["code"] == "certificates.download_empty"

    @pytest.mark.parametrize(
        ("role", "status"),
        [
            ("employer_administrator", 202),
            ("department_administrator", 202),
            ("bureau_administrator", 202),
            ("provincial_administrator", 202),
            ("training_institution", 403),
            ("operator", 403),
        ],
    )
    async def test_is_a_matter_of_the_role(self, office, people, role, status):
        headers = office.administrator(role, office.city("zhengzhou"))
        if role == "provincial_administrator":
            headers = office.province()

        assert (await order(office, headers)).status_code == status

    async def test_order_is_seen_by_nobody_else(self, office, binding, employer, people):
        job, _ = await bound(office, binding, employer, "zip")
        path = f"downloads/{job['download_id']}"
        others = {
            "technician of the same employer": office.holder(people[0]),
            "technician of another employer": office.holder(
                await office.technician(city="luoyang")
            ),
            "another administrator": office.administrator(
                "employer_administrator", office.hospital("zhengzhou"), "second"
            ),
            "the bureau": office.bureau(),
            "the province": office.province(),
        }
        for who, headers in others.items():
            for address in (path, f"{path}/file"):
                answer = await office.get(address, headers)
                assert answer.status_code == 404, who
            assert (await office.get("downloads", headers)).json()["items"] == [], who
        assert (await office.get(path, {})).status_code == 401
        assert (await order(office, others["technician of another employer"])).status_code == 403

    async def test_order_is_gone_with_the_role(self, office, binding, employer, people):
        job, _ = await bound(office, binding, employer, "zip")
        person = office.administrators[
            f"employer_administrator/{office.hospital('zhengzhou')}/first"
        ]
        headers = office.headers(account=f"account-of-{person}", person=person)

        answer = await office.get(f"downloads/{job['download_id']}/file", headers)

        assert answer.status_code == 404
