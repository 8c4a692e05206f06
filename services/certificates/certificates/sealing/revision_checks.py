"""What a revision may be: the bytes before it, validation material, and one timestamp over all."""

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cached_property
from typing import Any

import pikepdf
from asn1crypto import cms
from cryptography import x509

from certificates.sealing.chains import chain_to
from certificates.sealing.material import RevisionExpectation
from certificates.sealing.revocation import RevocationProblem, evidence_of_list, issuer_among
from certificates.sealing.sealed_file import CheckFailed, require
from certificates.sealing.timestamps import Timestamp, TimestampUnusable, read_timestamp

_HEXADECIMAL = re.compile(rb"<[0-9A-Fa-f]*>")
# Clocks of two houses differ; more than this is not a clock but a fault.
_CLOCKS_APART = timedelta(minutes=10)
_CATALOGUE_MAY_CHANGE = {"/DSS", "/AcroForm", "/Extensions"}
_PAGE_MAY_CHANGE = {"/Annots"}
_FORM_MAY_CHANGE = {"/Fields", "/SigFlags"}
_STORE_KEYS = {"/Type", "/Certs", "/OCSPs", "/CRLs"}
_PIECE_KEYS = {"/Length", "/Filter"}
_FIELD_KEYS = {"/Type", "/Subtype", "/FT", "/T", "/V", "/P", "/F", "/Rect", "/Ff"}
_STAMP_KEYS = {"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange"}
_CONTAINERS = {"/XRef", "/ObjStm"}


class Revision:
    """A revision and the one before it, each parsed once."""

    def __init__(self, previous: bytes, data: bytes) -> None:
        self.previous = previous
        self.data = data

    @cached_property
    def before(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.previous), suppress_warnings=True)

    @cached_property
    def after(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.data), attempt_recovery=False, suppress_warnings=True)

    @cached_property
    def field(self) -> Any:
        """Return the newest form field: the timestamp's."""
        return list(self.after.Root.AcroForm.Fields)[-1]

    @cached_property
    def byte_range(self) -> tuple[int, ...]:
        return tuple(int(number) for number in self.field.V.ByteRange)

    @cached_property
    def timestamp(self) -> Timestamp:
        """Return the token in the gap, checked against what it covers."""
        _, start, end, _ = self.byte_range
        covered = hashlib.sha256(self.data[:start])
        covered.update(self.data[end:])
        der = bytes.fromhex(self.data[start + 1 : end - 1].decode("ascii"))
        token = cms.ContentInfo.load(der).dump()
        require(not any(der[len(token) :]), "bytes behind the token")
        try:
            return read_timestamp(token, covered.digest())
        except TimestampUnusable as problem:
            raise CheckFailed(str(problem)) from problem

    @cached_property
    def pieces(self) -> dict[str, list[bytes]]:
        """Return what is in the document security store, by kind."""
        store = self.after.Root.DSS
        kinds = ("/Certs", "/OCSPs", "/CRLs")
        return {kind: [one.read_bytes() for one in store.get(kind, [])] for kind in kinds}


def earlier_bytes_come_first(revision: Revision, _: RevisionExpectation) -> None:
    """Check that the revision before is the exact beginning of this one."""
    require(revision.data.startswith(revision.previous), "the earlier revision was changed")
    require(len(revision.data) > len(revision.previous), "nothing was added")


def timestamp_covers_everything(revision: Revision, _: RevisionExpectation) -> None:
    """Check that only the token itself lies outside of what the timestamp covers."""
    start, first, second, last = revision.byte_range
    require(start == 0, "the covered range does not start at the first byte")
    require(first >= len(revision.previous), "the gap lies in the earlier revision")
    require(second + last == len(revision.data), "bytes behind the covered range")
    gap = revision.data[first:second]
    require(_HEXADECIMAL.fullmatch(gap), "the gap is not one hexadecimal string")


def timestamp_is_trusted(revision: Revision, expectation: RevisionExpectation) -> None:
    """Check token, authority and clock: over these bytes, by somebody we trust, now."""
    stamp = revision.timestamp
    roots = [x509.load_der_x509_certificate(der) for der in expectation.roots]
    pieces = [x509.load_der_x509_certificate(der) for der in revision.pieces["/Certs"]]
    line = chain_to(stamp.signer, [*stamp.others, *pieces], roots, stamp.made_at)
    if line is None:
        raise CheckFailed("the timestamp's authority is not trusted")
    issuer = issuer_among(stamp.signer, line)
    for der in revision.pieces["/CRLs"] if issuer else ():
        try:
            crl = x509.load_der_x509_crl(der)
            evidence_of_list(crl, stamp.signer, issuer, stamp.made_at)  # type: ignore[arg-type]  # not None here
        except RevocationProblem as problem:
            raise CheckFailed(f"the timestamp's authority: {problem}") from problem
    if expectation.at is not None:
        apart = abs(stamp.made_at - expectation.at)
        require(apart <= _CLOCKS_APART, f"its clock is {apart} off ours")


def material_is_complete(revision: Revision, expectation: RevisionExpectation) -> None:
    """Check that every piece of the material is in the store."""
    wanted = expectation.material
    for kind, pieces in (
        ("/Certs", wanted.certificates),
        ("/OCSPs", wanted.ocsp_answers),
        ("/CRLs", wanted.revocation_lists),
    ):
        require(set(pieces) <= set(revision.pieces[kind]), f"{kind} lacks something")


