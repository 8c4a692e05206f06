"""ISO 19005-3, 6.2: colours, images, transparency; every glyph with its shape, width and text."""

import io
import re
from collections.abc import Iterator
from functools import cache

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont
from PIL import ImageCms
from services.certificates.tests.unit.kinds.inspected import Inspected, requirement

_OPERATORS = frozenset(
    {"b", "B", "b*", "B*", "BDC", "BMC", "BT", "BX", "c", "cm", "cs", "CS", "d", "d0", "d1", "Do",
     "DP", "EMC", "ET", "EX", "f", "F", "f*", "g", "G", "gs", "h", "i", "ID", "EI", "BI", "j", "J",
     "k", "K", "l", "m", "M", "MP", "n", "q", "Q", "re", "rg", "RG", "ri", "s", "S", "sc", "SC",
     "scn", "SCN", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw",
     "Tz", "v", "w", "W", "W*", "y", "'", '"'}
)  # fmt: skip
_BLENDS = frozenset(
    {"Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge",
     "ColorBurn", "HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation",
     "Color", "Luminosity"}
)  # fmt: skip
_INTENTS = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"}
_NAMED_BY = {"Tf": "/Font", "Do": "/XObject", "gs": "/ExtGState", "sh": "/Shading"}
_WIDEST_DIFFERENCE = 1  # thousandths of the font's size


@requirement("6.2.2")
def content_streams(one: Inspected) -> Iterator[str]:
    for content in one.contents:
        for operands, operator in content.instructions:
            word = str(operator)
            if word not in _OPERATORS:
                yield f"{content.name}: operator {word}"
            kind = _NAMED_BY.get(word)
            if kind and str(operands[0]) not in content.resources.get(kind, {}):
                yield f"{content.name}: {operands[0]} is in no resources of its own"


@requirement("6.2.3")
def output_intent(one: Inspected) -> Iterator[str]:
    intents = [i for i in one.root.get("/OutputIntents", []) if str(i.S) == "/GTS_PDFA1"]
    if len(intents) != 1 or "/DestOutputProfileRef" in intents[0]:
        yield f"{len(intents)} output intents"
        return
    data = intents[0].DestOutputProfile.read_bytes()
    profile = ImageCms.ImageCmsProfile(io.BytesIO(data)).profile
    if profile.version >= 5 or profile.xcolor_space.strip() != "RGB" or data[36:40] != b"acsp":
        yield f"profile {profile.version} {profile.xcolor_space}"
    if data[12:16] not in {b"mntr", b"prtr"} or intents[0].DestOutputProfile.N != 3:
        yield "profile of another device, or with other components"


@requirement("6.2.4")
def colours(one: Inspected) -> Iterator[str]:
    # The output intent is RGB: red, green, blue and grey mean something, inks do not.
    for content in one.contents:
        if any(content.operands_of("k", "K")):
            yield f"{content.name}: inks"
        for operator, operands in content.operands_of("cs", "CS"):
            if str(operands[0]) in {"/DeviceCMYK", "/Separation", "/DeviceN"}:
                yield f"{content.name}: {operator} {operands[0]}"
    for dictionary in one.dictionaries:
        space = dictionary.get("/ColorSpace", dictionary.get("/CS"))
        if isinstance(space, pikepdf.Name) and str(space) not in {"/DeviceRGB", "/DeviceGray"}:
            yield f"{dictionary.objgen}: {space}"
        if isinstance(space, pikepdf.Array):
            yield f"{dictionary.objgen}: a colour space that nobody has looked at"


@requirement("6.2.5")
def graphics_states(one: Inspected) -> Iterator[str]:
    for content in one.contents:
        for name, state in content.resources.get("/ExtGState", {}).items():
            for key in {"/TR", "/HTP", "/HTO", "/HT"} & set(state.keys()):
                yield f"{content.name} {name}: {key}"
            if str(state.get("/TR2", "/Default")) != "/Default":
                yield f"{content.name} {name}: transfer function"


@requirement("6.2.6")
def rendering_intents(one: Inspected) -> Iterator[str]:
    for dictionary in one.dictionaries:
        for key in ("/RI", "/Intent"):
            if str(dictionary.get(key, "/Perceptual")) not in _INTENTS:
                yield f"{dictionary.objgen}: {dictionary[key]}"


@requirement("6.2.8")
def images(one: Inspected) -> Iterator[str]:
    for image in one.of_subtype("/Image"):
        if {"/Alternates", "/OPI"} & set(image.keys()) or bool(image.get("/Interpolate", False)):
            yield f"{image.objgen}: alternates or interpolation"
        if int(image.get("/BitsPerComponent", 1)) not in {1, 2, 4, 8, 16}:
            yield f"{image.objgen}: {image.BitsPerComponent} bits"


@requirement("6.2.9")
def external_objects(one: Inspected) -> Iterator[str]:
    for form in [*one.of_subtype("/Form"), *one.of_subtype("/PS")]:
        if {"/OPI", "/Subtype2", "/PS", "/Ref"} & set(form.keys()) or str(form.Subtype) == "/PS":
            yield f"{form.objgen}: PostScript, reference or OPI"


