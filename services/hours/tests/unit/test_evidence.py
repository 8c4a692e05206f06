"""Evidence is told by its bytes; a name or header that says otherwise is refused."""

import pytest

from hours.domain.evidence import MediaType, check_size, media_type_of
from hours.errors import EvidenceTooLarge, EvidenceTypeUnsupported

PDF, JPEG, PNG = b"%PDF-1.7 ...", b"\xff\xd8\xff\xe0 ...", b"\x89PNG\r\n\x1a\n ..."


class TestMediaType:
    @pytest.mark.parametrize(
        ("content", "declared", "name", "found"),
        [
            (PDF, "application/pdf", "a.pdf", MediaType.PDF),
            (JPEG, "image/jpeg", "a.JPG", MediaType.JPEG),
            (JPEG, "image/jpg", "a.jpeg", MediaType.JPEG),
            (PNG, "image/png; charset=binary", "a.png", MediaType.PNG),
            (PDF, "application/octet-stream", "扫描件.pdf", MediaType.PDF),
            (PDF, "", "无扩展名", MediaType.PDF),
        ],
    )
    def test_accepted_when_bytes_name_and_header_agree(
        self, content, declared, name, found
    ) -> None:
        assert media_type_of(content, declared=declared, filename=name) is found

    @pytest.mark.parametrize(
        ("content", "declared", "name"),
        [
            (b"MZ\x90\x00", "application/pdf", "a.pdf"),
            (b"", "application/pdf", "a.pdf"),
            (b"PK\x03\x04", "application/zip", "a.zip"),
            (b"<html>%PDF-", "application/pdf", "a.pdf"),
            (PDF, "image/png", "a.pdf"),
            (PDF, "application/pdf", "a.png"),
            (PDF, "application/pdf", "a.pdf.exe"),
            (PNG, "image/jpeg", "a.png"),
            (b"GIF89a", "image/gif", "a.gif"),
        ],
    )
    def test_refused_when_unknown_or_contradicted(self, content, declared, name) -> None:
        with pytest.raises(EvidenceTypeUnsupported):
            media_type_of(content, declared=declared, filename=name)


class TestSize:
    def test_limit_itself_is_accepted(self) -> None:
        check_size(10, 10)
        with pytest.raises(EvidenceTooLarge):
            check_size(11, 10)
