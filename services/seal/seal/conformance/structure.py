"""What a seal's revision changed of a document and added to it, by its structure."""

from typing import Any

import pikepdf

_CATALOGUE_MAY = {"/AcroForm", "/Perms", "/Extensions"}
_PAGE_MAY = {"/Annots"}
# Of the catalogue: what the rule about metadata is about.
_VERSION, _METADATA = "/Version", "/Metadata"
_ABOUT = {_VERSION, _METADATA}
# An object without a type is an array or a dictionary below one of the others.
_TYPES = {None, "/Annot", "/Sig", "/XObject", "/XRef", "/ObjStm", "/SigRef", "/ExtGState"}
_SUBTYPES = {None, "/Widget", "/Form", "/Image"}
_FORM_KEYS = {"/Fields", "/SigFlags", "/DR", "/DA"}
# What acts, loads, or carries text of its own, and how it is told.
_FORBIDDEN = {
    "/A": "动作", "/AA": "动作", "/OpenAction": "动作", "/URI": "链接", "/Launch": "动作",
    "/JS": "脚本", "/JavaScript": "脚本", "/XFA": "动态表单", "/EF": "附件", "/AF": "附件",
    "/RichMedia": "多媒体", "/Font": "字体", "/OC": "图层", "/OCProperties": "图层",
    "/PieceInfo": "工具私有数据", "/Metadata": "元数据", "/NeedAppearances": "外观重建",
    "/Ref": "外部文件", "/OPI": "外部文件",
}  # fmt: skip
_DEEPEST = 20


def changes(ours: pikepdf.Pdf, theirs: pikepdf.Pdf, *, metadata: bool) -> list[str]:
    """Return what of ours is not as it was: of the metadata and version, or of all the rest."""
    about = _metadata_of(ours)
    if metadata:
        return _metadata_changes(ours, theirs, about)
    found = []
    if theirs.is_encrypted:
        found.append("文件被加密")
    if theirs.Root.objgen != ours.Root.objgen:
        found.append("换了目录")
    if len(theirs.pages) != len(ours.pages):
        found.append("页数改变")
    pages = {page.obj.objgen for page in ours.pages}
    for before in ours.objects:
        if _kind(before) in {"/XRef", "/ObjStm"} or before.objgen in about:
            continue
        after = theirs.get_object(before.objgen)
        if before.objgen == ours.Root.objgen:
            found += _keys("目录的 ", before, after, _CATALOGUE_MAY | _ABOUT)
        elif before.objgen in pages:
            found += _keys("页面的 ", before, after, _PAGE_MAY)
        elif not _same(before, after):
            found.append(f"对象 {before.objgen[0]} 被改写")
    return found


def additions(ours: pikepdf.Pdf, theirs: pikepdf.Pdf) -> list[str]:
    """Return what was added besides one seal."""
    known = {one.objgen for one in ours.objects}
    found = []
    for added in theirs.objects:
        if added.objgen not in known:
            found += _unwanted(added)
    form = theirs.Root.get("/AcroForm")
    if form is not None:
        found += [f"表单的 {key}" for key in set(form.keys()) - _FORM_KEYS]
        found += _below(form)
    found += _below(theirs.Root.get("/Extensions"))
    for key in set(theirs.Root.keys()) - set(ours.Root.keys()):
        if key in _FORBIDDEN:
            found.append(f"目录的 {key}（{_FORBIDDEN[key]}）")
    return sorted(set(found))


def _metadata_of(ours: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Return the information dictionary and the document's XMP stream."""
    holders = (ours.trailer.get("/Info"), ours.Root.get(_METADATA))
    return {one.objgen for one in holders if one is not None}


def _metadata_changes(
    ours: pikepdf.Pdf, theirs: pikepdf.Pdf, about: set[tuple[int, int]]
) -> list[str]:
    found = []
    if _number(ours.trailer.get("/Info")) != _number(theirs.trailer.get("/Info")):
        found.append("换了信息字典")
    found += [
        f"对象 {number[0]} 被改写"
        for number in about
        if not _same(ours.get_object(number), theirs.get_object(number))
    ]
    if _number(ours.Root.get(_METADATA)) != _number(theirs.Root.get(_METADATA)):
        found.append("换了 XMP 元数据")
    if ours.Root.get(_VERSION) != theirs.Root.get(_VERSION):
        found.append("目录的 /Version 改变")
    return found


def _number(item: Any) -> tuple[int, int] | None:
    found: tuple[int, int] | None = None if item is None else item.objgen
    return found


def _keys(where: str, before: Any, after: Any, allowed: set[str]) -> list[str]:
    return [
        f"{where}{key} 改变"
        for key in sorted({*before.keys(), *after.keys()} - allowed)
        if key not in before or key not in after or not _same(before[key], after[key])
    ]


def _unwanted(added: Any) -> list[str]:
    if not isinstance(added, pikepdf.Dictionary | pikepdf.Stream):
        return []
    found = []
    if (kind := _kind(added)) not in _TYPES:
        found.append(f"类型 {kind} 的对象")
    subtype = str(added["/Subtype"]) if "/Subtype" in added else None
    if subtype not in _SUBTYPES:
        found.append(f"子类型 {subtype} 的对象")
    if isinstance(added, pikepdf.Stream) and "/F" in added:
        found.append("外部文件")
    return found + _below(added)


def _below(item: Any, depth: int = 0) -> list[str]:
    """Look into direct objects; indirect ones come up on their own."""
    if depth > _DEEPEST:
        return ["嵌套过深的对象"]
    if isinstance(item, pikepdf.Array):
        found, children = [], list(item)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        keys = list(item.keys())
        found = [f"{key}（{_FORBIDDEN[key]}）" for key in keys if key in _FORBIDDEN]
        children = [item[key] for key in keys]
    else:
        return []
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            found += _below(child, depth + 1)
    return found


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
