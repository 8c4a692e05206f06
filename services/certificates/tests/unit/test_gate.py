"""Each check of the gate refuses its own kind of bad file."""

import io
import time
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from services.certificates.tests.unit.gating import failed

from certificates.layout import SEAL_BOX
from certificates.sealing import cms
from certificates.sealing import prepare as prepare_module
from certificates.sealing.gate import CHECKS, check_sealed
from certificates.sealing.prepare import prepare


def test_honest_file_passes_every_check(sealed, expectation):
    report = check_sealed(sealed, expectation)
    assert [check.name for check in report] == list(CHECKS)
    assert all(check.passed for check in report)


def test_gate_is_fast(sealed, expectation):
    spent = []
    for _ in range(5):
        start = time.process_time()
        check_sealed(sealed, expectation)
        spent.append(time.process_time() - start)
    # Processor time, some 20 ms, so that other work on the machine does not count.
    assert min(spent) < 0.05


class TestPrefix:
    def test_rewritten_document_is_refused(self, rendered, seal_document, expectation):
        output = io.BytesIO()
        with pikepdf.open(io.BytesIO(rendered)) as pdf:
            pdf.save(output, static_id=True)
        assert "prefix" in failed(seal_document(output.getvalue()), expectation)

    def test_unsealed_document_is_refused(self, rendered, expectation):
        assert "prefix" in failed(rendered, expectation)


class TestOneSignature:
    def test_bytes_behind_the_signature_are_refused(self, sealed, expectation):
        assert failed(sealed + b"\n%hidden\n", expectation) == {"one_signature"}

    def test_second_signature_is_refused(self, sealed, seal, signer, signed_at, expectation):
        writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
        old = writer.root["/AcroForm"]["/Fields"][0].get_object()["/V"]
        copy = generic.DictionaryObject(
            {pdf_name(key): old[key] for key in ("/Type", "/Filter", "/SubFilter", "/ByteRange")}
        )
        writer.root["/Second"] = writer.add_object(copy)
        writer.update_root()
        output = io.BytesIO()
        writer.write(output)
        assert {"one_signature", "structure"} <= failed(output.getvalue(), expectation)

    def test_signature_that_permits_changes_is_refused(
        self, rendered, seal_document, expectation, monkeypatch
    ):
        lax = prepare_module.MDPPerm.FILL_FORMS
        monkeypatch.setattr(prepare_module, "MDPPerm", type("Lax", (), {"NO_CHANGES": lax}))
        assert failed(seal_document(rendered), expectation) == {"one_signature"}


class TestDigest:
    def test_byte_altered_after_sealing_is_refused(self, sealed, rendered, expectation):
        place = sealed.index(b"20261123", len(rendered))
        altered = sealed[:place] + b"20261124" + sealed[place + 8 :]
        assert failed(altered, expectation) == {"digest"}


