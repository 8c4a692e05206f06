"""What the gate's checks look at: the returned bytes, parsed once, and what they should be."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import pikepdf
from asn1crypto import cms

from certificates.layout import SEAL_BOX
from certificates.record import CertificateRecord

HEXADECIMAL = re.compile(rb"<[0-9A-Fa-f]*>")


class CheckFailed(Exception):
    """A check of the gate did not hold; the message says what was found instead."""


def require(condition: object, otherwise: str) -> None:
    """Raise CheckFailed unless the condition holds."""
    if not condition:
        raise CheckFailed(otherwise)


@dataclass(frozen=True, slots=True)
class GateExpectation:
    """What the sealed file must be."""

    rendered: bytes
    record: CertificateRecord | None  # None: not a certificate
    certificates: Sequence[bytes]  # DER of the signer certificates filed for the office
    at: datetime
    crls: Sequence[bytes] = ()  # DER; checked when given
    ocsp_responses: Sequence[bytes] = ()
    authorities: Sequence[bytes] = ()  # DER of the chain above the signer, as filed
    # None: what is given is checked, nothing is demanded. Else a fresh statement must be there.
    revocation_max_age: timedelta | None = None
    # A development seal is refused.
    production: bool = False
    seal_box: tuple[int, int, int, int] = SEAL_BOX
    # ``rendered`` is the whole file with room for the signature, and only that may be filled in.
    one_revision: bool = False
    # The text is read by a PDF library whatever it costs: what the auditor wants.
    independent_reader: bool = False


class SealedFile:
    """The returned bytes; every property raises when the bytes are not what it needs."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        """Return the document as its last revision shows it."""
        return pikepdf.open(io.BytesIO(self.data), attempt_recovery=False, suppress_warnings=True)

    @cached_property
    def signature_dictionary(self) -> Any:
        """Return the only signature dictionary, found through the form."""
        fields = self.pdf.Root.AcroForm.Fields
        require(len(fields) == 1, f"{len(fields)} form fields")
        return fields[0].V

    @cached_property
    def byte_range(self) -> tuple[int, int, int, int]:
        """Return the range that the signature claims to cover."""
        start, first, second, last = (int(number) for number in self.signature_dictionary.ByteRange)
        return start, first, second, last

    def differs_only_in_signature(self, waiting: bytes) -> bool:
        """Say whether this is ``waiting`` with its one hexadecimal string filled in."""
        _, first, second, _ = self.byte_range
        room, filled = waiting[first:second], self.data[first:second]
        return (
            len(self.data) == len(waiting)
            and self.data[:first] == waiting[:first]
            and self.data[second:] == waiting[second:]
            and all(HEXADECIMAL.fullmatch(gap) for gap in (room, filled))
        )

    @cached_property
    def signed_data(self) -> cms.SignedData:
        """Return the CMS SignedData, read from the gap in the byte range itself."""
        _, start, end, _ = self.byte_range
        der = bytes.fromhex(self.data[start + 1 : end - 1].decode("ascii"))
        content = cms.ContentInfo.load(der)  # what follows is the filling of zeros
        require(content["content_type"].native == "signed_data", "not CMS signed data")
        require(not any(der[len(content.dump()) :]), "bytes behind the signature")
        return content["content"]

    @cached_property
    def signer_info(self) -> cms.SignerInfo:
        """Return the only signer."""
        signers = self.signed_data["signer_infos"]
        require(len(signers) == 1, f"{len(signers)} signers")
        return signers[0]

    @cached_property
    def signed_attributes(self) -> dict[str, Any]:
        """Return the signed attributes by name; each has one value and comes once."""
        attributes: dict[str, Any] = {}
        for attribute in self.signer_info["signed_attrs"]:
            name = attribute["type"].native
            require(name not in attributes, f"attribute {name} twice")
            require(len(attribute["values"]) == 1, f"attribute {name} with several values")
            attributes[name] = attribute["values"][0]
        return attributes

    @cached_property
    def signer_certificate(self) -> bytes:
        """Return the DER of the embedded certificate that the signer identifier names."""
        sid = self.signer_info["sid"].chosen
        for choice in self.signed_data["certificates"]:
            certificate = choice.chosen
            if (
                certificate.issuer == sid["issuer"]
                and certificate.serial_number == sid["serial_number"].native
            ):
                der: bytes = certificate.dump()
                return der
        raise CheckFailed("the signer's certificate is not in the file")
