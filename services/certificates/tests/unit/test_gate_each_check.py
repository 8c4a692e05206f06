"""Each check of the gate has a file that it alone refuses: none of them is there for show."""

import io
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from services.certificates.tests.unit.gating import failed

from certificates.sealing.gate import CHECKS
from certificates.sealing.prepare import embed


def other_first_bytes(get):
    # Nothing a reader sees: a comment in the first line of our own bytes.
    rendered = get("rendered")
    head = rendered.index(b"%", 5) + 1
    changed = rendered[:head] + bytes(byte ^ 1 for byte in rendered[head : head + 4])
    return get("seal_document")(changed + rendered[head + 4 :]), get("expectation")


def bytes_behind(get):
    return get("sealed") + b"\n%hidden\n", get("expectation")


def other_signing_time(get):
    sealed, rendered = get("sealed"), get("rendered")
    place = sealed.index(b"20261123", len(rendered))
    return sealed[:place] + b"20261124" + sealed[place + 8 :], get("expectation")


def other_message(get):
    return embed(get("prepared"), get("signer").sign(b"another message")), get("expectation")


def other_office(get):
    return get("seal_document")(get("rendered"), get("signer_of")()), get("expectation")


def nothing_fresh(get):
    strict = replace(get("expectation"), revocation_max_age=timedelta(hours=1))
    return get("sealed"), strict


def development_seal(get):
    signer = get("signer_of")(name="郑州市签章（测试）")
    expected = replace(
        get("expectation"),
        certificates=[signer.der],
        authorities=[signer.issuer.public_bytes(Encoding.DER)],
        production=True,
    )
    return get("seal_document")(get("rendered"), signer), expected


def script(get):
    def change(writer):
        action = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.pdf_string("x")}
        writer.root["/OpenAction"] = generic.DictionaryObject(action)
        writer.update_root()

    return get("seal_after")(change), get("expectation")


def elsewhere(get):
    return get("sealed"), replace(get("expectation"), seal_box=(10, 10, 129, 129))


def record_of_another(get):
    return get("sealed"), replace(get("expectation"), record=replace(get("record"), version=2))


def empty_page(get):
    # A fault of our own renderer: everything is right but what one sees.
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(get("rendered"))) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"q Q")
        pdf.save(output, static_id=True)
    blank = output.getvalue()
    return get("seal_document")(blank), replace(get("expectation"), rendered=blank)


ALONE = {
    "prefix": other_first_bytes,
    "one_signature": bytes_behind,
    "digest": other_signing_time,
    "signature": other_message,
    "signer": other_office,
    "revocation": nothing_fresh,
    "development": development_seal,
    "structure": script,
    "seal_box": elsewhere,
    "record": record_of_another,
    "text": empty_page,
}


@pytest.mark.parametrize("check", CHECKS)
def test_refuses_what_no_other_check_does(check, request):
    sealed, expectation = ALONE[check](request.getfixturevalue)

    assert failed(sealed, expectation) == {check}


def test_development_seal_passes_outside_production_only(request):
    sealed, expectation = development_seal(request.getfixturevalue)

    assert failed(sealed, replace(expectation, production=False)) == set()
