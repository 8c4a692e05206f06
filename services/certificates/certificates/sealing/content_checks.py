"""Gate checks on the content: our bytes, the attached record, the text as a reader finds it."""

import pypdfium2

from certificates.record import ATTACHMENT_NAME, canonical_bytes
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
    require(found == canonical_bytes(expectation.record), "the attached record was changed")


def text_reads_back(file: SealedFile, expectation: GateExpectation) -> None:
    """Check that a PDF reader finds the facts of the certificate in the visible text."""
    document = pypdfium2.PdfDocument(file.data)
    try:
        text = "".join(document[0].get_textpage().get_text_range().split())
    finally:
        document.close()
    record = expectation.record
    facts = {
        "name": record.name,
        "number": record.number,
        "employer": record.employer,
        "office": record.office_name,
        "year": f"已完成{record.year}年度",
    }
    missing = [fact for fact, value in facts.items() if "".join(value.split()) not in text]
    require(not missing, f"not readable: {', '.join(missing)}")
