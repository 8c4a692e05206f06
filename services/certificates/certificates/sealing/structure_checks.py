"""Gate checks on the PDF's structure: what the seal's revision may add, change and show."""

import io
from typing import Any

import pikepdf

from certificates.layout import SEAL_PAGE
from certificates.sealing.sealed_file import GateExpectation, SealedFile, require

_TOLERANCE = 0.5  # points
_MAY_CHANGE_IN_CATALOGUE = {"/AcroForm", "/Perms", "/Extensions"}
_MAY_CHANGE_IN_PAGE = {"/Annots"}
# Types of added objects. An object without a type is an array or a dictionary below one of them.
_ADDED_TYPES = {None, "/Annot", "/Sig", "/XObject", "/XRef", "/ObjStm", "/SigRef", "/ExtGState"}
_ADDED_SUBTYPES = {None, "/Widget", "/Form", "/Image"}
# Anything that acts, loads, or carries text of its own.
_FORBIDDEN_KEYS = {
    "/A", "/AA", "/JS", "/JavaScript", "/OpenAction", "/URI", "/Launch", "/XFA", "/EF",
    "/RichMedia", "/Font", "/OC", "/OCProperties", "/PieceInfo", "/NeedAppearances",
    "/Metadata", "/AF", "/Ref", "/OPI",
}  # fmt: skip
_ACTING_KEYS = {"/A", "/AA", "/OpenAction", "/OCProperties", "/URI"}
_HIDDEN_FLAGS = 0b100011  # invisible, hidden, no view
_PRINT_FLAG = 0b100


def only_permitted_objects_were_added(file: SealedFile, expectation: GateExpectation) -> None:
    """Check that our objects are as they were and that one seal field was added, no more."""
    if expectation.one_revision:
        _check_only_revision(file, expectation)
        return
    ours = pikepdf.open(io.BytesIO(expectation.rendered), suppress_warnings=True)
    catalogue, page = ours.Root.objgen, ours.pages[SEAL_PAGE].obj.objgen
    require(not file.pdf.is_encrypted, "the file was encrypted")
    require(file.pdf.Root.objgen == catalogue, "another catalogue")
    information = ours.trailer.Info.objgen
    require(file.pdf.trailer.Info.objgen == information, "another information dictionary")
    require(len(file.pdf.pages) == len(ours.pages), "pages were added")
    known = set()
    for before in ours.objects:
        if _kind(before) in {"/XRef", "/ObjStm"}:
            continue
        known.add(before.objgen)
        after = file.pdf.get_object(before.objgen)
        if before.objgen == catalogue:
            _check_changed(before, after, _MAY_CHANGE_IN_CATALOGUE)
        elif before.objgen == page:
            _check_changed(before, after, _MAY_CHANGE_IN_PAGE)
        else:
            require(_same(before, after), f"object {before.objgen[0]} was changed")
    _check_form(file)
    for added in file.pdf.objects:
        if added.objgen not in known:
            _check_added(added)
    _check_below(file.pdf.Root.AcroForm)
    _check_below(file.pdf.Root.get("/Extensions"))
    require(set(file.pdf.Root.Perms.keys()) == {"/DocMDP"}, "foreign permissions")


def seal_is_in_its_box(file: SealedFile, expectation: GateExpectation) -> None:
    """Check that the one annotation is the seal: on its page, in its box, seen and printed."""
    annotations = [list(page.obj.get("/Annots", [])) for page in file.pdf.pages]
    require(sum(map(len, annotations)) == 1, "not exactly one annotation")
    require(annotations[SEAL_PAGE], "the seal is on another page")
    widget = annotations[SEAL_PAGE][0]
    require(widget.objgen == file.pdf.Root.AcroForm.Fields[0].objgen, "not the seal's field")
    box = [float(edge) for edge in widget.Rect]
    off = max(abs(a - b) for a, b in zip(box, expectation.seal_box, strict=True))
    require(off <= _TOLERANCE, f"the seal is {off:.1f} points off its box")
    flags = int(widget.get("/F", 0))
    require(flags & _PRINT_FLAG and not flags & _HIDDEN_FLAGS, "the seal is hidden")
    require(len(widget.AP.N.read_bytes()) > 0, "the seal has no appearance")


