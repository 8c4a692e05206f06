"""How a seal looks: handed in, traced, filed by two people, and then on every certificate."""

import io
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from services.certificates.tests import impressions
from services.certificates.tests.service.impressing import hand_in
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from certificates.printshop import Printshop
from certificates.usecases.render import render_due

pytestmark = pytest.mark.infra
MARK_SHAPES = 8


@pytest.fixture(autouse=True)
def _shared_document_processes(office, workshop, settings):
    office.app.state.printshop = Printshop(workshop, settings.fonts_dir, settings.contracts_dir)


def problem(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


@pytest.fixture
async def seal_id(office):
    """Apply for a seal that is to look like its impression."""
    return (await office.apply(face="impression")).json()["seal_id"]


async def seal_of(office, seal_id):
    return (await office.get(f"seals/{seal_id}", office.province())).json()


async def drawn_on(office, certificate):
    """Return the drawing operators of the seal on a certificate."""
    file = await office.get(f"certificates/{certificate['certificate_id']}/file", office.province())
    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        return len(file.content), pdf.Root.AcroForm.Fields[0].AP.N.read_bytes()


class TestHandingIn:
    async def test_keeps_the_impression_and_the_drawing(self, office, seal_id):
        answer = await hand_in(office, seal_id, impressions.clean())

        assert answer.status_code == 200, answer.text
        seal = answer.json()
        assert seal["face"] == "impression"
        kept = await office.get(f"seals/{seal_id}/impression", office.bureau())
        assert sha256(kept.content).hexdigest() == seal["impression_sha256"]
        assert Image.open(io.BytesIO(kept.content)).format == "JPEG"
        (drawing,) = await office.rows("seal_drawings", sha256=seal["drawing_sha256"])
        assert sha256(drawing["operators"]).hexdigest() == seal["drawing_sha256"]
        assert drawing["development"]

    @pytest.mark.parametrize("kind", ["not a picture", "square", "blue", "a bomb"])
    async def test_says_what_is_wrong(self, office, seal_id, kind):
        make, code = impressions.BAD[kind]
        answer = await hand_in(office, seal_id, make())

        status, said = problem(answer)
        assert said == f"certificates.impression_{code}"
        assert status == (415 if code == "unreadable" else 400)
        assert answer.json()["remedy"]
        assert (await seal_of(office, seal_id))["impression_sha256"] is None

    async def test_refuses_more_than_two_megabytes(self, office, seal_id):
        answer = await hand_in(office, seal_id, bytes(2 * 1024 * 1024 + 1))
        assert problem(answer) == (413, "certificates.impression_too_large")

    async def test_a_repeat_gets_the_first_answer_even_when_filed(self, office, seal_id):
        first = await hand_in(office, seal_id, impressions.clean(), key="same")
        await office.file_seal(seal_id)

        again = await hand_in(office, seal_id, impressions.clean(), key="same")

        assert again.json()["impression_sha256"] == first.json()["impression_sha256"]

    async def test_may_be_handed_in_anew_until_it_is_proposed(self, office, seal_id):
        first = (await hand_in(office, seal_id, impressions.clean())).json()
        second = (await hand_in(office, seal_id, impressions.scanned())).json()
        assert first["impression_sha256"] != second["impression_sha256"]
        assert first["drawing_sha256"] != second["drawing_sha256"]
        proposed = await office.post(f"seals/{seal_id}/filing", office.province())

        waiting = await hand_in(office, seal_id, impressions.clean())
        refusal = f"approvals/{proposed.json()['approval_id']}/refusal"
        await office.post(refusal, office.province("second"))
        after = await hand_in(office, seal_id, impressions.clean())

        assert problem(waiting) == (409, "certificates.proposal_open")
        assert after.json()["drawing_sha256"] == first["drawing_sha256"]

    async def test_a_filed_seal_takes_none(self, office, seal_id):
        await hand_in(office, seal_id, impressions.clean())
        await office.file_seal(seal_id)
        answer = await hand_in(office, seal_id, impressions.scanned())
        assert problem(answer) == (409, "certificates.seal_state_conflict")

    async def test_a_seal_drawn_from_its_name_takes_none(self, office):
        other = (await office.apply()).json()["seal_id"]
        answer = await hand_in(office, other, impressions.clean())
        assert problem(answer) == (409, "certificates.impression_not_wanted")

    async def test_an_unknown_seal_is_not_found(self, office):
        answer = await hand_in(office, uuid4(), impressions.clean())
        assert problem(answer) == (404, "certificates.seal_not_found")


class TestFiling:
    async def test_waits_for_the_impression(self, office, seal_id):
        answer = await office.post(f"seals/{seal_id}/filing", office.province())
        assert problem(answer) == (409, "certificates.seal_not_drawn")

    async def test_what_is_approved_names_the_impression(self, office, seal_id):
        seal = (await hand_in(office, seal_id, impressions.clean())).json()
        await office.post(f"seals/{seal_id}/filing", office.province())

        (proposal,) = (await office.get("approvals", office.province())).json()["items"]

        names = ("seal_id", "signer_sha256", "impression_sha256", "drawing_sha256")
        assert proposal["payload"] == {name: seal[name] for name in names}

    async def test_another_face_meanwhile_was_not_approved(self, office, seal_id):
        await hand_in(office, seal_id, impressions.clean())
        filing = await office.post(f"seals/{seal_id}/filing", office.province())
        # Nobody can by the front door: this is somebody at the database.
        async with office.bench.database.transaction() as tx:
            await tx.execute(text("UPDATE seals SET impression_sha256 = repeat('0', 64)"))

        path = f"approvals/{filing.json()['approval_id']}/approval"
        answer = await office.post(path, office.province("second"))

        assert problem(answer) == (409, "certificates.seal_state_conflict")

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE seals SET drawing_sha256 = NULL",
            "UPDATE seals SET impression_sha256 = NULL",
            "UPDATE seals SET signer_sha256 = 'other'",
            "UPDATE seals SET development = false",
            "UPDATE seals SET name = '郑州市公章'",
            "UPDATE seal_drawings SET development = false",
            "DELETE FROM seal_drawings",
        ],
    )
    async def test_what_is_filed_stays(self, office, seal_id, change):
        await hand_in(office, seal_id, impressions.clean())
        await office.file_seal(seal_id)
        with pytest.raises(DBAPIError, match=r"keeps its face|kept as they are"):
            async with office.bench.database.transaction() as tx:
                await tx.execute(text(change))

    async def test_a_drawing_has_the_name_of_its_content(self, office):
        row = "INSERT INTO seal_drawings VALUES (repeat('0', 64), '\\x00', true, now())"
        with pytest.raises(IntegrityError, match="named_by_content"):
            async with office.bench.database.transaction() as tx:
                await tx.execute(text(row))


