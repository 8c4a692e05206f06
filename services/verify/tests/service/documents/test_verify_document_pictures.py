"""The report on an uploaded file points at each fact on a picture of the page."""

import base64
import io
import os
import re
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
import sealed_files as files
from PIL import Image
from sealed_files import RECORD, covered, genuine

from verify.comparing import Examined
from verify.examiner import Examiner
from verify.fields import pages_of

pytestmark = pytest.mark.infra
MOST_BYTES = 300_000
PRINTED_ON_THE_FORM = {
    "name",
    "management_number",
    "sex",
    "identity_masked",
    "employer_name",
    "year",
    "version",
    "total_tenths",
    "public_tenths",
    "professional_tenths",
    "office_name",
    "issued_on",
}


def by_name(answer: dict) -> dict[str, dict]:
    return {one["field"]: one for one in answer["fields"]}


def text_in(pdf: bytes, place: dict, page: dict) -> str:
    """Return the words of a page that lie in a box, told from the top left."""
    left, top, right, bottom = place["box"]
    document = pypdfium2.PdfDocument(pdf)
    words = document[place["page"]].get_textpage()
    height = page["height"]
    found = words.get_text_bounded(left - 1, height - bottom - 1, right + 1, height - top + 1)
    return re.sub(r"\s", "", found)


def picture(page: dict) -> Image.Image:
    content = base64.b64decode(page["picture"])
    assert len(content) <= MOST_BYTES
    image = Image.open(io.BytesIO(content))
    assert image.format == "JPEG"
    return image


def turned(pdf: bytes, degrees: int) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.pages[0].rotate(degrees, relative=False)
        opened.save(output)
    return output.getvalue()


def noise() -> bytes:
    """Return a page that no JPEG makes small."""
    width, height = 1_100, 1_500
    output = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(width / 2, height / 2))
        dots = pdf.make_stream(os.urandom(width * height))
        dots.update(
            {
                "/Type": pikepdf.Name.XObject,
                "/Subtype": pikepdf.Name.Image,
                "/Width": width,
                "/Height": height,
                "/BitsPerComponent": 8,
                "/ColorSpace": pikepdf.Name.DeviceGray,
            }
        )
        page = pdf.pages[0]
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Noise=dots))
        drawn = f"{width / 2} 0 0 {height / 2} 0 0 cm /Noise Do"
        page.Contents = pdf.make_stream(drawn.encode())
        pdf.save(output)
    return output.getvalue()


class TestPlaces:
    async def test_genuine_file_shows_where_each_fact_stands(self, check) -> None:
        answer = await check(genuine().pdf)
        fields = by_name(answer)
        assert set(fields) == PRINTED_ON_THE_FORM | {"title_level"}
        assert {fields[one]["outcome"] for one in PRINTED_ON_THE_FORM} == {"same"}
        assert (fields["title_level"]["outcome"], fields["title_level"]["places"]) == (
            "not_found",
            [],
        )
        assert fields["name"]["file"] == "张*"
        [page] = answer["pages"]
        assert (round(page["width"]), round(page["height"])) == (595, 842)
        assert page["picture"] is None
        shown = {
            one: "".join(text_in(genuine().pdf, place, page) for place in fields[one]["places"])
            for one in PRINTED_ON_THE_FORM
        }
        assert shown["name"] == "张䶮"
        assert shown["management_number"] == RECORD.number
        assert shown["employer_name"] == RECORD.employer
        assert shown["total_tenths"] == "90学时"
        assert shown["issued_on"] == "2026年11月20日"

    async def test_altered_fact_has_its_place_and_what_both_say(self, check) -> None:
        more = replace(RECORD.credit_tenths, total=1200)
        pdf = files.render(replace(RECORD, credit_tenths=more), genuine().token)
        answer = await check(pdf)
        total = by_name(answer)["total_tenths"]
        assert (total["outcome"], total["file"], total["registry"]) == (
            "differs",
            "120 学时",
            "90 学时",
        )
        [place] = total["places"]
        assert text_in(pdf, place, answer["pages"][0]) == "120学时"

    async def test_name_of_another_person_is_pointed_at_and_stays_masked(self, check) -> None:
        pdf = files.render(replace(RECORD, name="李四", number="41000000000034"), genuine().token)
        answer = await check(pdf)
        name = by_name(answer)["name"]
        assert (name["outcome"], name["file"], name["registry"]) == ("differs", "李*", "张*")
        assert text_in(pdf, name["places"][0], answer["pages"][0]) == "李四"

    async def test_fact_altered_in_the_record_alone_is_pointed_at_on_the_page(self, check) -> None:
        pdf = files.render(RECORD, genuine().token)
        output = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            kept = opened.attachments["certificate.json"].get_file().obj
            kept.write(kept.read_bytes().replace(b'"total":900', b'"total":1200'))
            opened.save(output)
        total = by_name(await check(output.getvalue()))["total_tenths"]
        assert (total["outcome"], total["file"]) == ("differs", "120 学时")
        assert len(total["places"]) == 1

    async def test_value_that_stands_in_another_fact_too_is_not_mistaken(self, check) -> None:
        # The masked number ends with the very digits of the hours.
        pdf = files.render(replace(RECORD, identity_masked="4101**********9090"), genuine().token)
        fields = by_name(await check(covered(pdf)))
        assert fields["total_tenths"]["file"] == "120"
        assert fields["identity_masked"]["file"] == "4101**********9090"

    async def test_long_employer_has_a_box_for_each_line(self, check) -> None:
        long = "河南省" + "某某某某某某某某某某" * 4 + "有限公司"
        pdf = files.render(replace(RECORD, employer=long), genuine().token)
        answer = await check(pdf)
        employer = by_name(answer)["employer_name"]
        assert employer["outcome"] == "differs"
        assert len(employer["places"]) > 1
        page = answer["pages"][0]
        assert "".join(text_in(pdf, one, page) for one in employer["places"]) == long

    @pytest.mark.parametrize("degrees", [90, 270])
    async def test_places_are_those_of_the_page_as_shown(self, check, degrees) -> None:
        upright = await check(genuine().pdf)
        answer = await check(turned(genuine().pdf, degrees))
        [before], [after] = upright["pages"], answer["pages"]
        [place], [was] = (by_name(one)["name"]["places"] for one in (answer, upright))
        left, top, right, bottom = was["box"]
        width, height = before["width"], before["height"]
        expected = {
            90: (height - bottom, left, height - top, right),
            270: (top, width - right, bottom, width - left),
        }[degrees]
        assert place["box"] == pytest.approx(expected, abs=0.5)
        assert (after["width"], after["height"]) == (height, width)

    async def test_file_of_nobody_known_names_no_facts(self, check) -> None:
        forged = replace(RECORD, name="王五", number="41000000000034")
        answer = await check(files.render(forged, files.mint()), pictures="true")
        assert (answer["verdict"], answer["fields"]) == ("foreign", [])
        assert picture(answer["pages"][0])