def _check_only_revision(file: SealedFile, expectation: GateExpectation) -> None:
    """Check that the one seal field is all that acts, and that there is nothing before or after."""
    same = file.differs_only_in_signature(expectation.rendered)
    require(same, "objects were changed or added")
    require(not file.pdf.is_encrypted, "the file was encrypted")
    require("/Prev" not in file.pdf.trailer, "there is an earlier revision")
    require(file.data.count(b"startxref") == 1, "there is another revision")
    require(len(file.pdf.pages) == 1, "pages were added")
    acting = (_ACTING_KEYS & set(file.pdf.Root.keys())) | (
        _ACTING_KEYS & set(file.pdf.pages[SEAL_PAGE].obj.keys())
    )
    require(not acting, f"forbidden entries {sorted(acting)}")
    _check_form(file)
    field = file.pdf.Root.AcroForm.Fields[0]
    for part in (field, field.V, field.AP.N):
        _check_added(part)
    _check_below(file.pdf.Root.AcroForm)
    require(set(file.pdf.Root.Perms.keys()) == {"/DocMDP"}, "foreign permissions")


def _check_form(file: SealedFile) -> None:
    form = file.pdf.Root.AcroForm
    require(set(form.keys()) <= {"/Fields", "/SigFlags", "/DR", "/DA"}, "foreign form entries")
    field = form.Fields[0]
    require(field.FT == "/Sig" and "/Kids" not in field, "the field is not a plain signature")


def _check_changed(before: Any, after: Any, allowed: set[str]) -> None:
    for key in {*before.keys(), *after.keys()}:
        if key not in allowed:
            same = key in before and key in after and _same(before[key], after[key])
            require(same, f"{key} was changed")


def _check_added(added: Any) -> None:
    if not isinstance(added, pikepdf.Dictionary | pikepdf.Stream):
        return
    require(_kind(added) in _ADDED_TYPES, f"an object of type {_kind(added)} was added")
    subtype = str(added["/Subtype"]) if "/Subtype" in added else None
    require(subtype in _ADDED_SUBTYPES, f"an object of subtype {subtype} was added")
    # In a field /F are flags, in a stream the name of a file elsewhere.
    external = isinstance(added, pikepdf.Stream) and "/F" in added
    require(not external, "a stream from another file was added")
    _check_below(added)


def _check_below(item: Any, depth: int = 0) -> None:
    """Look for forbidden keys in direct objects; indirect ones come up on their own."""
    require(depth < 20, "nested too deeply")  # noqa: PLR2004 - deeper than any honest seal
    if isinstance(item, pikepdf.Array):
        children = list(item)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        forbidden = _FORBIDDEN_KEYS & set(item.keys())
        require(not forbidden, f"forbidden entries {sorted(forbidden)}")
        children = [item[key] for key in item.keys()]  # noqa: SIM118 - pikepdf objects
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            _check_below(child, depth + 1)


def _kind(item: Any) -> str | None:
    has_type = isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and "/Type" in item
    return str(item["/Type"]) if has_type else None


def _same(before: Any, after: Any) -> bool:
    if not isinstance(before, pikepdf.Object) or not isinstance(after, pikepdf.Object):
        return bool(before == after)
    if isinstance(before, pikepdf.Stream) != isinstance(after, pikepdf.Stream):
        return False
    if isinstance(before, pikepdf.Stream):
        same_dictionary = before.stream_dict.unparse() == after.stream_dict.unparse()
        return same_dictionary and before.read_raw_bytes() == after.read_raw_bytes()
    return bool(before.unparse(resolved=True) == after.unparse(resolved=True))
