"""What a lane asks its service, and under which keys; the answers are given here."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from certificates.sealing import (
    SealedDocument,
    SealPending,
    SealRefused,
    SealUnavailable,
    Signature,
)
from certificates.usecases.ask import Batch, ask


class Service:
    """Signs everything but what is refused; remembers each call."""

    def __init__(self, *, whole=False, refused=(), answers=None):
        self.whole_documents = whole
        self.calls = []
        self._refused = set(refused)
        self._answers = answers or {}

    async def seal(self, documents, *, idempotency_key):
        self.calls.append(([one.digest for one in documents], idempotency_key))
        if not self.whole_documents and self._refused & {one.digest for one in documents}:
            raise SealRefused("refused")
        return [self._answers.get(one.digest, Signature(one.digest)) for one in documents]


def digest(number):
    return bytes([number]) * 32


def batch_of(*numbers, returned=None):
    held = [SimpleNamespace(id=uuid4(), number=number) for number in numbers]
    prepared = {one.id: (b"prepared", digest(one.number)) for one in held}
    errands = {
        one.id: SimpleNamespace(returned=returned, ticket="t", location=None) for one in held
    }
    seal = SimpleNamespace(endpoint="zhengzhou", credential_id="seal")
    return Batch(seal, held, prepared, call=None, errands=errands)


def bench_with(service):
    async def of(endpoint, credential_id):
        assert (endpoint, credential_id) == ("zhengzhou", "seal")
        return service

    async def rendered(prepared):
        return prepared

    rules = SimpleNamespace(public_host="https://example.invalid")
    return SimpleNamespace(
        seal_services=SimpleNamespace(of=of),
        workshop=SimpleNamespace(rendered=rendered),
        deps=SimpleNamespace(rules=rules),
    )


async def asked(service, batch):
    return await ask(bench_with(service), batch)


class TestIdempotencyKey:
    async def test_is_the_same_for_the_same_digests_in_the_same_order(self):
        service = Service()
        await asked(service, batch_of(1, 2))
        await asked(service, batch_of(1, 2))

        [(_, first), (_, second)] = service.calls
        assert first == second

    @pytest.mark.parametrize("other", [(2, 1), (1,), (1, 2, 3), (1, 1)])
    async def test_is_another_for_anything_else(self, other):
        service = Service()
        await asked(service, batch_of(1, 2))
        await asked(service, batch_of(*other))

        [(_, first), (_, second)] = service.calls
        assert first != second

    async def test_tells_nothing_of_the_certificates(self):
        service, batch = Service(), batch_of(1)
        await asked(service, batch)

        [(_, key)] = service.calls
        assert len(bytes.fromhex(key)) == 32
        assert str(batch.held[0].id) not in key

    async def test_never_looks_like_a_canarys(self):
        service = Service()
        await asked(service, batch_of(1))

        assert not service.calls[0][1].startswith("canary-")


class TestRefusal:
    async def test_of_a_batch_is_tried_one_by_one_each_under_its_own_key(self):
        service = Service(refused=[digest(2)])
        batch = batch_of(1, 2, 3)

        answers = await asked(service, batch)

        assert [digests for digests, _ in service.calls] == [
            [digest(1), digest(2), digest(3)],
            [digest(1)],
            [digest(2)],
            [digest(3)],
        ]
        assert len({key for _, key in service.calls}) == 4
        numbers = {one.id: one.number for one in batch.held}
        assert {numbers[one] for one in answers.signatures} == {1, 3}
        assert {numbers[one] for one in answers.failures} == {2}

    async def test_of_everything_is_the_service_and_stops_after_three(self):
        service = Service(refused=map(digest, range(20)))

        with pytest.raises(SealRefused):
            await asked(service, batch_of(*range(20)))

        assert len(service.calls) == 1 + 3

    async def test_of_one_alone_is_the_service(self):
        with pytest.raises(SealRefused):
            await asked(Service(refused=[digest(1)]), batch_of(1))


class TestWholeDocuments:
    async def test_have_their_own_keys(self):
        service = Service(whole=True)
        await asked(service, batch_of(1, 2))

        assert service.calls == [([digest(1), digest(2)], "")]

    async def test_that_were_delivered_are_not_asked_for(self):
        service = Service(whole=True)

        answers = await asked(service, batch_of(1, returned=b"%PDF-"))

        assert service.calls == []
        assert list(answers.signatures.values()) == [SealedDocument(b"%PDF-")]

    async def test_one_that_is_taken_in_means_that_the_service_works(self):
        answers = {digest(1): SealPending("/1", None), digest(2): SealUnavailable()}

        found = await asked(Service(whole=True, answers=answers), batch_of(1, 2))

        assert (len(found.pending), len(found.failures), found.service_works) == (1, 1, True)

    async def test_none_that_is_sealed_means_that_it_is_away(self):
        answers = {digest(1): SealUnavailable(), digest(2): SealUnavailable()}

        with pytest.raises(SealUnavailable):
            await asked(Service(whole=True, answers=answers), batch_of(1, 2))
