"""Uploaded files: the genuine ones, and the attacks on them."""

import io
import zlib
from dataclasses import replace

import pikepdf
import pytest
import sealed_files as files
from pyhanko.pdf_utils import generic
from sealed_files import RECORD, SEALED_AT, covered, genuine, saved_after
from sqlalchemy import text
from tests.kit.pki import throw_away_pki
from verify_kit import Certificate, mint, served

pytestmark = pytest.mark.infra
DOCUMENTS = "/api/verify/v1/documents"
HOURS_BOX = (133, 318, 158, 338)  # where the form prints the total


def failed(answer: dict) -> set[str]:
    return {one["check"] for one in answer["checks"] if one["outcome"] in ("failed", "absent")}


def sentences(answer: dict) -> list[str]:
    return [one["sentence"] for one in answer["differences"]]


class TestGenuine:
    async def test_sealed_file_is_genuine(self, check) -> None:
        answer = await check(genuine().pdf)
        assert answer["verdict"] == "genuine"
        assert {one["outcome"] for one in answer["checks"]} == {"passed"}
        assert answer["certificate"]["state"] == "valid"
        assert answer["differences"] == []
        assert "张䶮" not in str(answer)

    async def test_revision_with_validation_material_is_genuine(self, check, revised) -> None:
        answer = await check(revised)
        assert (answer["verdict"], failed(answer)) == ("genuine", set())

    async def test_revoked_certificate_is_a_genuine_file_and_revoked(
        self, check, certificate, tell
    ) -> None:
        await tell(certificate.event("revoked", 2))
        answer = await check(genuine().pdf)
        assert answer["verdict"] == "genuine"
        assert answer["certificate"]["state"] == "revoked"

    async def test_holder_is_told_of_the_check(self, settings, database, certificate) -> None:
        async with served(settings) as api:
            pdf = ("certificate.pdf", genuine().pdf, "application/pdf")
            await api.client.post(DOCUMENTS, files={"file": pdf})
        # What was counted in memory is written when the process ends.
        async with database.reading() as tx:
            counts = await tx.execute(
                text("SELECT certificate_id, verifier, count FROM records.check_counts")
            )
            assert list(counts) == [(certificate.certificate_id, "document", 1)]

    async def test_receipt_says_what_was_found(self, check) -> None:
        says = (await check(genuine().pdf, receipt="true"))["receipt"]["says"]
        assert says["how"] == "document"
        assert says["findings"][0]["verdict"] == "genuine"


class TestAltered:
    async def test_altered_hours_are_named_with_their_place(self, check) -> None:
        more = replace(RECORD.credit_tenths, total=1200, professional=900)
        forged = files.render(replace(RECORD, credit_tenths=more), genuine().token)
        answer = await check(forged)
        assert answer["verdict"] == "altered"
        assert "学时合计：文件写120 学时，登记为90 学时" in sentences(answer)
        assert "专业科目：文件所附电子记录写90 学时，登记为60 学时" in sentences(answer)
        [total] = [
            one
            for one in answer["differences"]
            if (one["field"], one["source"]) == ("total_tenths", "page")
        ]
        assert total["page"] == 0
        left, bottom, right, top = total["box"]
        assert 100 < left < right < 200
        assert 300 < bottom < top < 350
        assert {"signature", "chain", "seal", "coverage", "file", "record", "text"} <= failed(
            answer
        )

    async def test_other_facts_are_named_too(self, check) -> None:
        forged = replace(RECORD, employer="洛阳市中心医院", year=2025)
        said = sentences(await check(files.render(forged, genuine().token)))
        assert "工作单位：文件写洛阳市中心医院，登记为郑州市第一人民医院" in said
        assert "年度：文件写2025，登记为2026" in said

    async def test_text_drawn_over_the_page_after_the_seal_is_named(self, check) -> None:
        answer = await check(covered(genuine().pdf))
        assert answer["verdict"] == "altered"
        assert failed(answer) == {"coverage", "text"}
        assert "学时合计：文件写120，登记为90 学时" in sentences(answer)

    async def test_page_exchanged_in_a_later_revision_is_altered(self, check) -> None:
        def change(writer) -> None:
            page = writer.root["/Pages"]["/Kids"][0].get_object()
            page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
            writer.update_container(page)

        answer = await check(saved_after(genuine().pdf, change))
        assert answer["verdict"] == "altered"
        assert {"coverage", "code"} <= failed(answer)

    async def test_note_laid_over_a_fact_is_named(self, check) -> None:
        def change(writer) -> None:
            page = writer.root["/Pages"]["/Kids"][0].get_object()
            note = generic.DictionaryObject(
                {
                    generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
                    generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
                    generic.pdf_name("/Rect"): generic.ArrayObject(
                        [generic.NumberObject(edge) for edge in HOURS_BOX]
                    ),
                    generic.pdf_name("/Contents"): generic.pdf_string("120"),
                }
            )
            page["/Annots"] = generic.ArrayObject([*page["/Annots"], writer.add_object(note)])
            writer.update_container(page)

        answer = await check(saved_after(genuine().pdf, change))
        assert answer["verdict"] == "altered"
        assert "coverage" in failed(answer)
        assert "学时合计：文件写120，登记为90 学时" in sentences(answer)

    @pytest.mark.parametrize("more", [b"\n%behind", b" "])
    async def test_bytes_behind_the_last_revision_are_foreign(self, check, revised, more) -> None:
        for pdf in (genuine().pdf, revised):
            answer = await check(pdf + more)
            assert (answer["verdict"], failed(answer)) == ("altered", {"coverage"})

    async def test_file_saved_anew_is_no_longer_the_sealed_one(self, check) -> None:
        output = io.BytesIO()
        with pikepdf.open(io.BytesIO(genuine().pdf)) as pdf:
            pdf.save(output)
        answer = await check(output.getvalue())
        assert answer["verdict"] == "altered"
        assert {"signature", "file"} <= failed(answer)
        assert answer["differences"] == []