class TestOnCertificates:
    async def test_every_certificate_shows_the_filed_drawing(self, office, seal_id):
        seal = (await hand_in(office, seal_id, impressions.scanned())).json()
        await office.file_seal(seal_id)
        # An everyday name takes the compiled path, a rare one the full rendering.
        for name in ("张三", "张\U0002cb69"):
            certificate = await office.issue(await office.technician(name=name))
            size, operators = await drawn_on(office, certificate)
            drawing = operators.removeprefix(b"/M gs\n")
            assert sha256(drawing).hexdigest() == seal["drawing_sha256"]
            assert name != "张三" or size <= 52_000

    async def test_a_development_seal_says_so_over_its_impression(self, office, seal_id):
        seal = (await hand_in(office, seal_id, impressions.clean())).json()
        (row,) = await office.rows("seal_drawings", sha256=seal["drawing_sha256"])
        assert row["operators"].count(b" cm ") == 1 + MARK_SHAPES

    async def test_a_seal_from_its_name_is_drawn_once_too(self, office):
        applied = (await office.apply()).json()
        seal_id = await office.file_seal(applied["seal_id"])
        certificate = await office.issue(await office.technician(name="张三"))

        _, operators = await drawn_on(office, certificate)

        assert applied["impression_sha256"] is None
        filed = (await seal_of(office, seal_id))["drawing_sha256"]
        assert sha256(operators.removeprefix(b"/M gs\n")).hexdigest() == filed

    async def test_a_seal_filed_before_drawings_were_kept_goes_on(self, office):
        seal_id = await office.activate_seal()
        before = (await seal_of(office, seal_id))["drawing_sha256"]
        async with office.bench.database.transaction() as tx:
            await tx.execute(text("ALTER TABLE seals DISABLE TRIGGER stays"))
            await tx.execute(text("UPDATE seals SET drawing_sha256 = NULL"))
            await tx.execute(text("ALTER TABLE seals ENABLE TRIGGER stays"))

        certificate = await office.issue(await office.technician(name="张三"))

        _, operators = await drawn_on(office, certificate)
        assert sha256(operators.removeprefix(b"/M gs\n")).hexdigest() == before

    async def test_a_name_that_cannot_be_drawn_is_rejected(self, office):
        answer = await office.apply(name="\U0002ebf0市专业技术人员继续教育专用章")
        assert problem(answer) == (409, "certificates.seal_not_trusted")
        assert "无法绘制" in answer.json()["detail"]


