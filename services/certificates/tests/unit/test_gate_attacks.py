"""Files changed after the seal, as the published attacks on signed PDF do."""

import io
from collections.abc import Callable

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from services.certificates.tests.unit.gating import failed


class TestIncrementalSaving:
    """Changing what a reader sees after the seal, as the published attacks on PDF do."""

    @pytest.fixture
    def saved_after(self, sealed) -> Callable[..., bytes]:
        def run(change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
            writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
            change(writer)
            output = io.BytesIO()
            writer.write(output)
            return output.getvalue()

        return run

    def test_page_exchanged_in_a_later_revision_is_refused(self, saved_after, expectation):
        def change(writer):
            page = writer.root["/Pages"]["/Kids"][0].get_object()
            page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
            writer.update_container(page)

        assert {"one_signature", "structure", "text"} <= failed(saved_after(change), expectation)

    def test_later_revision_that_changes_nothing_is_refused(self, saved_after, expectation):
        assert "one_signature" in failed(
            saved_after(lambda writer: writer.update_root()), expectation
        )

    def test_byte_range_widened_over_a_later_revision_is_refused(self, saved_after, expectation):
        def change(writer):
            page = writer.root["/Pages"]["/Kids"][0].get_object()
            page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
            field = writer.root["/AcroForm"]["/Fields"][0].get_object()
            signature = generic.DictionaryObject(dict(field["/V"].items()))
            start, first, second, _ = field["/V"]["/ByteRange"]
            whole = generic.NumberObject(10_000_000)
            signature["/ByteRange"] = generic.ArrayObject([start, first, second, whole])
            field["/V"] = writer.add_object(signature)
            writer.update_container(field)
            writer.update_container(page)

        refused = failed(saved_after(change), expectation)
        assert {"one_signature", "digest", "structure", "text"} <= refused
