"""Somebody else's client on our real server: pyHanko seals a PDF through it, and validates it."""

from io import BytesIO

import aiohttp
import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import PdfSignatureMetadata
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import async_sign_pdf
from pyhanko.sign.signers.csc_signer import (
    CSCAuthorizationManager,
    CSCServiceSessionInfo,
    CSCSigner,
    fetch_certs_in_csc_credential,
)
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from tests.kit.pki import throw_away_pki

pytestmark = pytest.mark.infra


class Authorisation(CSCAuthorizationManager):
    """Asks for a SAD for exactly the hashes, in pyHanko's own request format."""

    def __init__(self, session, *arguments):
        super().__init__(*arguments)
        self._session = session

    async def authorize_signature(self, hash_b64s):
        body = self.format_csc_auth_request(num_signatures=len(hash_b64s), hash_b64s=hash_b64s)
        url = self.csc_session_info.endpoint_url("credentials/authorize")
        headers = self.csc_session_info.auth_headers
        async with self._session.post(
            url, headers=headers, json=body, raise_for_status=True
        ) as answer:
            return self.parse_csc_auth_response(await answer.json())


def blank_pdf():
    writer, output = PdfFileWriter(), BytesIO()
    content = writer.add_object(StreamObject(stream_data=b""))
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 200, 200)))
    writer.write(output)
    output.seek(0)
    return output


async def test_pyhanko_seals_a_pdf_that_validates(live):
    async with aiohttp.ClientSession() as session:
        info = CSCServiceSessionInfo(
            service_url=str(live.certificates.http.base_url).rstrip("/"),
            credential_id="seal",
            oauth_token=live.certificates.token,
        )
        credential = await fetch_certs_in_csc_credential(session, info)
        signer = CSCSigner(session, Authorisation(session, info, credential))

        sealed = await async_sign_pdf(
            IncrementalPdfFileWriter(blank_pdf()),
            PdfSignatureMetadata(
                field_name="Seal", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
            ),
            signer=signer,
        )

    assert credential.max_batch_size == 100
    assert credential.hash_pinning_required
    pki = throw_away_pki()
    root = x509.Certificate.load(pki.root.certificate.public_bytes(Encoding.DER))
    context = ValidationContext(
        trust_roots=[root], crls=list(pki.crls), revocation_mode="hard-fail"
    )
    [signature] = PdfFileReader(sealed).embedded_signatures
    status = await async_validate_pdf_signature(signature, context)
    assert status.bottom_line
    assert status.trusted
