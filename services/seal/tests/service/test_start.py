"""What the process refuses to start with, and how it says that it is ready."""

import pytest
from tests.kit.pki import LUOYANG, ZHENGZHOU, throw_away_pki

from seal.certificate import SealCertificate
from seal.errors import Misconfigured, SignatureNotVerified, TokenUnavailable

pytestmark = pytest.mark.infra


@pytest.fixture
def database_url(shared_database_url):
    return shared_database_url


@pytest.fixture
def chain_file(tmp_path):
    def write(signer):
        path = tmp_path / "chain.pem"
        path.write_text(signer.chain_pem)
        return path

    return write


class TestStart:
    async def refused(self, start, match, **changes):
        with pytest.raises(Misconfigured, match=match):
            async with start(**changes):
                pytest.fail("it started")

    async def test_a_certificate_for_another_key(self, start, chain_file):
        path = chain_file(throw_away_pki().good)
        await self.refused(start, "another key", certificate_chain_file=path)

    async def test_a_certificate_of_another_office(self, start):
        await self.refused(start, "organisation", office_name=LUOYANG)

    async def test_a_development_certificate_in_production(self, start):
        await self.refused(start, "测试", environment="production")

    async def test_production_starts_with_a_real_certificate(self, start, signer, chain_file):
        real = throw_away_pki().issue(mark="", public_key=signer.certificate.public_key())

        async with start(environment="production", certificate_chain_file=chain_file(real)) as run:
            assert run.app.state.desk.office_name == ZHENGZHOU

    async def test_a_missing_token(self, start):
        with pytest.raises(TokenUnavailable):
            async with start(pkcs11_token_label="missing"):
                pytest.fail("it started")

    async def test_any_office_with_a_key_file_in_development(self, start, chain_file, tmp_path):
        signer = throw_away_pki().issue("济源示范区人力资源和社会保障局")
        (tmp_path / "key.pem").write_text(signer.key_pem)

        async with start(
            office_name="济源示范区人力资源和社会保障局",
            pkcs11_token_label=None,
            key_file=tmp_path / "key.pem",
            certificate_chain_file=chain_file(signer),
        ) as run:
            answer = await run.certificates.http.post("/csc/v1/info")

        assert answer.json()["name"].startswith("济源示范区")


class TestReady:
    async def test_it_is_ready(self, service):
        answer = await service.certificates.http.get("/health/ready")

        assert answer.json() == {
            "ready": True,
            "checks": {"database": "ready", "token": "ready", "certificate": "ready"},
        }

    async def test_it_is_not_ready_without_its_database(self, start):
        async with start() as run:
            answer = await run.certificates.http.get("/health/ready")

        assert answer.status_code == 503
        assert answer.json()["checks"]["database"] != "ready"
        assert answer.json()["checks"]["token"] == "ready"


class FaultyKey:
    """A device that answers, wrongly: each signature is over something else."""

    def __init__(self, key):
        self._key = key

    async def public_key(self):
        return await self._key.public_key()

    async def sign(self, digests):
        return await self._key.sign([bytes(32) for _ in digests])

    def close(self):
        self._key.close()


class TestFault:
    async def test_a_signature_that_does_not_verify_is_neither_returned_nor_logged(
        self, service, hashes, monkeypatch
    ):
        before = await service.certificates.log()
        sad = await service.certificates.sad(hashes(1))
        desk = service.app.state.desk
        object.__setattr__(desk, "key", FaultyKey(desk.key))

        answer = await service.certificates.sign(hashes(1), sad)

        assert (answer.status_code, answer.json()["code"]) == (503, "seal.signature_not_verified")
        assert "signatures" not in answer.json()
        assert (await service.certificates.log())["entries"] == before["entries"]

    async def test_the_same_sad_signs_once_the_token_is_back(self, service, hashes):
        sad = await service.certificates.sad(hashes(2))
        desk = service.app.state.desk
        label, desk.key._address = desk.key._address, await gone(desk.key)

        answer = await service.certificates.sign(hashes(2), sad, key="batch-of-this-test")

        assert (answer.status_code, answer.json()["error"]) == (503, "temporarily_unavailable")
        desk.key._address = label
        again = await service.certificates.sign(hashes(2), sad, key="batch-of-this-test")
        assert again.status_code == 200

    def test_a_signature_of_another_key_does_not_verify(self, signer):
        digest = bytes(32)
        certificate = SealCertificate.of((signer.certificate,))

        with pytest.raises(SignatureNotVerified):
            certificate.verify([digest], [throw_away_pki().good.sign_digest(digest)])


async def gone(key):
    """Take the token away: the open session is dropped, and its label is not found any more."""
    from dataclasses import replace  # noqa: PLC0415 - used here alone

    await key._owned(key._drop_session)
    return replace(key._address, token_label="missing")