class TestSignature:
    def test_value_of_another_message_is_refused(self, prepared, signer, expectation):
        value = signer.sign(b"another message")
        assert failed(_embed(prepared, value, signer.der), expectation) == {"signature"}

    def test_garbage_instead_of_a_signature_is_refused(self, prepared, sealed, expectation):
        _, start, end, _ = prepared.byte_range
        garbage = sealed[: start + 1] + b"AB" * ((end - start - 2) // 2) + sealed[end - 1 :]
        assert {"digest", "signature", "signer"} <= failed(garbage, expectation)


class TestSigner:
    def test_certificate_of_another_office_is_refused(
        self, rendered, seal_document, signer_of, expectation
    ):
        assert failed(seal_document(rendered, signer_of()), expectation) == {"signer"}

    def test_expired_certificate_is_refused(self, sealed, expectation):
        late = replace(expectation, at=datetime(2029, 6, 1, tzinfo=UTC))
        assert failed(sealed, late) == {"signer"}

    def test_certificate_that_the_signature_does_not_name_is_refused(
        self, seal, signer, signer_of, expectation
    ):
        # The same key under a second certificate: the value is right, the binding is not.
        twin = signer_of(signer.key)
        waiting = prepare(expectation.rendered, seal, twin.der, (), signed_at=expectation.at)
        value = signer.sign(waiting.signed_attributes)
        assert failed(_embed(waiting, value, signer.der), expectation) == {"signer"}


class TestStructure:
    def test_script_in_the_catalogue_is_refused(self, seal_after, expectation):
        def change(writer):
            writer.root["/OpenAction"] = generic.DictionaryObject(
                {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.pdf_string("x")}
            )
            writer.update_root()

        assert failed(seal_after(change), expectation) == {"structure"}

    def test_overwritten_page_content_is_refused(self, seal_after, expectation):
        def change(writer):
            page = writer.root["/Pages"]["/Kids"][0].get_object()
            content = page.raw_get("/Contents")
            writer.mark_update(content)
            content.get_object()._data = b"q Q"
            content.get_object()._encoded_data = None

        assert {"structure", "text"} <= failed(seal_after(change), expectation)

    def test_added_page_is_refused(self, seal_after, expectation):
        def change(writer):
            pages = writer.root["/Pages"]
            pages["/Kids"].append(pages["/Kids"][0])
            pages["/Count"] = generic.NumberObject(2)
            writer.update_container(pages)

        assert "structure" in failed(seal_after(change), expectation)

    def test_other_document_information_is_refused(self, seal_after, expectation):
        def change(writer):
            title = {pdf_name("/Title"): generic.pdf_string("another title")}
            writer.set_info(writer.add_object(generic.DictionaryObject(title)))

        assert failed(seal_after(change), expectation) == {"structure"}

    @pytest.mark.parametrize("key", ["/F", "/OPI"])
    def test_seal_from_another_file_is_refused(
        self, rendered, seal_document, expectation, monkeypatch, key
    ):
        honest = prepare_module._form

        def external(seal):
            form = honest(seal)
            form[pdf_name(key)] = generic.pdf_string("elsewhere.pdf")
            return form

        monkeypatch.setattr(prepare_module, "_form", external)
        assert "structure" in failed(seal_document(rendered), expectation)

    def test_live_text_in_the_seal_is_refused(
        self, rendered, seal_document, expectation, monkeypatch
    ):
        honest = prepare_module._form

        def with_font(seal):
            form = honest(seal)
            font = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Font")})
            form["/Resources"][pdf_name("/Font")] = generic.DictionaryObject({pdf_name("/F"): font})
            return form

        monkeypatch.setattr(prepare_module, "_form", with_font)
        assert failed(seal_document(rendered), expectation) == {"structure"}

    def test_hidden_layer_is_refused(self, seal_after, expectation):
        def change(writer):
            group = generic.DictionaryObject(
                {pdf_name("/Type"): pdf_name("/OCG"), pdf_name("/Name"): generic.pdf_string("x")}
            )
            layers = generic.ArrayObject([writer.add_object(group)])
            shown = generic.DictionaryObject({pdf_name("/OFF"): layers})
            writer.root["/OCProperties"] = generic.DictionaryObject(
                {pdf_name("/OCGs"): layers, pdf_name("/D"): shown}
            )
            writer.update_root()

        assert failed(seal_after(change), expectation) == {"structure"}

    def test_shadow_text_in_an_added_content_stream_is_refused(self, seal_after, expectation):
        def change(writer):
            page = writer.root["/Pages"]["/Kids"][0].get_object()
            shadow = generic.StreamObject(stream_data=b"q 1 1 1 rg 0 0 600 850 re f Q")
            contents = page.raw_get("/Contents")
            page["/Contents"] = generic.ArrayObject([contents, writer.add_object(shadow)])
            writer.update_container(page)

        assert "structure" in failed(seal_after(change), expectation)

    def test_form_field_beside_the_seal_is_refused(self, seal_after, expectation):
        def change(writer):
            field = generic.DictionaryObject(
                {
                    pdf_name("/FT"): pdf_name("/Tx"),
                    pdf_name("/T"): generic.pdf_string("name"),
                    pdf_name("/V"): generic.pdf_string("somebody else"),
                }
            )
            fields = generic.ArrayObject([writer.add_object(field)])
            form = generic.DictionaryObject({pdf_name("/Fields"): fields})
            writer.root["/AcroForm"] = writer.add_object(form)
            writer.update_root()

        assert "structure" in failed(seal_after(change), expectation)

    def test_second_attachment_is_refused(self, seal_after, expectation):
        def change(writer):
            names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
            names.append(generic.pdf_string("another.json"))
            names.append(names[1])
            writer.update_container(names)

        assert {"record", "structure"} <= failed(seal_after(change), expectation)


class TestSealBox:
    def test_seal_elsewhere_is_refused(self, rendered, seal_document, expectation, monkeypatch):
        left, low, right, high = SEAL_BOX
        elsewhere = (left - 60, low, right - 60, high)
        monkeypatch.setattr(prepare_module, "SEAL_BOX", elsewhere)
        assert failed(seal_document(rendered), expectation) == {"seal_box"}

    def test_hidden_seal_is_refused(self, sealed, rendered, expectation):
        place = sealed.index(b"/F 132", len(rendered))
        hidden = sealed[:place] + b"/F 134" + sealed[place + 6 :]
        assert failed(hidden, expectation) == {"digest", "seal_box"}

    def test_second_annotation_is_refused(self, seal_after, expectation):
        def change(writer):
            page = writer.root["/Pages"]["/Kids"][0].get_object()
            note = generic.DictionaryObject(
                {
                    pdf_name("/Type"): pdf_name("/Annot"),
                    pdf_name("/Subtype"): pdf_name("/FreeText"),
                    pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, SEAL_BOX)),
                }
            )
            page[pdf_name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
            writer.update_container(page)

        assert {"seal_box", "structure"} <= failed(seal_after(change), expectation)


class TestRecord:
    def test_overwritten_record_is_refused(self, seal_after, expectation):
        def change(writer):
            names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
            stream = names[1]["/EF"].raw_get("/F")
            writer.mark_update(stream)
            stream.get_object()._data = b'{"name":"somebody"}'
            stream.get_object()._encoded_data = None

        assert {"record", "structure"} <= failed(seal_after(change), expectation)

    def test_record_of_another_certificate_is_refused(self, sealed, record, expectation):
        other = replace(expectation, record=replace(record, version=2))
        assert failed(sealed, other) == {"record"}


class TestText:
    @pytest.mark.parametrize(
        "difference",
        [{"name": "欧阳龑"}, {"number": "41002345678918"}, {"employer": "郑州市"}, {"year": 2025}],
    )
    def test_page_that_says_something_else_is_refused(
        self, renderer, qr_url, seal_document, expectation, difference
    ):
        # Rendered from one record and expected from another: what a mix-up would look like.
        pdf = renderer.render(replace(expectation.record, **difference), qr_url)
        mixed = replace(expectation, rendered=pdf)
        assert failed(seal_document(pdf), mixed) == {"record", "text"}


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"\x00" * 5000, b"<html></html>"])
def test_foreign_bytes_are_refused_without_an_exception(data, expectation):
    assert "prefix" in failed(data, expectation)


def test_truncated_file_is_refused(sealed, expectation):
    assert {"digest", "signature"} <= failed(sealed[:-400], expectation)


def _embed(prepared, value: bytes, certificate: bytes) -> bytes:
    """Assemble without the check that our own assembly makes."""
    content = cms.signed_data(prepared.signed_attributes, value, certificate, ())
    _, start, end, _ = prepared.byte_range
    text = content.hex().encode().ljust(end - start - 2, b"0")
    return prepared.document[: start + 1] + text + prepared.document[end - 1 :]