@requirement("6.2.10")
def transparency(one: Inspected) -> Iterator[str]:
    for dictionary in one.dictionaries:
        blend = dictionary.get("/BM")
        if blend is not None and str(blend).removeprefix("/") not in _BLENDS:
            yield f"{dictionary.objgen}: blend mode {blend}"


@requirement("6.2.11.2")
def font_types(one: Inspected) -> Iterator[str]:
    for font in one.of_type("/Font"):
        # Composite fonts only: the checks below know no other kind.
        if str(font.Subtype) not in {"/Type0", "/CIDFontType0"}:
            yield f"{font.BaseFont}: {font.Subtype}"


@requirement("6.2.11.3")
def composite_fonts(one: Inspected) -> Iterator[str]:
    for font in one.of_subtype("/Type0"):
        (descendant,) = font.DescendantFonts
        system = descendant.CIDSystemInfo
        if str(font.Encoding) != "/Identity-H":
            yield f"{font.BaseFont}: {font.Encoding}"
        if (str(system.Registry), str(system.Ordering)) != ("Adobe", "Identity"):
            yield f"{font.BaseFont}: {system.Registry}-{system.Ordering}"
        if str(font.BaseFont) != str(descendant.BaseFont):
            yield f"{font.BaseFont}: descendant {descendant.BaseFont}"


@requirement("6.2.11.4")
def embedded_fonts(one: Inspected) -> Iterator[str]:
    for font in one.of_subtype("/CIDFontType0"):
        descriptor = font.FontDescriptor
        program = descriptor.get("/FontFile3")
        if program is None or str(program.Subtype) not in {"/CIDFontType0C", "/OpenType"}:
            yield f"{font.BaseFont}: not embedded"
        if "/CIDSet" in descriptor or "/CharSet" in descriptor:
            yield f"{font.BaseFont}: says which glyphs it has"
        if not re.fullmatch(r"/[A-Z]{6}\+.+", str(font.BaseFont)):
            yield f"{font.BaseFont}: no mark of a subset"


@requirement("6.2.11.5")
def widths(one: Inspected) -> Iterator[str]:
    for font, codes in _used(one):
        said, real = _said_widths(font.DescendantFonts[0]), _program(one, font)
        for code in sorted(codes & real.keys()):
            if abs(said(code) - real[code]) > _WIDEST_DIFFERENCE:
                yield f"{font.BaseFont} {code}: {said(code)} is {real[code]}"


@requirement("6.2.11.7")
def text_of_glyphs(one: Inspected) -> Iterator[str]:
    for font, codes in _used(one):
        if "/ToUnicode" not in font:
            yield f"{font.BaseFont}: no text"
            continue
        texts = _texts(font.ToUnicode.read_bytes())
        for code in sorted(codes):
            text = texts.get(code, "")
            if not text or set(text) & {"\0", "\ufeff", "\ufffe"}:
                yield f"{font.BaseFont} {code}: text {text!r}"
            elif any(0xE000 <= ord(character) < 0xF900 for character in text):
                yield f"{font.BaseFont} {code}: private character"


@requirement("6.2.11.8")
def missing_glyphs(one: Inspected) -> Iterator[str]:
    for font, codes in _used(one):
        for code in sorted(codes - _program(one, font).keys() | codes & {0}):
            yield f"{font.BaseFont} {code}: no glyph"


def _used(one: Inspected) -> Iterator[tuple[pikepdf.Object, set[int]]]:
    for objgen, codes in one.shown.items():
        yield one.pdf.get_object(objgen), codes


def _said_widths(font):
    given, array, at = {}, list(font.get("/W", [])), 0
    while at < len(array):
        first, second = int(array[at]), array[at + 1]
        if isinstance(second, pikepdf.Array):
            given.update(zip(range(first, first + len(second)), map(float, second), strict=True))
            at += 2
        else:
            given.update(dict.fromkeys(range(first, int(second) + 1), float(array[at + 2])))
            at += 3
    usual = float(font.get("/DW", 1000))
    return lambda code: given.get(code, usual)


def _program(one: Inspected, font: pikepdf.Object) -> dict[int, float]:
    """Return the width of each character the font's program has, by its number."""
    return _widths_in(font.DescendantFonts[0].FontDescriptor.FontFile3.read_bytes())


@cache
def _widths_in(data: bytes) -> dict[int, float]:
    if data[:4] == b"OTTO":
        data = TTFont(io.BytesIO(data)).getTableData("CFF ")
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    top = fonts[0]
    scale = 1000 * (getattr(top, "FontMatrix", None) or [0.001])[0]
    keyed = hasattr(top, "ROS")
    found = {}
    for number, name in enumerate(top.charset):
        shape = top.CharStrings[name]
        shape.draw(NullPen())
        cid = int(name.removeprefix("cid")) if keyed and name != ".notdef" else number
        found[cid] = shape.width * scale
    return found


@cache
def _texts(cmap: bytes) -> dict[int, str]:
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = bytes.fromhex(text.decode()).decode("utf-16-be")
            for offset in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + offset] = start[:-1] + chr(ord(start[-1]) + offset)
    return found
