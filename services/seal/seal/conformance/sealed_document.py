"""A sealed file beside the one that was handed in, taken apart as the checks need it."""

import hashlib
import io
import re
from functools import cached_property
from typing import Any

import pikepdf
from asn1crypto import cms, tsp

from seal.conformance.findings import NotMet

_HEXADECIMAL = re.compile(rb"<[0-9A-Fa-f]*>")
_BYTE_RANGE = 4


class SealedDocument:
    """Every property raises ``NotMet``, or what a broken file makes its parser raise."""

    def __init__(self, original: bytes, data: bytes) -> None:
        self.original = original
        self.data = data

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        """Return the document as its last revision shows it."""
        return _open(self.data)

    @cached_property
    def ours(self) -> pikepdf.Pdf:
        """Return the document as it was handed in."""
        return _open(self.original)

    @cached_property
    def fields(self) -> list[Any]:
        form = self.pdf.Root.get("/AcroForm")
        return list(form.Fields) if form is not None else []

    @cached_property
    def field(self) -> Any:
        """Return the one field there may be."""
        if len(self.fields) != 1:
            raise NotMet(f"文件中有 {len(self.fields)} 个域，应恰有一个签名域")
        return self.fields[0]

    @cached_property
    def signatures(self) -> list[Any]:
        """Return every signature dictionary in the file, wherever it hangs."""
        return [one for one in self.pdf.objects if _has(one, "/ByteRange")]

    @cached_property
    def signature(self) -> Any:
        found = self.field.get("/V")
        if found is None:
            raise NotMet("签名域中没有签名")
        return found

    @cached_property
    def byte_range(self) -> tuple[int, int, int, int]:
        numbers = [int(one) for one in self.signature.ByteRange]
        if len(numbers) != _BYTE_RANGE:
            raise NotMet("ByteRange 应为四个数")
        start, first, second, last = numbers
        return start, first, second, last

    @cached_property
    def gap(self) -> bytes:
        """Return what the signature does not cover."""
        _, first, second, _ = self.byte_range
        return self.data[first:second]

    @property
    def gap_is_one_value(self) -> bool:
        return bool(_HEXADECIMAL.fullmatch(self.gap))

    @cached_property
    def covered_digest(self) -> bytes:
        start, first, second, last = self.byte_range
        digest = hashlib.sha256(self.data[start : start + first])
        digest.update(self.data[second : second + last])
        return digest.digest()

    @cached_property
    def signed_data(self) -> cms.SignedData:
        if not self.gap_is_one_value:
            raise NotMet("签名值不是一个十六进制串")
        content = cms.ContentInfo.load(bytes.fromhex(self.gap[1:-1].decode()))
        if content["content_type"].native != "signed_data":
            raise NotMet("签名值不是 CMS SignedData")
        return content["content"]

    @cached_property
    def signer_info(self) -> cms.SignerInfo:
        found = self.signed_data["signer_infos"]
        if len(found) != 1:
            raise NotMet(f"签名值中有 {len(found)} 个签名人")
        return found[0]

    def attribute(self, name: str) -> Any:
        """Return the value of a signed attribute."""
        found = [one for one in self.signer_info["signed_attrs"] if one["type"].native == name]
        if len(found) != 1 or len(found[0]["values"]) != 1:
            raise NotMet(f"签名属性 {name} 应恰有一个")
        return found[0]["values"][0]

    @property
    def bound_certificate(self) -> bytes:
        """Return the digest of the certificate that the signature names as its own."""
        # Importing tsp is what teaches asn1crypto the attribute's name.
        bound: tsp.SigningCertificateV2 = self.attribute("signing_certificate_v2")
        return bytes(bound["certs"][0]["cert_hash"].native)

    @property
    def signed_attributes(self) -> bytes:
        """Return the bytes that were signed: the SET itself, not its context-tagged form."""
        return bytes(cms.CMSAttributes(list(self.signer_info["signed_attrs"])).dump())


def _open(data: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PdfError as error:
        raise NotMet("文件不完整，或无法按 PDF 读取") from error


def _has(item: Any, key: str) -> bool:
    return isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and key in item