class TestForged:
    async def test_self_made_seal_is_refused(self, check) -> None:
        forged = files.seal(files.render(RECORD, genuine().token), throw_away_pki().stranger)
        answer = await check(forged)
        assert answer["verdict"] == "altered"
        assert {"chain", "seal", "file"} <= failed(answer)

    async def test_seal_of_another_office_is_refused(self, check) -> None:
        other = throw_away_pki().issue("洛阳市人力资源和社会保障局", not_before=SEALED_AT)
        answer = await check(files.seal(files.render(RECORD, genuine().token), other))
        assert failed(answer) == {"seal", "file"}

    async def test_code_of_another_certificate_is_refused(self, check, tell) -> None:
        other = Certificate(name="李四", more={"management_number": "41000000000034"})
        await tell(other.event("valid", 1))
        answer = await check(files.render(RECORD, other.token))
        assert answer["verdict"] == "altered"
        assert "code" in failed(answer)
        assert answer["certificate"]["management_number"] == RECORD.number

    async def test_another_persons_genuine_code_shows_the_other_name(self, check) -> None:
        forged = replace(RECORD, name="李四", number="41000000000034")
        answer = await check(files.render(forged, genuine().token))
        assert answer["verdict"] == "altered"
        assert "姓名：文件写李*，登记为张*" in sentences(answer)
        assert "证书管理号：文件写41000000000034，登记为41038517264970" in sentences(answer)

    async def test_two_codes_on_a_page_are_refused(self, check, tell) -> None:
        pdf = pikepdf.open(io.BytesIO(files.render(RECORD, genuine().token)))
        other = pikepdf.open(io.BytesIO(files.render(RECORD, mint())))
        pdf.pages.append(other.pages[0])
        output = io.BytesIO()
        pdf.save(output)
        assert "code" in failed(await check(output.getvalue()))

    async def test_file_of_nobody_known_is_foreign_and_shows_nothing(self, check) -> None:
        forged = replace(RECORD, name="王五", number="41000000000034")
        answer = await check(files.render(forged, mint()))
        assert answer["verdict"] == "foreign"
        assert (answer["certificate"], answer["differences"]) == (None, [])

    async def test_number_without_its_name_opens_nothing(self, check) -> None:
        answer = await check(files.render(replace(RECORD, name="王五"), mint()))
        assert (answer["verdict"], answer["certificate"]) == ("foreign", None)


def bomb() -> bytes:
    """Return a small file whose attachment unpacks to four gigabytes."""
    packer = zlib.compressobj(9)
    chunk = bytes(1024 * 1024)
    packed = b"".join([*(packer.compress(chunk) for _ in range(1024)), packer.flush()])
    with pikepdf.open(io.BytesIO(genuine().pdf)) as pdf:
        pdf.attachments["certificate.json"].get_file().obj.write(
            packed, filter=pikepdf.Name.FlateDecode
        )
        output = io.BytesIO()
        pdf.save(output, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return output.getvalue()


def many_pages() -> bytes:
    pdf = pikepdf.new()
    for _ in range(2000):
        pdf.add_blank_page()
    output = io.BytesIO()
    pdf.save(output)
    return output.getvalue()


def encrypted() -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(genuine().pdf)) as pdf:
        pdf.save(output, encryption=pikepdf.Encryption(owner="a", user="b"))
    return output.getvalue()


class TestHostile:
    @pytest.mark.parametrize(
        ("pdf", "said"),
        [
            (lambda: genuine().pdf[:40_000], "损坏"),
            (lambda: b"", "损坏"),
            (lambda: b"%PDF-1.7\n", "损坏"),
            (lambda: bytes(1_000_000), "损坏"),
            (many_pages, "页数过多"),
            (encrypted, "加密"),
            (bomb, "损坏"),
        ],
    )
    async def test_file_that_is_none_is_unreadable(self, check, pdf, said) -> None:
        answer = await check(pdf())
        assert answer["verdict"] == "unreadable"
        assert said in answer["detail"]
        assert answer["certificate"] is None

    async def test_file_over_two_megabytes_is_refused(self, api) -> None:
        answer = await api.client.post(DOCUMENTS, files={"file": ("a.pdf", bytes(2_200_000))})
        assert answer.status_code == 413
        assert answer.json()["code"] == "verify.document_too_large"

    async def test_address_uploads_only_so_many(self, api) -> None:
        statuses = [
            (await api.client.post(DOCUMENTS, files={"file": ("a.pdf", b"no")})).status_code
            for _ in range(11)
        ]
        assert statuses[-1] == 429