class TestPictures:
    async def test_picture_has_the_pages_proportions_and_the_seal(self, check) -> None:
        [page] = (await check(genuine().pdf, pictures="true"))["pages"]
        image = picture(page)
        assert image.height / image.width == pytest.approx(page["height"] / page["width"], rel=0.01)
        red = sum(
            1
            for r, g, b in image.convert("RGB").get_flattened_data()
            if r > 150 and g < 110 and b < 110
        )
        assert red > 500

    async def test_picture_shows_what_was_written_over_a_fact(self, check) -> None:
        pdf = genuine().pdf
        [place] = by_name(await check(pdf))["total_tenths"]["places"]
        answer = await check(covered(pdf, b"1 1 0"), pictures="true")
        total = by_name(answer)["total_tenths"]
        assert (total["outcome"], total["file"], total["registry"]) == ("differs", "120", "90 学时")
        assert total["places"] == [place]
        [page] = answer["pages"]
        image = picture(page)
        scale = image.width / page["width"]
        cut = image.crop([round(edge * scale) for edge in place["box"]]).convert("RGB")
        # The cover of this attack is yellow, as nothing on the form is.
        yellow = [1 for r, g, b in cut.get_flattened_data() if r > 180 and g > 180 and b < 120]
        assert len(yellow) > cut.width * cut.height / 3

    async def test_only_the_first_two_pages_have_pictures(self, check) -> None:
        output = io.BytesIO()
        with pikepdf.open(io.BytesIO(genuine().pdf)) as pdf:
            for _ in range(2):
                pdf.add_blank_page(page_size=(595, 842))
            pdf.save(output)
        answer = await check(output.getvalue(), pictures="true")
        assert [bool(one["picture"]) for one in answer["pages"]] == [True, True, False]

    async def test_noise_is_brought_under_the_limit(self, check) -> None:
        answer = await check(noise(), pictures="true")
        assert answer["verdict"] == "foreign"
        assert picture(answer["pages"][0])

    async def test_large_page_gives_a_small_picture(self, check) -> None:
        output = io.BytesIO()
        with pikepdf.new() as pdf:
            pdf.add_blank_page(page_size=(1800, 2000))
            pdf.save(output)
        image = picture((await check(output.getvalue(), pictures="true"))["pages"][0])
        assert image.width * image.height <= 2_000_000

    async def test_page_beyond_the_limit_of_pixels_has_none(self, check) -> None:
        output = io.BytesIO()
        with pikepdf.new() as pdf:
            pdf.add_blank_page(page_size=(14_000, 14_000))
            pdf.save(output)
        answer = await check(output.getvalue(), pictures="true")
        assert (answer["verdict"], answer["pages"]) == ("unreadable", [])

    async def test_verdict_is_the_same_with_and_without(self, check) -> None:
        with_, without = [await check(genuine().pdf, pictures=one) for one in ("true", "false")]
        assert [one.pop("picture") is None for one in with_["pages"]] == [False]
        assert [one.pop("picture") is None for one in without["pages"]] == [True]
        for one in (with_, without):
            one["certificate"].pop("as_of")
        assert with_ == without

    async def test_nothing_on_the_way_keeps_the_report(self, api) -> None:
        answer = await api.client.post(
            "/api/verify/v1/documents", files={"file": ("a.pdf", b"no", "application/pdf")}
        )
        assert answer.headers["cache-control"] == "no-store"

    async def test_receipt_holds_neither_pictures_nor_places(self, check) -> None:
        answer = await check(genuine().pdf, pictures="true", receipt="true")
        assert answer["pages"][0]["picture"]
        assert len(answer["receipt"]["signed"]) < 4_000
        assert "places" not in str(answer["receipt"])


async def test_drawing_process_that_says_nonsense_is_a_damaged_file(monkeypatch) -> None:
    async def said(*_args, **_more) -> tuple[int, bytes]:
        return 0, b'{"pages": ['

    monkeypatch.setattr("verify.examiner.run_module", said)
    assert await Examiner([]).examine(b"") == {"unreadable": "damaged"}


def test_what_is_no_jpeg_is_not_handed_out() -> None:
    said = [
        {"width": 1, "height": 1, "picture": one}
        for one in ("PHN2Zz4=", 7, "/9j/" + "A" * 500_000, "/9j/AA==")
    ]
    assert [one.picture for one in pages_of(Examined({"pages": said}))] == [
        None,
        None,
        None,
        "/9j/AA==",
    ]