class TestReading:
    async def test_the_drawing_is_an_svg_that_does_nothing(self, office, seal_id):
        seal = (await hand_in(office, seal_id, impressions.clean())).json()
        answer = await office.get(f"seals/{seal_id}/drawing", office.bureau())

        assert answer.headers["content-type"] == "image/svg+xml"
        assert answer.headers["etag"] == f'"{seal["drawing_sha256"]}"'
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert "<text" not in answer.text
        assert answer.text.count("<path") == 1 + MARK_SHAPES

    async def test_nothing_to_read_before_it_is_handed_in(self, office, seal_id):
        for what in ("impression", "drawing", "application"):
            answer = await office.get(f"seals/{seal_id}/{what}", office.bureau())
            assert problem(answer) == (409, "certificates.seal_not_drawn")


def page_of(pdf: bytes):
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        words = "".join(page.get_textpage().get_text_range().split())
        return words, page.render(scale=2).to_pil().convert("RGB")
    finally:
        document.close()


def is_red(picture):
    """Return the share of the page that is red ink."""
    red, green, _ = picture.split()
    reddish = ImageChops.subtract(red, green).histogram()
    return sum(reddish[90:]) / sum(reddish)


class TestApplication:
    @pytest.mark.parametrize("face", ["impression", "generated"])
    async def test_shows_office_day_and_impression(self, office, face):
        seal_id = (await office.apply(face=face)).json()["seal_id"]
        if face == "impression":
            await hand_in(office, seal_id, impressions.scanned())

        answer = await office.get(f"seals/{seal_id}/application", office.bureau())

        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/pdf"
        words, picture = page_of(answer.content)
        assert "申请单位：郑州市人力资源和社会保障局（公章）" in words
        assert is_red(picture) > 0.005

    async def test_is_the_same_file_for_ever(self, office, seal_id):
        await hand_in(office, seal_id, impressions.clean())
        first = await office.get(f"seals/{seal_id}/application", office.bureau())
        office.clock.advance(timedelta(days=3))
        async with office.bench.database.transaction() as tx:
            await tx.execute(text("UPDATE organisations SET name = '改名后的局'"))
            await tx.execute(text("UPDATE template_versions SET state = 'draft'"))

        again = await office.get(f"seals/{seal_id}/application", office.province())

        assert again.content == first.content
        assert again.headers["etag"] == first.headers["etag"]
        assert len(await office.rows("seal_applications")) == 1

    async def test_is_another_one_with_another_impression(self, office, seal_id):
        files = []
        for impression in (impressions.clean(), impressions.scanned()):
            await hand_in(office, seal_id, impression)
            files.append(await office.get(f"seals/{seal_id}/application", office.bureau()))
        assert files[0].content != files[1].content


async def test_nothing_is_drawn_while_certificates_are_rendered(office, seal_id, monkeypatch):
    await hand_in(office, seal_id, impressions.clean())
    await office.file_seal(seal_id)
    asked = []
    monkeypatch.setattr(type(office.bench.workshop), "draw_seal", asked.append)
    await office.complete_year(await office.technician())
    await render_due(office.bench)
    assert asked == []
