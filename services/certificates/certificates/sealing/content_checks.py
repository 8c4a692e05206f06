"""Gate checks on the content: our bytes, the attached record, the text as a reader finds it."""

import pypdfium2

from certificates.domain.presence import present
from certificates.layout import SEAL_PAGE
from certificates.record import ATTACHMENT_NAME, canonical_bytes
from certificates.sealing.page_text import TextUnclear, text_of_page
from certificates.sealing.sealed_file import GateExpectation, SealedFile, require


def our_bytes_come_first(file: SealedFile, expectation: GateExpectation) -> None:
    """Check that the rendered document is the exact beginning of the sealed file.

    One that was written with room for the signature is the file itself, but for what fills it.
    """
    if expectation.one_revision:
        same = file.differs_only_in_signature(expectation.rendered)
        require(same, "more than the signature's value differs")
        return
    require(file.data.startswith(expectation.rendered), "the document's own bytes were changed")
    require(len(file.data) > len(expectation.rendered), "nothing was added")


def attached_record_is_unchanged(file: SealedFile, expectation: GateExpectation) -> None:
    """Check that the only attachment is the canonical record, byte for byte."""
    attachments = file.pdf.attachments
    require(list(attachments) == [ATTACHMENT_NAME], "not exactly the record is attached")
    found = attachments[ATTACHMENT_NAME].get_file().read_bytes()
    ours = canonical_bytes(present(expectation.record))
    require(found == ours, "the attached record was changed")


def text_reads_back(file: SealedFile, expectation: GateExpectation) -> None:
    """Check that a reader finds the facts of the certificate in the visible text.

    In a file that we wrote whole, and of which only the signature's value is not ours, its own
    tables say what a PDF reader would find; in any doubt, and in all others, a PDF reader is asked.
    """
    record = present(expectation.record)
    facts = {
        "name": record.name,
        "number": record.number,
        "employer": record.employer,
        "office": record.office_name,
        "year": f"已完成{record.year}年度",
    }
    quickly = expectation.one_revision and not expectation.independent_reader
    if quickly and not _missing(facts, _text_by_tables(file, expectation)):
        return
    missing = _missing(facts, _text_by_reader(file))
    require(not missing, f"not readable: {', '.join(missing)}")


def _missing(facts: dict[str, str], text: str) -> list[str]:
    packed = "".join(text.split())
    return [fact for fact, value in facts.items() if "".join(value.split()) not in packed]


def _text_by_tables(file: SealedFile, expectation: GateExpectation) -> str:
    """Return the page's text, or nothing when it is not certainly the page that we wrote."""
    if not file.differs_only_in_signature(expectation.rendered):
        return ""
    try:
        return text_of_page(file.pdf.pages[SEAL_PAGE])
    except TextUnclear:
        return ""


def _text_by_reader(file: SealedFile) -> str:
    document = pypdfium2.PdfDocument(file.data)
    try:
        text: str = document[SEAL_PAGE].get_textpage().get_text_range()
    finally:
        document.close()
    return text
