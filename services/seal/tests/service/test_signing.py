"""signatures/signHash: what is signed, and everything that must not be."""

import asyncio
import base64
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256

pytestmark = pytest.mark.infra


def verify(service, hashes, signatures):
    key = service.signer.certificate.public_key()
    for digest, signature in zip(hashes, signatures, strict=True):
        key.verify(signature, digest, ECDSA(Prehashed(SHA256())))


class TestSign:
    async def test_each_signature_verifies_when_many_hashes_come_in_one_call(self, service, hashes):
        asked = hashes(100)

        signatures = await service.certificates.seal(asked)

        verify(service, asked, signatures)

    async def test_a_part_of_the_authorised_hashes_is_signed(self, service, hashes):
        sad = await service.certificates.sad(hashes(3))

        answer = await service.certificates.sign(hashes(2, first=1), sad)

        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"

    async def test_the_algorithm_may_be_given_as_key_and_hash(self, service, hashes):
        sad = await service.certificates.sad(hashes(1))

        answer = await service.certificates.sign(hashes(1), sad, signAlgo="1.2.840.10045.2.1")

        assert answer.status_code == 200

    async def test_every_answer_is_good_under_fifty_concurrent_calls(self, service, hashes):
        batches = [hashes(4, first=1000 * number) for number in range(50)]

        answers = await asyncio.gather(*(service.certificates.seal(batch) for batch in batches))

        for batch, signatures in zip(batches, answers, strict=True):
            verify(service, batch, signatures)
        log = await service.certificates.log(limit=1000)
        assert [entry["position"] for entry in log["entries"]] == list(range(1, 201))


async def position(service):
    return (await service.certificates.log(limit=1000))["next_after"]


class TestRefusal:
    @pytest.fixture
    def database_url(self, shared_database_url):
        return shared_database_url

    async def refused(self, answer, code, status=400):
        document = answer.json()
        assert (answer.status_code, document["code"]) == (status, code)
        assert document["error"]
        assert document["error_description"]

    async def test_a_hash_that_was_not_authorised(self, service, hashes):
        before = await position(service)
        sad = await service.certificates.sad(hashes(2))

        answer = await service.certificates.sign(hashes(3), sad)

        await self.refused(answer, "seal.hash_not_authorised")
        assert answer.json()["field"] == "/hash/2"
        assert await position(service) == before

    async def test_the_sad_stays_usable_after_a_refused_call(self, service, hashes):
        sad = await service.certificates.sad(hashes(2))
        await service.certificates.sign(hashes(3), sad)

        assert (await service.certificates.sign(hashes(2), sad)).status_code == 200

    async def test_a_sad_used_twice(self, service, hashes):
        sad = await service.certificates.sad(hashes(2))
        await service.certificates.sign(hashes(2), sad)

        answer = await service.certificates.sign(hashes(2), sad)

        await self.refused(answer, "seal.activation_data_invalid")

    async def test_a_sad_used_by_twenty_at_once_signs_once(self, service, hashes):
        before = await position(service)
        sad = await service.certificates.sad(hashes(2))

        answers = await asyncio.gather(
            *(service.certificates.sign(hashes(2), sad) for _ in range(20))
        )

        assert sorted(answer.status_code for answer in answers) == [200] + [400] * 19
        assert await position(service) == before + 2

    async def test_an_expired_sad(self, service, hashes):
        sad = await service.certificates.sad(hashes(1))
        service.clock.advance(timedelta(seconds=service.settings.activation_seconds))

        answer = await service.certificates.sign(hashes(1), sad)

        await self.refused(answer, "seal.activation_data_invalid")

    async def test_somebody_elses_sad(self, service, hashes):
        sad = await service.certificates.sad(hashes(1))

        answer = await service.auditor.sign(hashes(1), sad)

        await self.refused(answer, "seal.activation_data_invalid")

    async def test_an_invented_sad(self, service, hashes):
        answer = await service.certificates.sign(hashes(1), "invented")

        await self.refused(answer, "seal.activation_data_invalid")

    @pytest.mark.parametrize("length", [0, 20, 31, 33, 64])
    async def test_a_hash_of_the_wrong_length(self, service, hashes, length):
        sad = await service.certificates.sad(hashes(1))

        answer = await service.certificates.sign([b"x" * length], sad)

        await self.refused(answer, "seal.hash_malformed")
        await self.refused(
            await service.certificates.authorise([b"x" * length]), "seal.hash_malformed"
        )

    async def test_a_hash_that_is_not_base64(self, service, hashes):
        sad = await service.certificates.sad(hashes(1))
        url_safe = base64.urlsafe_b64encode(b"\xff" * 32).decode()

        answer = await service.certificates.sign([], sad, hash=[url_safe])

        await self.refused(answer, "seal.hash_malformed")

    @pytest.mark.parametrize("count", [0, 101])
    async def test_no_hash_or_too_many(self, service, hashes, count):
        await self.refused(
            await service.certificates.authorise(hashes(count), numSignatures=max(count, 1)),
            "seal.hash_count_out_of_range",
        )
        await self.refused(
            await service.certificates.sign(hashes(count), "any"), "seal.hash_count_out_of_range"
        )

    async def test_a_count_that_is_not_the_number_of_hashes(self, service, hashes):
        answer = await service.certificates.authorise(hashes(2), numSignatures=3)

        await self.refused(answer, "seal.hash_count_out_of_range")

    async def test_a_hash_given_twice(self, service, hashes):
        answer = await service.certificates.authorise(hashes(1) * 2)

        await self.refused(answer, "seal.hash_repeated")

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"hashAlgo": "1.3.14.3.2.26"}, "seal.hash_algorithm_not_supported"),
            (
                {"signAlgo": "1.2.840.10045.2.1", "hashAlgo": None},
                "seal.hash_algorithm_not_supported",
            ),
            ({"signAlgo": "1.2.840.113549.1.1.11"}, "seal.signature_algorithm_not_supported"),
            ({"credentialID": "another"}, "seal.credential_unknown"),
        ],
    )
    async def test_what_this_key_does_not_do(self, service, hashes, changes, code):
        sad = await service.certificates.sad(hashes(1))

        await self.refused(await service.certificates.sign(hashes(1), sad, **changes), code)

    @pytest.mark.parametrize("changes", [{"SAD": None}, {"hash": "text"}, {"signAlgo": 5}])
    async def test_a_malformed_body(self, service, hashes, changes):
        answer = await service.certificates.sign(hashes(1), "any", **changes)

        await self.refused(answer, "seal.request_malformed")
        assert answer.json()["error"] == "invalid_request"
        assert answer.json()["field"] == f"/{next(iter(changes))}"

    async def test_an_expired_certificate(self, service, hashes):
        before = await position(service)
        sad = await service.certificates.sad(hashes(1))
        service.clock.advance(timedelta(days=366))
        await service.certificates.log_in()

        await self.refused(
            await service.certificates.authorise(hashes(1)), "seal.certificate_not_in_force"
        )
        # The SAD has expired too; what counts is that nothing was signed.
        assert (await service.certificates.sign(hashes(1), sad)).status_code == 400
        assert await position(service) == before


