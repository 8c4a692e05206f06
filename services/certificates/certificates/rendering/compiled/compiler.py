"""From a page set by WeasyPrint with sample values to a shell."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pikepdf
import uharfbuzz as hb
from pikepdf import Array, Dictionary, Name
from PIL.ImageCms import ImageCmsProfile, createProfile

from certificates.layout import SEAL_BOX, SEAL_PAGE
from certificates.record import CertificateRecord, CreditTenths
from certificates.rendering.compiled.fields import fields_of
from certificates.rendering.compiled.lettering import number_glyphs_as_characters, to_unicode
from certificates.rendering.compiled.outlines import coarse_program, grid_of
from certificates.rendering.compiled.packing import object_stream, packed, tightly_packed
from certificates.rendering.compiled.repetition import in_steps, to_tenths
from certificates.rendering.compiled.shell import (
    Codes,
    Follower,
    Numbers,
    Piece,
    Shell,
    ShellUnusable,
    Slot,
    pattern_of,
)

Render = Callable[[CertificateRecord, str], bytes]

FIELD_FONT = "Fields"
_LONG = 28_000  # bytes; the ornament's long repetitions would keep the patient packer busy
_POINTS_PER_PIXEL = 0.75  # the page is set in CSS pixels
_PROFILE_DATE = b"".join(part.to_bytes(2) for part in (2026, 1, 1, 0, 0, 0))
FIELD_NAME = "Seal"
_TOKEN = "05W11QBSZFNKYF83GW5G5RNPBWWF70C0ZAVG"  # noqa: S105 - a sample
_LINE = re.compile(
    r"BT\n1 0 0 -1 (?P<x>\S+) (?P<y>\S+) Tm\n/(?P<font>\S+) (?P<size>\S+) Tf\n"
    r"\[(?P<text>[^\]]*)\] TJ\nET"
)
_SHOWN = re.compile(r"(?P<head>/(?P<font>\S+) \S+ Tf\n)(?P<text>\[[^\]]*\] TJ)")
_HEXADECIMAL = re.compile(r"<([0-9a-f]*)>")
_NUMBER = re.compile(r">([^<>]+)<")
# How a line grows when its text does, and which constant line beside it moves as well:
# field, share that goes to the left, step to that line, share by which it moves.
_GROWTH: dict[str, tuple[float, int, float]] = {
    "digest": (0.5, 0, 0),
    "issued_on": (0.5, -1, -0.5),
    "number": (1.0, -1, -1.0),
    "sex": (0.5, 0, 0),
    "office": (0.5, 0, 0),
    "year": (0.0, 1, 1.0),
    "total": (0.5, 1, 0.5),
    "public": (0.5, 1, 0.5),
    "professional": (0.5, 1, 0.5),
}
# Each must be found; what is only in the metadata is not asked for.
_PRINTED = {"number", "name", "sex", "identity", "employer", "year", "total", "public",
            "professional", "office", "issued_on", "version", "digest"}  # fmt: skip
_WHOLE_LINES = {"name", "sex", "employer", "office"}
_NOT_IN_METADATA = {"name", "sex", "employer", "identity", "total", "public", "professional"}


def sample_record(template_version: str) -> CertificateRecord:
    """Return a record whose values occur nowhere else on the page and need no glyphs of their own.

    Between them the hours have all figures, so that the shell's fonts do.
    """
    return CertificateRecord(
        certificate_id=UUID(int=0),
        number="41000000000094",
        year=2089,
        version=8888,
        name="证书样式",
        sex="male",
        identity_masked="567890********1234",
        employer="河南省专业技术学习单位",
        level="intermediate",
        credit_tenths=CreditTenths(total=12345, public=6789, professional=3005),
        rule_id=UUID(int=0),
        rule_version=1,
        office_id=UUID(int=0),
        office_name="河南省人力资源发证单位",
        issued_on=date(2089, 7, 6),
        template_version=template_version,
    )


def compile_shell(render: Render, template_version: str, host: str) -> Shell:
    """Set the page once and take it apart; ShellUnusable if it is not as expected.

    ``host`` includes the scheme. Takes about a second.
    """
    record = sample_record(template_version)
    source = render(record, f"{host.rstrip('/')}/v/{_TOKEN}#SAMPLE")
    with pikepdf.open(io.BytesIO(source)) as pdf:
        return _Compiler(pdf, fields_of(record)).compile(_header(source))


def _header(source: bytes) -> bytes:
    return b"\n".join(source.split(b"\n", 2)[:2]) + b"\n"


@dataclass
class _Compiler:
    pdf: pikepdf.Pdf
    samples: dict[str, str]

    def compile(self, header: bytes) -> Shell:
        page = self.pdf.pages[SEAL_PAGE].obj
        content = page.Contents.read_bytes().decode("latin-1")
        sizes = _largest_sizes(content)
        largest = max(sizes.values(), default=_POINTS_PER_PIXEL)
        bare = {
            name: _bare(font, grid_of(sizes.get(name, largest)))
            for name, font in (
                (str(key).removeprefix("/"), font) for key, font in page.Resources.Font.items()
            )
        }
        fonts = {name: codes for name, (codes, _) in bare.items()}
        content = _recode(content, {name: renumbered for name, (_, renumbered) in bare.items()})
        pieces = tuple(self._pieces(content, fonts))
        for form in page.Resources.XObject.values():
            if form.Subtype == Name.Form:
                _lighten(form)
        catalogue = self.pdf.Root
        metadata = catalogue.Metadata.read_bytes().decode()
        _replace_profile(catalogue.OutputIntents[0].DestOutputProfile)
        numbers = self._numbers(page)
        in_metadata = {k: v for k, v in self.samples.items() if k not in _NOT_IN_METADATA}
        information = {
            str(key): pattern_of(str(value), in_metadata) for key, value in self.pdf.docinfo.items()
        }
        prefix, references = self._prefix(header, numbers)
        return Shell(
            prefix=prefix,
            references=references,
            catalogue=catalogue.objgen[0],
            numbers=numbers,
            pieces=pieces,
            fonts=fonts,
            field_font=FIELD_FONT,
            metadata=pattern_of(metadata, in_metadata),
            information=information,
        )

    def _pieces(self, content: str, fonts: dict[str, Codes]) -> Iterator[Piece]:
        """Split the content stream into constant text, slots and the lines that move with them."""
        lines = list(_LINE.finditer(content))
        texts = [_decode(line, fonts) for line in lines]
        slots = {
            n: slot for n, text in enumerate(texts) if (slot := self._slot(lines[n], text, fonts))
        }
        found = {field for slot in slots.values() for field in slot.pattern.fields}
        if found != _PRINTED:
            raise ShellUnusable(f"未找到字段：{', '.join(sorted(_PRINTED ^ found))}")
        followers = {}
        for number, slot in slots.items():
            _, step, share = _growth(slot)
            if step:
                line = lines[number + step]
                followers[number + step] = Follower(
                    list(slots).index(number),
                    share,
                    float(line["x"]),
                    line[0][line.end("x") - line.start() :],
                )
        at = 0
        for number, line in enumerate(lines):
            piece = slots.get(number) or followers.get(number)
            if piece:
                yield content[at : line.start()]
                yield piece
                at = line.end()
        yield content[at:]

    def _slot(self, line: re.Match[str], text: str, fonts: dict[str, Codes]) -> Slot | None:
        whole = {v: k for k, v in self.samples.items() if k in _WHOLE_LINES}
        if text in whole:
            pattern = pattern_of(text, {whole[text]: text})
        else:
            parts = {
                k: v
                for k, v in self.samples.items()
                if k not in _WHOLE_LINES and not k.endswith("_long")
            }
            pattern = pattern_of(text, parts)
        if not pattern.fields:
            return None
        slot = Slot(pattern, line["font"], line["size"], float(line["x"]), line["y"],
                    _spacing(line), 0.0, 0.0)  # fmt: skip
        codes = fonts[line["font"]]
        growth, _, _ = _growth(slot)
        return Slot(pattern, slot.font, slot.size, slot.x, slot.y, slot.spacing, growth,
                    slot.measure(text, codes))  # fmt: skip

    def _numbers(self, page: Any) -> Numbers:
        """Hang in what each document brings and give it numbers."""
        pdf, root = self.pdf, self.pdf.Root
        new = {name: pdf.make_indirect(Dictionary()) for name in (
            "font", "descendant", "descriptor", "program", "to_unicode", "seal", "signature",
            "loose", "references")}  # fmt: skip
        page.Resources.Font[f"/{FIELD_FONT}"] = new["font"]
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=FIELD_NAME,
                F=132,  # printed, locked
                Rect=Array(list(SEAL_BOX)),
                P=page,
                V=new["signature"],
                AP=Dictionary(N=new["seal"]),
            )
        )
        page.Annots = Array([field])
        root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        root.Perms = Dictionary(DocMDP=new["signature"])
        images = [i for i in page.Resources.XObject.values() if i.Subtype == Name.Image]
        if len(images) != 1 or len(root.AF) != 1:
            raise ShellUnusable
        return Numbers(
            content=page.Contents.objgen[0],
            qr=images[0].objgen[0],
            attachment=root.AF[0].EF.F.objgen[0],
            metadata=root.Metadata.objgen[0],
            information=pdf.trailer.Info.objgen[0],
            **{name: item.objgen[0] for name, item in new.items()},
        )

    def _prefix(self, header: bytes, numbers: Numbers) -> tuple[bytes, bytes]:
        """Write all constant objects: streams as they are, the rest packed into one stream."""
        written = {getattr(numbers, name) for name in Numbers.__slots__}
        streams: list[Any] = []
        small: list[Any] = []
        for item in self.pdf.objects:
            number = item.objgen[0]
            is_container = isinstance(item, pikepdf.Stream) and item.get("/Type") in (
                "/XRef",
                "/ObjStm",
            )
            if number in written or is_container:
                continue
            (streams if isinstance(item, pikepdf.Stream) else small).append(item)
        count = max(*written, *(item.objgen[0] for item in self.pdf.objects)) + 2
        container = count - 1
        references = bytearray(6 * count)
        references[4:6] = b"\xff\xff"
        out = bytearray(header)
        for item in streams:
            _place(references, item.objgen[0], len(out))
            out += _stream(item)
        _place(references, container, len(out))
        for index, item in enumerate(small):
            at = 6 * item.objgen[0]
            references[at : at + 6] = b"\x02" + container.to_bytes(3) + index.to_bytes(2)
        out += object_stream(
            container,
            [(item.objgen[0], item.unparse(resolved=True)) for item in small],
            tightly_packed,
        )
        return bytes(out), bytes(references)


def _replace_profile(stream: Any) -> None:
    """Put in sRGB as five curves and three colours, a fifth of the size of the usual file."""
    profile = bytearray(ImageCmsProfile(createProfile("sRGB")).tobytes())
    profile[24:36] = _PROFILE_DATE  # else it would be the present moment
    stream.write(bytes(profile))


def _lighten(ornament: Any) -> None:
    """Store the border with fewer bytes; see ``repetition``."""
    _edit(ornament, in_steps)
    for tile in ornament.Resources.get("/XObject", {}).values():
        _edit(tile, to_tenths)


def _edit(stream: Any, change: Callable[[str], str]) -> None:
    stream.write(change(stream.read_bytes().decode("latin-1")).encode("latin-1"))


def _place(references: bytearray, number: int, offset: int) -> None:
    references[6 * number : 6 * number + 6] = b"\x01" + offset.to_bytes(3) + b"\0\0"


def _stream(item: Any) -> bytes:
    data = plain = item.read_raw_bytes()
    if "/DecodeParms" not in item:
        plain = item.read_bytes()
        data = (tightly_packed if len(plain) < _LONG else packed)(plain)
        item.Filter = Name.FlateDecode
    needless = {"/Length"}
    if item.get("/Subtype") == Name.Form:
        needless |= {"/Type"} if b" Do" in plain else {"/Type", "/Resources"}
    dictionary = Dictionary({key: item[key] for key in item.keys() if key not in needless})  # noqa: SIM118 - pikepdf objects
    dictionary.Length = len(data)
    entries: bytes = dictionary.unparse()
    return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (item.objgen[0], entries, data)


def _largest_sizes(content: str) -> dict[str, float]:
    """Return the largest size of each font, in points."""
    sizes: dict[str, float] = {}
    for line in _LINE.finditer(content):
        size = float(line["size"]) * _POINTS_PER_PIXEL
        sizes[line["font"]] = max(size, sizes.get(line["font"], 0))
    return sizes


def _bare(font: Any, grid: int) -> tuple[Codes, dict[str, str]]:
    """Reduce an embedded OpenType font to a CFF program of its used glyphs, numbered anew.

    Return how its characters are coded now, and the new code of each old one.
    """
    descendant = font.DescendantFonts[0]
    file = descendant.FontDescriptor.FontFile3
    before = _codes(font, descendant)
    ordered = sorted(before, key=lambda character: before[character][0])
    used = sorted({before[character][0] for character in ordered})
    renumbered = {code: f"{number:04x}" for number, code in enumerate(used, 1)}
    options = hb.SubsetInput()
    options.glyph_set.update(int(code, 16) for code in used)
    options.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.DESUBROUTINIZE
    face = hb.subset(hb.Face(hb.Blob(file.read_bytes())), options)
    program = bytearray(coarse_program(bytes(face.blob.data), grid))
    number_glyphs_as_characters(program, len(used) + 1)
    file.write(bytes(program))
    file.Subtype = Name.CIDFontType0C
    codes = {
        character: (renumbered[before[character][0]], before[character][1]) for character in ordered
    }
    advances = dict(codes.values())
    descendant.W = Array([1, Array([advances[code] for code in renumbered.values()])])
    font.ToUnicode.write(to_unicode(codes))
    if "/CIDToGIDMap" in descendant:
        del descendant.CIDToGIDMap
    return codes, renumbered


def _recode(content: str, renumbered: dict[str, dict[str, str]]) -> str:
    """Write the text of a content stream with the new codes."""

    def run(found: re.Match[str]) -> str:
        codes = renumbered[found["font"]]
        return found["head"] + _HEXADECIMAL.sub(
            lambda text: (
                "<" + "".join(codes[text[1][at : at + 4]] for at in range(0, len(text[1]), 4)) + ">"
            ),
            found["text"],
        )

    return _SHOWN.sub(run, content)


def _codes(font: Any, descendant: Any) -> Codes:
    advances: dict[int, int] = {}
    widths = list(descendant.W)
    for first, row in zip(widths[::2], widths[1::2], strict=True):
        advances.update({int(first) + n: int(advance) for n, advance in enumerate(row)})
    mapping = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>\n", font.ToUnicode.read_bytes())
    default = int(descendant.get("/DW", 1000))
    return {
        bytes.fromhex(text.decode()).decode("utf-16-be"): (
            code.decode(),
            advances.get(int(code, 16), default),
        )
        for code, text in mapping
        if code != b"0000"  # the range of all codes looks the same
    }


def _decode(line: re.Match[str], fonts: dict[str, Codes]) -> str:
    characters = {code: character for character, (code, _) in fonts[line["font"]].items()}
    run = "".join(_HEXADECIMAL.findall(line["text"]))
    return "".join(characters.get(run[at : at + 4], "\ufffd") for at in range(0, len(run), 4))


def _spacing(line: re.Match[str]) -> float:
    """Return the letter spacing in user units: the mean of what is put between characters."""
    glyphs = len("".join(_HEXADECIMAL.findall(line["text"]))) // 4
    moved = sum(float(number) for number in _NUMBER.findall(line["text"]))
    return round(-moved / 1000 * float(line["size"]) / max(glyphs - 1, 1), 4)


def _growth(slot: Slot) -> tuple[float, int, float]:
    for field, growth in _GROWTH.items():
        if field in slot.pattern.fields:
            return growth
    return 0.0, 0, 0.0
