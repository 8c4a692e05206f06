"""ISO 19005-3, 6.3 to 6.11: annotations, signatures, actions, metadata, attached files."""

import re
from collections.abc import Iterator

import pikepdf
from asn1crypto.cms import ContentInfo
from lxml import etree
from services.certificates.tests.unit.kinds.inspected import Inspected, requirement

_PRINT, _INVISIBLE, _HIDDEN, _NO_VIEW, _TOGGLE = 4, 1, 2, 32, 256
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_PREDEFINED = {
    _PDFA.strip("{}"),
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/xap/1.0/",
    "http://ns.adobe.com/pdf/1.3/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/XML/1998/namespace",
    "adobe:ns:meta/",
}


@requirement("6.3")
def annotations(one: Inspected) -> Iterator[str]:
    for annotation in one.annotations:
        name = str(annotation.get("/T", annotation.objgen))
        if str(annotation.Subtype) not in {"/Widget", "/Link"}:
            yield f"{name}: {annotation.Subtype}"
        flags = int(annotation.get("/F", 0))
        if not flags & _PRINT or flags & (_INVISIBLE | _HIDDEN | _NO_VIEW | _TOGGLE):
            yield f"{name}: flags {flags}"
        left, bottom, right, top = (float(edge) for edge in annotation.Rect)
        appearance = annotation.get("/AP", {})
        if (
            str(annotation.Subtype) == "/Widget"
            and not appearance
            and (left, bottom) != (right, top)
        ):
            yield f"{name}: takes room and has no appearance"
        if set(appearance.keys()) - {"/N"} or not isinstance(
            appearance.get("/N", pikepdf.Stream(one.pdf, b"")), pikepdf.Stream
        ):
            yield f"{name}: more than one appearance"


@requirement("6.4.1")
def interactive_forms(one: Inspected) -> Iterator[str]:
    form = one.root.get("/AcroForm", {})
    if bool(form.get("/NeedAppearances", False)):
        yield "appearances are left to the reader"
    for annotation in one.annotations:
        if str(annotation.Subtype) == "/Widget" and {"/A", "/AA"} & set(annotation.keys()):
            yield f"{annotation.T}: action"


@requirement("6.4.2")
def xfa_forms(one: Inspected) -> Iterator[str]:
    if "/XFA" in one.root.get("/AcroForm", {}) or bool(one.root.get("/NeedsRendering", False)):
        yield "XFA"


@requirement("6.4.3")
def signatures(one: Inspected) -> Iterator[str]:
    signed = [*one.of_type("/Sig"), *one.of_type("/DocTimeStamp")]
    for signature in signed:
        start, length, second, rest = (int(part) for part in signature.ByteRange)
        left_out = one.file[length:second]
        if start or not re.fullmatch(rb"<[0-9A-Fa-f]+>", left_out):
            yield "bytes that are not the signature are not signed"
        if one.file[second + rest - 6 : second + rest].strip() != b"%%EOF":
            yield "does not reach to the end of its revision"
        content = ContentInfo.load(bytes(signature.Contents))
        if content["content_type"].native != "signed_data":
            yield "no PKCS #7"
            continue
        data = content["content"]
        if len(data["signer_infos"]) != 1 or not data["certificates"]:
            yield "several signers, or none that is named"


@requirement("6.5.1")
def actions(one: Inspected) -> Iterator[str]:
    for dictionary in one.dictionaries:
        if str(dictionary.get("/S", "")) in {
            "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState",
            "/Rendition", "/Trans", "/GoTo3DView", "/JavaScript", "/SubmitForm", "/Named",
        }:  # fmt: skip
            yield f"{dictionary.objgen}: {dictionary.S}"
    if "/JavaScript" in one.root.get("/Names", {}):
        yield "scripts"


@requirement("6.5.2")
def trigger_events(one: Inspected) -> Iterator[str]:
    for dictionary in one.dictionaries:
        if "/AA" in dictionary:
            yield f"{dictionary.objgen}: acts by itself"


@requirement("6.6.2")
def metadata(one: Inspected) -> Iterator[str]:
    packet = one.root.Metadata.read_bytes()
    if (str(one.root.Metadata.Type), str(one.root.Metadata.Subtype)) != ("/Metadata", "/XML"):
        yield "not marked as metadata"
    if re.search(rb"<\?xpacket[^>]*(bytes|encoding)=", packet):
        yield "packet with bytes or encoding"
    declared = {uri.decode() for uri in re.findall(rb"schema:namespaceURI>([^<]+)<", packet)}
    for element in etree.fromstring(packet).iter(etree.Element):
        for name in (element.tag, *element.attrib):
            uri = name.partition("}")[0].strip("{")
            if uri not in _PREDEFINED | declared and "/pdfa/ns/" not in uri:
                yield f"undeclared property {name}"


@requirement("6.6.4")
def identification(one: Inspected) -> Iterator[str]:
    described = list(etree.fromstring(one.root.Metadata.read_bytes()).iter(f"{_RDF}Description"))
    for name, expected in (("part", "3"), ("conformance", "U")):
        found = [d.get(f"{_PDFA}{name}") or d.findtext(f"{_PDFA}{name}") for d in described]
        if [value for value in found if value] != [expected]:
            yield f"{name}: {found}"


@requirement("6.7")
def logical_structure(one: Inspected) -> Iterator[str]:
    # Level U asks for nothing here; people who have a page read to them do.
    if not bool(one.root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "not marked as tagged"
    if "/StructTreeRoot" not in one.root or str(one.root.get("/Lang", "")) != "zh-CN":
        yield "no tags or no language"


@requirement("6.8")
def embedded_files(one: Inspected) -> Iterator[str]:
    associated = {file.objgen for file in one.root.get("/AF", [])}
    for file in one.of_type("/Filespec"):
        if not {"/F", "/UF", "/AFRelationship", "/EF"} <= set(file.keys()):
            yield f"{file.objgen}: {sorted(file.keys())}"
            continue
        if file.objgen not in associated:
            yield f"{file.UF}: belongs to nothing"
        embedded = file.EF.F
        if str(embedded.get("/Subtype", "")) != "/application/json":
            yield f"{file.UF}: no media type"
        if "/ModDate" not in embedded.get("/Params", {}):
            yield f"{file.UF}: no date"


@requirement("6.9")
def optional_content(one: Inspected) -> Iterator[str]:
    if "/OCProperties" in one.root:
        yield "optional content"


@requirement("6.10")
def presentations(one: Inspected) -> Iterator[str]:
    if "/AlternatePresentations" in one.root.get("/Names", {}):
        yield "alternate presentations"
    if any("/PresSteps" in page.obj for page in one.pdf.pages):
        yield "steps of a presentation"


@requirement("6.11")
def document_requirements(one: Inspected) -> Iterator[str]:
    if "/Requirements" in one.root:
        yield "requirements to the reader"