def only_material_was_added(revision: Revision, _: RevisionExpectation) -> None:
    """Check that what was there is as it was, and that the additions are material and timestamp."""
    before, after = revision.before, revision.after
    require(not after.is_encrypted, "the file was encrypted")
    require(after.Root.objgen == before.Root.objgen, "another catalogue")
    require(after.trailer.Info.objgen == before.trailer.Info.objgen, "another information")
    allowed = _changeable(before)
    known = set()
    for old in before.objects:
        if _kind(old) in _CONTAINERS:
            continue
        known.add(old.objgen)
        new = after.get_object(old.objgen)
        keys = allowed.get(old.objgen, set())
        require(_is_kept(old, new, keys), f"object {old.objgen[0]} was changed")
    _check_lists(revision)
    _check_field(revision)
    expected = set(_added(after, revision.field))
    for new in after.objects:
        fresh = new.objgen not in known and _kind(new) not in _CONTAINERS
        require(not fresh or new.objgen in expected, f"object {new.objgen[0]} was added")


REVISION_CHECKS: dict[str, Callable[[Revision, RevisionExpectation], None]] = {
    "prefix": earlier_bytes_come_first,
    "coverage": timestamp_covers_everything,
    "timestamp": timestamp_is_trusted,
    "material": material_is_complete,
    "structure": only_material_was_added,
}


def _changeable(before: pikepdf.Pdf) -> dict[tuple[int, int], set[str]]:
    """Return which keys of which existing objects a revision may change; `[]` means an array."""
    allowed = {before.Root.objgen: _CATALOGUE_MAY_CHANGE}
    for page in before.pages:
        allowed[page.obj.objgen] = _PAGE_MAY_CHANGE
        annotations = page.obj.get("/Annots")
        if annotations is not None and annotations.is_indirect:
            allowed[annotations.objgen] = {"[]"}
    form = before.Root.AcroForm
    if form.is_indirect:
        allowed[form.objgen] = _FORM_MAY_CHANGE
    if form.Fields.is_indirect:
        allowed[form.Fields.objgen] = {"[]"}
    if "/DSS" in before.Root and before.Root.DSS.is_indirect:
        allowed[before.Root.DSS.objgen] = _STORE_KEYS
    return allowed


def _is_kept(old: Any, new: Any, may_change: set[str]) -> bool:
    if isinstance(old, pikepdf.Array):
        return "[]" in may_change or old.unparse(resolved=True) == new.unparse(resolved=True)
    if isinstance(old, pikepdf.Stream):
        same_keys = old.stream_dict.unparse() == new.stream_dict.unparse()
        return bool(same_keys and old.read_raw_bytes() == new.read_raw_bytes())
    if isinstance(old, pikepdf.Dictionary):
        keys = ({*old.keys()} | {*new.keys()}) - may_change
        return all(key in old and key in new and _text(old[key]) == _text(new[key]) for key in keys)
    return bool(_text(old) == _text(new))


def _check_lists(revision: Revision) -> None:
    """Check that annotations, fields and the store's lists only grew, by what we add."""
    before, after = revision.before, revision.after
    require(len(after.pages) == len(before.pages), "pages were added")
    fields = _names(after.Root.AcroForm.Fields)
    require(fields[:-1] == _names(before.Root.AcroForm.Fields), "fields were changed")
    for old, new in zip(before.pages, after.pages, strict=True):
        notes = [name for name in _names(new.obj.get("/Annots", [])) if name != fields[-1]]
        require(notes == _names(old.obj.get("/Annots", [])), "annotations were changed")
    form = set(after.Root.AcroForm.keys()) - set(before.Root.AcroForm.keys())
    require(form <= {"/SigFlags"}, "foreign form entries")
    if "/DSS" in before.Root:
        for kind in ("/Certs", "/OCSPs", "/CRLs"):
            kept, now = (_names(one.Root.DSS.get(kind, [])) for one in (before, after))
            require(set(kept) <= set(now), f"{kind} lost something")


def _check_field(revision: Revision) -> None:
    field = revision.field
    require(set(field.keys()) <= _FIELD_KEYS, "foreign entries in the field")
    require(field.FT == "/Sig", "not a signature field")
    require(not any(float(edge) for edge in field.Rect), "the timestamp is visible")
    stamp = field.V
    require(set(stamp.keys()) <= _STAMP_KEYS, "foreign entries in the timestamp")
    require(stamp.Type == "/DocTimeStamp", "not a document timestamp")
    require(stamp.SubFilter == "/ETSI.RFC3161", "not an RFC 3161 timestamp")
    store = revision.after.Root.DSS
    require(set(store.keys()) <= _STORE_KEYS, "foreign entries in the store")
    for kind in ("/Certs", "/OCSPs", "/CRLs"):
        for piece in store.get(kind, []):
            require(isinstance(piece, pikepdf.Stream), "a piece is not a stream")
            require(set(piece.stream_dict.keys()) <= _PIECE_KEYS, "foreign entries in a piece")


def _added(after: pikepdf.Pdf, field: Any) -> Iterator[tuple[int, int]]:
    """Yield every object that a revision may add."""
    form, store = after.Root.AcroForm, after.Root.DSS
    yield from (one.objgen for one in (field, field.V, form, form.Fields, store))
    for kind in ("/Certs", "/OCSPs", "/CRLs"):
        if kind in store:
            yield store[kind].objgen
            yield from (piece.objgen for piece in store[kind])
    for page in after.pages:
        if "/Annots" in page.obj:
            yield page.obj.Annots.objgen


def _names(items: Any) -> list[tuple[int, int]]:
    return [item.objgen for item in items]


def _kind(item: Any) -> str | None:
    has_type = isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and "/Type" in item
    return str(item["/Type"]) if has_type else None


def _text(item: Any) -> Any:
    return item.unparse() if isinstance(item, pikepdf.Object) else item
