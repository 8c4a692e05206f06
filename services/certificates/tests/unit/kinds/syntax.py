"""ISO 19005-3, 6.1: the file's structure."""

import re
from collections.abc import Iterator

import pikepdf
from services.certificates.tests.unit.kinds.inspected import Inspected, requirement

_FILTERS = {"/ASCIIHexDecode", "/ASCII85Decode", "/FlateDecode", "/RunLengthDecode", "/DCTDecode"}
_MOST_NESTED, _LONGEST_STRING, _LONGEST_NAME = 28, 32767, 127
_SHORTEST_SIDE, _LONGEST_SIDE = 3, 14400


@requirement("6.1.2")
def header(one: Inspected) -> Iterator[str]:
    first, second = one.file.split(b"\n", 2)[:2]
    if not re.fullmatch(rb"%PDF-1\.[0-7]", first):
        yield f"begins with {first!r}"
    if second[:1] != b"%" or len(second) < 5 or any(byte < 128 for byte in second[1:5]):
        yield f"second line {second!r}"


@requirement("6.1.3")
def trailer(one: Inspected) -> Iterator[str]:
    if not re.search(rb"%%EOF(\r|\n|\r\n)?\Z", one.file):
        yield "bytes behind the last %%EOF"
    if "/ID" not in one.pdf.trailer or "/Encrypt" in one.pdf.trailer:
        yield "no identifier, or encrypted"
    if len({bytes(one.pdf.trailer.ID[0])} | _first_identifiers(one)) != 1:
        yield "revisions differ in their first identifier"


def _first_identifiers(one: Inspected) -> set[bytes]:
    return {
        bytes(stream.ID[0])
        for stream in one.streams
        if str(stream.get("/Type", "")) == "/XRef" and "/ID" in stream
    }


@requirement("6.1.4")
def cross_references(one: Inspected) -> Iterator[str]:
    starts = [int(start) for start in re.findall(rb"startxref\s+(\d+)", one.file)]
    for start in starts:
        # Streams all of them: classic tables have rules of their own that then need no look.
        if not re.match(rb"\d+ \d+ obj\n<<", one.file[start:]):
            yield f"no cross-reference stream at {start}"
        elif b"/XRef" not in one.file[start : start + 400]:
            yield f"another object at {start}"


@requirement("6.1.6")
def hexadecimal_strings(one: Inspected) -> Iterator[str]:
    for text in re.findall(rb"(?<!<)<(?!<)([^<>]*)>(?!>)", one.outside_streams):
        if re.search(rb"[^0-9A-Fa-f\s]", text) or len(re.sub(rb"\s", b"", text)) % 2:
            yield f"string <{text[:40]!r}…>"


@requirement("6.1.7.1")
def stream_objects(one: Inspected) -> Iterator[str]:
    for stream in one.streams:
        if {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys()):
            yield f"{stream.objgen}: content elsewhere"
    for found in re.finditer(rb"/Length (\d+)[^>]*>>\s*stream(\r\n|\n)?", one.file):
        if not found.group(2):
            yield f"no line end after stream at {found.start()}"
        end = found.end() + int(found.group(1))
        if not re.match(rb"(\r\n|\n|\r)endstream", one.file[end : end + 20]):
            yield f"length wrong at {found.start()}"


@requirement("6.1.7.2")
def filters(one: Inspected) -> Iterator[str]:
    for stream in one.streams:
        given = stream.get("/Filter", [])
        for name in [given] if isinstance(given, pikepdf.Name) else given:
            if str(name) not in _FILTERS:
                yield f"{stream.objgen}: {name}"


@requirement("6.1.8")
def names(one: Inspected) -> Iterator[str]:
    for dictionary in one.dictionaries:
        for key in ("/BaseFont", "/FontName", "/S", "/Name"):
            value = dictionary.get(key)
            if isinstance(value, pikepdf.Name) and not str(value).isprintable():
                yield f"{key} {value!r}"


@requirement("6.1.9")
def indirect_objects(one: Inspected) -> Iterator[str]:
    outside = one.outside_streams
    for found in re.finditer(rb"(?<![\w])(\d+) (\d+) obj", outside):
        before, after = outside[found.start() - 1 : found.start()], outside[found.end() :][:1]
        if before != b"\n" or after not in {b"\n", b"\r"}:
            yield f"{found.group()!r} between {before!r} and {after!r}"
    for found in re.finditer(rb"endobj", outside):
        around = outside[found.start() - 1 : found.start()], outside[found.end() :][:1]
        if around != (b"\n", b"\n"):
            yield f"endobj between {around}"


@requirement("6.1.10")
def inline_images(one: Inspected) -> Iterator[str]:
    for content in one.contents:
        if any(content.operands_of("BI", "INLINE IMAGE")):
            yield f"{content.name}: inline image"


@requirement("6.1.12")
def permissions(one: Inspected) -> Iterator[str]:
    for key in set(one.root.get("/Perms", {}).keys()) - {"/DocMDP", "/UR3"}:
        yield f"permission {key}"
    for signature in one.of_type("/Sig"):
        for reference in signature.get("/Reference", []):
            for key in {"/DigestLocation", "/DigestMethod", "/DigestValue"} & set(reference.keys()):
                yield f"signature reference with {key}"


@requirement("6.1.13")
def limits(one: Inspected) -> Iterator[str]:
    for dictionary in one.dictionaries:
        for key, value in dictionary.items():
            if len(key.encode()) - 1 > _LONGEST_NAME:
                yield f"name {key}"
            if isinstance(value, pikepdf.String) and len(bytes(value)) > _LONGEST_STRING:
                yield f"{key}: string of {len(bytes(value))} bytes"
            if isinstance(value, int) and abs(value) >= 2**31:
                yield f"{key}: {value}"
    yield from _sizes(one)
    yield from _nesting(one)


def _sizes(one: Inspected) -> Iterator[str]:
    for page in one.pdf.pages:
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        for side in (right - left, top - bottom):
            if not _SHORTEST_SIDE <= side <= _LONGEST_SIDE:
                yield f"page side {side}"


def _nesting(one: Inspected) -> Iterator[str]:
    for content in one.contents:
        depth = 0
        for _, operator in content.instructions:
            depth += {"q": 1, "Q": -1}.get(str(operator), 0)
            if depth > _MOST_NESTED:
                yield f"{content.name}: nested deeper than {_MOST_NESTED}"
                break
