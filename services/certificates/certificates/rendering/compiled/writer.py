"""One certificate from a shell: its content, glyphs, QR code, record and empty signature.

Everything is in the first revision, so the file has no history; the signature covers it whole.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from certificates.qr.symbol import qr_rows
from certificates.record import CertificateRecord, canonical_bytes
from certificates.rendering.compiled.fields import fields_of
from certificates.rendering.compiled.lettering import Cut, Lettering
from certificates.rendering.compiled.packing import object_stream, packed, tightly_packed
from certificates.rendering.compiled.shell import Codes, Follower, Shell, Slot
from certificates.sealing import cms
from certificates.sealing.appearance import SealImage
from certificates.sealing.prepare import PreparedDocument

_QUIET_ZONE = 4  # modules, as in the full rendering
_SIGNED_LATER = b"/ByteRange [0 %010d %010d %010d] /Contents <"


@dataclass(frozen=True, slots=True)
class SealStamp:
    """A seal as it enters every file: its drawing and whose signature it waits for."""

    size: int
    drawing: bytes  # packed
    certificate: bytes
    chain: tuple[bytes, ...]

    @classmethod
    def of(cls, image: SealImage, certificate: bytes, chain: tuple[bytes, ...]) -> "SealStamp":
        """Pack a drawn seal; slow enough to keep the result."""
        drawing = tightly_packed(b"/M gs\n" + image.operators)
        return cls(round(image.size), drawing, certificate, chain)


def write_prepared(
    shell: Shell,
    lettering: Lettering,
    record: CertificateRecord,
    qr_url: str,
    stamp: SealStamp,
    *,
    signed_at: datetime,
) -> PreparedDocument:
    """Return the document waiting for its signature. The same input gives the same bytes.

    CPU-bound, one or two milliseconds. KeyError for a character that the shell's face lacks:
    ``goes_fast`` says so before.
    """
    reserved = 2 * cms.reserved_bytes(stamp.certificate, stamp.chain)
    document = _Document(shell, record)
    document.write_page(lettering, qr_url)
    document.write_record()
    document.write_seal(stamp)
    start = document.write_signature(reserved, signed_at)
    document.write_references()
    return _prepared(document.out, start, start + reserved + 2, stamp)


def _prepared(out: bytearray, start: int, end: int, stamp: SealStamp) -> PreparedDocument:
    byte_range = (0, start, end, len(out) - end)
    text = _SIGNED_LATER % byte_range[1:]
    out[start + 1 - len(text) : start + 1] = text
    covered = hashlib.sha256(out[:start])
    covered.update(out[end:])
    attributes = cms.signed_attributes(covered.digest(), stamp.certificate)
    return PreparedDocument(
        document=bytes(out),
        # All of it is ours: nothing may follow, and nothing but the signature may differ.
        rendered_length=len(out),
        byte_range=byte_range,
        signed_attributes=attributes,
        digest_to_sign=hashlib.sha256(attributes).digest(),
        certificate=stamp.certificate,
        chain=stamp.chain,
    )


class _Document:
    def __init__(self, shell: Shell, record: CertificateRecord) -> None:
        self._shell, self._record = shell, record
        self._numbers = shell.numbers
        self._fields = fields_of(record)
        self._canonical = canonical_bytes(record)
        self._references = bytearray(shell.references)
        self._loose: list[tuple[int, bytes]] = []
        self.out = bytearray(shell.prefix)

    def write_page(self, lettering: Lettering, qr_url: str) -> None:
        texts = [
            (piece, piece.pattern.fill(self._fields))
            for piece in self._shell.pieces
            if isinstance(piece, Slot)
        ]
        missing = {
            character
            for slot, text in texts
            for character in text
            if character not in self._shell.fonts[slot.font]
        }
        cut = lettering.cut(missing)
        self._stream(self._numbers.content, packed(self._content(texts, cut.codes)))
        self._font(cut)
        self._image(qr_url)

    def _content(self, texts: list[tuple[Slot, str]], cut: Codes) -> bytes:
        grown = [
            slot.measure(text, {**cut, **self._shell.fonts[slot.font]}) - slot.width
            for slot, text in texts
        ]
        parts, number = [], 0
        for piece in self._shell.pieces:
            if isinstance(piece, Slot):
                parts.append(self._line(piece, texts[number][1], grown[number], cut))
                number += 1
            elif isinstance(piece, Follower):
                x = piece.x + piece.share * grown[piece.slot]
                parts.append(f"BT\n1 0 0 -1 {x:.4f}{piece.rest}")
            else:
                parts.append(piece)
        return "".join(parts).encode("latin-1")

    def _line(self, slot: Slot, text: str, grown: float, cut: Codes) -> str:
        x = slot.x - slot.growth * grown
        shown, font = [], ""
        codes = self._shell.fonts[slot.font]
        for character in text:
            own = character in codes
            wanted = slot.font if own else self._shell.field_font
            if wanted != font:
                shown.append(f"{'> Tj ' if font else ''}/{wanted} {slot.size} Tf <")
                font = wanted
            shown.append((codes if own else cut)[character][0])
        spacing = (f"{slot.spacing:g} Tc ", " 0 Tc") if slot.spacing else ("", "")
        run = "".join(shown)
        return f"BT\n{spacing[0]}1 0 0 -1 {x:.4f} {slot.y} Tm {run}> Tj{spacing[1]}\nET"

    def _font(self, cut: Cut) -> None:
        numbers = self._numbers
        tag = hashlib.sha256(cut.program).digest()[:6]
        name = "".join(chr(65 + value % 26) for value in tag) + "+YuzhengFields"
        self._stream(numbers.program, cut.program, "/Subtype /CIDFontType0C ")
        self._stream(numbers.to_unicode, cut.to_unicode)
        self._add(
            numbers.font,
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [{numbers.descendant} 0 R] /ToUnicode {numbers.to_unicode} 0 R >>",
        )
        self._add(
            numbers.descendant,
            f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /CIDSystemInfo << /Registry "
            f"(Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [{cut.widths}] "
            f"/FontDescriptor {numbers.descriptor} 0 R >>",
        )
        self._add(
            numbers.descriptor,
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -286 1000 1151] "
            f"/ItalicAngle 0 /Ascent 1151 /Descent -286 /CapHeight 1151 /StemV 80 "
            f"/FontFile3 {numbers.program} 0 R >>",
        )

    def _image(self, qr_url: str) -> None:
        """Write the code one bit a module, quiet zone included."""
        rows = qr_rows(qr_url)
        side = len(rows) + 2 * _QUIET_ZONE
        width = (side + 7) // 8
        light = b"\xff" * width
        full = (1 << 8 * width) - 1
        shift = 8 * width - side + _QUIET_ZONE
        dark = [row << shift for row in rows]
        body = b"".join((full ^ row).to_bytes(width) for row in dark)
        self._stream(
            self._numbers.qr,
            packed(light * _QUIET_ZONE + body + light * _QUIET_ZONE),
            f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /BitsPerComponent 1 "
            "/ColorSpace /DeviceGray /Interpolate false ",
        )

    def write_record(self) -> None:
        fields, shell = self._fields, self._shell
        day = f"(D:{fields['issued_on_compact']}000000Z)"
        self._stream(
            self._numbers.attachment,
            packed(self._canonical),
            f"/Type /EmbeddedFile /Subtype /application#2fjson /Params << /Size "
            f"{len(self._canonical)} /CreationDate {day} /ModDate {day} >> ",
        )
        safe = {name: escape(value) for name, value in fields.items()}
        metadata = packed(shell.metadata.fill(safe).encode())
        self._stream(self._numbers.metadata, metadata, "/Type /Metadata /Subtype /XML ")
        entries = " ".join(
            f"{key} {_string(pattern.fill(fields))}" for key, pattern in shell.information.items()
        )
        self._add(self._numbers.information, f"<< {entries} >>")

    def write_seal(self, stamp: SealStamp) -> None:
        # Multiplied, so that the text under the seal stays readable.
        self._stream(
            self._numbers.seal,
            stamp.drawing,
            f"/Type /XObject /Subtype /Form /BBox [0 0 {stamp.size} {stamp.size}] "
            "/Resources << /ExtGState << /M << /BM /Multiply >> >> >> ",
        )

    def write_signature(self, reserved: int, signed_at: datetime) -> int:
        """Return where the hexadecimal string of the signature begins."""
        self._begin(self._numbers.signature)
        moment = signed_at.astimezone(UTC).strftime("%Y%m%d%H%M%S")
        self.out += (
            b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached "
            b"/M (D:%bZ) /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams "
            b"<< /Type /TransformParams /V /1.2 /P 1 >> >>] " % moment.encode()
        )
        self.out += _SIGNED_LATER % (0, 0, 0)
        start = len(self.out) - 1
        self.out += b"0" * reserved + b"> >>\nendobj\n"
        return start

    def write_references(self) -> None:
        loose = self._numbers.loose
        for index, (number, _) in enumerate(self._loose):
            self._references[6 * number : 6 * number + 6] = (
                b"\x02" + loose.to_bytes(3) + index.to_bytes(2)
            )
        self._mark(loose)
        self.out += object_stream(loose, self._loose)
        at, number = len(self.out), self._numbers.references
        self._mark(number)
        size = len(self._references) // 6
        identifier = self._fields["digest"]
        self._stream(
            number,
            packed(bytes(self._references)),
            f"/Type /XRef /Size {size} /W [1 3 2] /Root {self._shell.catalogue} 0 R "
            f"/Info {self._numbers.information} 0 R /ID [<{identifier}> <{identifier}>] ",
        )
        self.out += b"startxref\n%d\n%%%%EOF\n" % at

    def _stream(self, number: int, data: bytes, entries: str = "") -> None:
        self._begin(number)
        head = f"<< {entries}/Filter /FlateDecode /Length {len(data)} >>\nstream\n"
        self.out += head.encode() + data + b"\nendstream\nendobj\n"

    def _add(self, number: int, body: str) -> None:
        self._loose.append((number, body.encode()))

    def _begin(self, number: int) -> None:
        self._mark(number)
        self.out += b"%d 0 obj\n" % number

    def _mark(self, number: int) -> None:
        at = b"\x01" + len(self.out).to_bytes(3) + b"\0\0"
        self._references[6 * number : 6 * number + 6] = at


def _string(text: str) -> str:
    """Return a PDF text string."""
    encoded = b"\xfe\xff" + text.encode("utf-16-be")
    return f"<{encoded.hex()}>"
