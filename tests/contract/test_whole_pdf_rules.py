"""What the conformance suite calls fit, the seal-return gate accepts, and the other way round."""

import asyncio

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from tests.kit.pki import LUOYANG, ZHENGZHOU, throw_away_pki
from tests.kit.whole_pdf_sealing import seal_document

from certificates.layout import SEAL_BOX
from certificates.sealing.canary_check import check_canary
from chassis.clock import SystemClock
from seal.conformance import documents
from seal.conformance.document_subject import DocumentSubject
from seal.conformance.findings import NotMet
from seal.conformance.sealed_document import SealedDocument
from seal.conformance.session import Terms
from seal.conformance.whole_pdf_file import FILE

WRONG = (
    *("altered_page", "saved_anew", "script", "link", "font", "other_box", "hidden"),
    *("truncated", "appended", "altered_after", "altered_signature", "second_signature"),
    *("adobe_signature", "sha512", "approval", "permits_forms", "wrong_certificate"),
    "stock_writer",
)


class Examined(DocumentSubject):
    """A file on its own: no service is asked for it."""

    async def document(self):
        return self._document

    async def read_chain(self):
        return self.certificates


@pytest.fixture(scope="module")
def bureau():
    pki = throw_away_pki()
    return pki.issue(ZHENGZHOU), pki.issue(LUOYANG)


async def verdicts(bureau, mode):
    """Return what fails at the gate, and in the suite."""
    signer, other = bureau
    order = documents.new_order()
    request = order.request("seal", "")
    sealed = await asyncio.to_thread(seal_document, order.document, request, signer, other, mode)
    der = signer.certificate.public_bytes(Encoding.DER)
    at_gate = check_canary(order.document, sealed, der, SystemClock().now())
    examined = Examined(None, Terms(), SystemClock())
    examined._document = SealedDocument(order.document, sealed)
    examined.certificates = [signer.certificate]
    in_suite = []
    for requirement in FILE.requirements:
        try:
            await requirement.check(examined)
        except (NotMet, ValueError, KeyError, TypeError, AttributeError, IndexError):
            in_suite.append(requirement.id)
    return at_gate, in_suite


def test_both_mean_the_same_place():
    assert documents.BOX == SEAL_BOX


async def test_a_good_file_passes_both(bureau):
    assert await verdicts(bureau, "sealed") == ([], [])


@pytest.mark.parametrize("mode", WRONG)
async def test_a_wrong_file_passes_neither(bureau, mode):
    at_gate, in_suite = await verdicts(bureau, mode)

    assert at_gate
    assert in_suite
