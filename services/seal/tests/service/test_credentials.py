"""info, credentials/list and credentials/info: what a client learns before it signs."""

import base64
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from tests.kit.pki import ZHENGZHOU

pytestmark = pytest.mark.infra


@pytest.fixture
def database_url(shared_database_url):
    return shared_database_url


class TestInfo:
    async def test_the_service_describes_itself_to_anybody(self, service):
        answer = await service.certificates.http.post("/csc/v1/info", json={})

        assert answer.status_code == 200
        assert answer.json()["specs"] == "1.0.4.0"
        assert answer.json()["authType"] == ["oauth2client"]
        assert answer.json()["oauth2"] == "http://seal.test"
        assert ZHENGZHOU in answer.json()["name"]
        assert "signatures/signHash" in answer.json()["methods"]


class TestList:
    async def test_there_is_one_credential(self, service):
        answer = await service.certificates.post("credentials/list", {"maxResults": 10})

        assert answer.json() == {"credentialIDs": ["seal"]}


class TestCredential:
    async def read(self, service, **body):
        return await service.certificates.post("credentials/info", {"credentialID": "seal"} | body)

    async def test_it_pins_hashes_and_says_how_many(self, service):
        answer = (await self.read(service)).json()

        assert answer["SCAL"] == "2"
        assert answer["multisign"] == 100
        assert answer["authMode"] == "implicit"
        assert answer["key"] == {
            "status": "enabled",
            "algo": ["1.2.840.10045.4.3.2", "1.2.840.10045.2.1"],
            "len": 256,
            "curve": "1.2.840.10045.3.1.7",
        }

    @pytest.mark.parametrize(("wish", "count"), [("none", 0), ("single", 1), ("chain", 2)])
    async def test_it_shows_as_many_certificates_as_asked_for(self, service, wish, count):
        answer = (await self.read(service, certificates=wish)).json()

        links = (service.signer.certificate, *service.signer.authorities)[:count]
        expected = [base64.b64encode(link.public_bytes(Encoding.DER)).decode() for link in links]
        assert answer["cert"].get("certificates", []) == expected

    async def test_it_spells_the_certificate_out_when_asked_for(self, service):
        facts = (await self.read(service, certInfo=True)).json()["cert"]

        assert ZHENGZHOU in facts["subjectDN"]
        assert int(facts["serialNumber"], 16) == service.signer.certificate.serial_number
        assert facts["validTo"].endswith("Z")

    async def test_it_is_disabled_when_the_certificate_has_expired(self, service):
        service.clock.advance(timedelta(days=366))
        await service.certificates.log_in()

        answer = (await self.read(service)).json()

        assert answer["key"]["status"] == "disabled"
        assert answer["cert"]["status"] == "expired"

    async def test_another_credential_is_unknown(self, service):
        answer = await self.read(service, credentialID="another")

        assert (answer.status_code, answer.json()["code"]) == (400, "seal.credential_unknown")
