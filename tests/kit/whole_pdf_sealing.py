"""How a bureau seals a whole PDF with pyHanko and a throw-away key, and how it may go wrong."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from asn1crypto import cms, keys, x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.stamp import StaticStampStyle, TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore
from tests.kit.pki import SealSigner

_RING = b"0.8 0 0 rg 0 0 100 100 re 10 10 80 80 re f*"
_OFF = 10  # points


class _OnlyTheSeal(IncrementalPdfFileWriter):
    """Adds the seal and nothing else: the stock writer also rewrites Info, XMP and /Version."""

    def _update_meta(self) -> None:
        return

    def ensure_output_version(self, version: Any) -> None:
        del version


def seal_document(
    document: bytes, order: dict[str, Any], signer: SealSigner, other: SealSigner, mode: str
) -> bytes:
    """Return the sealed file as a bureau makes it that works in this mode; most modes seal well."""
    if mode in _BEFORE:
        document = _BEFORE[mode](document)
    if mode == "second_signature":
        document = _sign(document, order | {"field": "First"}, signer, "approval")
        mode = "approval"
    sealed = _sign(document, order, other if mode == "wrong_certificate" else signer, mode)
    return _AFTER[mode](sealed) if mode in _AFTER else sealed


def _sign(document: bytes, order: dict[str, Any], signer: SealSigner, mode: str) -> bytes:
    box = [edge + _OFF for edge in order["box"]] if mode == "other_box" else order["box"]
    field = "Signature1" if mode == "other_field" else order["field"]
    adobe = SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha512" if mode == "sha512" else "sha256",
        subfilter=adobe if mode == "adobe_signature" else SigSeedSubFilter.PADES,
        certify=mode != "approval",
        docmdp_permissions=MDPPerm.FILL_FORMS if mode == "permits_forms" else MDPPerm.NO_CHANGES,
    )
    place = SigFieldSpec(field, on_page=order["page"] - 1, box=tuple(box))
    kind = IncrementalPdfFileWriter if mode == "stock_writer" else _OnlyTheSeal
    writer = kind(io.BytesIO(document))
    if mode in _WITH:
        _WITH[mode](writer)
    pdf_signer = PdfSigner(
        metadata,
        _hanko(signer),
        stamp_style=TextStampStyle(stamp_text="OK") if mode == "font" else _style(),
        new_field_spec=place,
    )
    output = io.BytesIO()
    pdf_signer.sign_pdf(writer, output=output)
    return output.getvalue()


def _style() -> StaticStampStyle:
    return StaticStampStyle(
        background=RawContent(_RING, box=BoxConstraints(100, 100)),
        background_opacity=1,
        border_width=0,
    )


def _hanko(signer: SealSigner) -> SimpleSigner:
    chain = SimpleCertificateStore()
    for authority in signer.authorities:
        chain.register(x509.Certificate.load(authority.public_bytes(Encoding.DER)))
    der = signer.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=x509.Certificate.load(signer.certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(der),
        cert_registry=chain,
    )


# Before it signs.


def _with_turned_page(document: bytes) -> bytes:
    writer = _OnlyTheSeal(io.BytesIO(document))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = NumberObject(180)
    writer.update_container(page)
    return _written(writer)


def _saved_anew(document: bytes) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(document)) as pdf:
        pdf.save(output, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return output.getvalue()


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


_BEFORE: dict[str, Callable[[bytes], bytes]] = {
    "altered_page": _with_turned_page,
    "saved_anew": _saved_anew,
}


# While it signs.


def _add_script(writer: IncrementalPdfFileWriter) -> None:
    names = {"/S": NameObject("/JavaScript"), "/JS": pdf_string("app.alert(1)")}
    action = DictionaryObject({NameObject(key): value for key, value in names.items()})
    writer.root[NameObject("/OpenAction")] = writer.add_object(action)
    writer.update_root()


def _add_link(writer: IncrementalPdfFileWriter) -> None:
    box = ArrayObject([FloatObject(edge) for edge in (10, 10, 60, 20)])
    names = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Link"), "/Rect": box}
    link = DictionaryObject({NameObject(key): value for key, value in names.items()})
    page = writer.root["/Pages"]["/Kids"][0]
    page[NameObject("/Annots")] = ArrayObject([writer.add_object(link)])
    writer.update_container(page)


def _add_weight(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(StreamObject(stream_data=bytes(5 * 1024 * 1024)))


_WITH: dict[str, Callable[[IncrementalPdfFileWriter], None]] = {
    "script": _add_script,
    "link": _add_link,
    "heavy": _add_weight,
}


# After it signed.


def _with_other_date(sealed: bytes) -> bytes:
    """Change a digit that the signature covers."""
    place = sealed.rindex(b"Z)\n/Reference")
    other = b"8" if sealed[place - 1 : place] == b"9" else b"9"
    return sealed[: place - 1] + other + sealed[place:]


def _with_other_value(sealed: bytes) -> bytes:
    """Change the signature's value, and nothing that it covers."""
    start = sealed.rindex(b"/Contents <") + len(b"/Contents <")
    end = sealed.index(b">", start)
    content = cms.ContentInfo.load(bytes.fromhex(sealed[start:end].decode()))
    signer = content["content"]["signer_infos"][0]
    value = signer["signature"].native
    signer["signature"] = value[:-1] + bytes([value[-1] ^ 1])
    filled = content.dump(force=True).hex().encode().ljust(end - start, b"0")
    return sealed[:start] + filled + sealed[end:]


def _hidden(sealed: bytes) -> bytes:
    """Take the flag for printing from the seal's field; the digest no longer fits, of course."""
    assert sealed.count(b"/F 132") == 1
    return sealed.replace(b"/F 132", b"/F 130")


_AFTER: dict[str, Callable[[bytes], bytes]] = {
    "truncated": lambda sealed: sealed[:-200],
    "appended": lambda sealed: sealed + b"% more\n",
    "altered_after": _with_other_date,
    "altered_signature": _with_other_value,
    "hidden": _hidden,
}