class TestRepeat:
    async def test_the_recorded_signatures_come_back_without_signing_again(self, service, hashes):
        first = await service.certificates.seal(hashes(3), key="batch-1")

        answer = await service.certificates.sign(hashes(3), "lost", key="batch-1")

        assert [base64.b64decode(one) for one in answer.json()["signatures"]] == first
        assert len((await service.certificates.log())["entries"]) == 3

    async def test_client_data_is_a_request_key_too(self, service, hashes):
        sad = await service.certificates.sad(hashes(1))
        first = await service.certificates.sign(hashes(1), sad, clientData="batch-1")

        again = await service.certificates.sign(hashes(1), "lost", clientData="batch-1")

        assert again.json() == first.json()

    async def test_a_key_used_for_other_hashes_is_refused(self, service, hashes):
        await service.certificates.seal(hashes(2), key="batch-1")
        other = hashes(2, first=7)

        answer = await service.certificates.sign(
            other, await service.certificates.sad(other), key="batch-1"
        )

        assert (answer.status_code, answer.json()["code"]) == (409, "seal.request_key_reused")

    async def test_a_key_used_for_the_same_hashes_in_another_order_is_refused(
        self, service, hashes
    ):
        await service.certificates.seal(hashes(2), key="batch-1")

        answer = await service.certificates.sign(hashes(2)[::-1], "any", key="batch-1")

        assert answer.status_code == 409

    async def test_two_clients_may_use_the_same_key(self, service, hashes):
        await service.certificates.seal(hashes(1), key="batch-1")

        await service.auditor.seal(hashes(1, first=5), key="batch-1")

        assert len((await service.certificates.log())["entries"]) == 2

    async def test_twenty_repeats_at_once_sign_once(self, service, hashes):
        sads = [await service.certificates.sad(hashes(2)) for _ in range(20)]

        answers = await asyncio.gather(
            *(service.certificates.sign(hashes(2), sad, key="batch-1") for sad in sads)
        )

        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.text for answer in answers}) == 1
        assert len((await service.certificates.log())["entries"]) == 2


async def test_signatures_are_counted_by_what_they_are(live, hashes):
    await live.certificates.seal(hashes(3), key="batch-1")
    await live.certificates.sign(hashes(3), "lost", key="batch-1")

    text = (await live.certificates.http.get("/metrics")).text
    counted = {
        line.split('outcome="')[1].split('"')[0]: float(line.rsplit(" ", 1)[1])
        for line in text.splitlines()
        if line.startswith("yuzheng_seal_signatures_total{")
    }
    assert counted == {"signed": 3, "repeated": 3}
    assert "yuzheng_seal_token_duration_seconds_count" in text
