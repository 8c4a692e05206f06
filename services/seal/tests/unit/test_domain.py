"""What may be signed, under which authorisation, and how the log is chained."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seal.domain import (
    ECDSA_WITH_SHA256,
    FIRST_LINK,
    ID_EC_PUBLIC_KEY,
    SHA256,
    Activation,
    SignatureMade,
    SigningRequest,
    canary_digest,
    chain,
    check_algorithms,
    is_canary,
    read_hashes,
)
from seal.errors import (
    ActivationDataInvalid,
    HashAlgorithmNotSupported,
    HashCountOutOfRange,
    HashMalformed,
    HashNotAuthorised,
    HashRepeated,
    SignatureAlgorithmNotSupported,
)

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
A, B, C = (bytes([number]) * 32 for number in range(3))
ID = UUID("01890000-0000-7000-8000-000000000001")


def text_of(*hashes):
    return [base64.b64encode(one).decode() for one in hashes]


def request(*hashes, **changes):
    usual = SigningRequest(ID, "certificates", "batch-1", "seal", hashes, NOW)
    return replace(usual, **changes)


def made(number, digest=A):
    return SignatureMade.under(request(digest), b"c" * 32, UUID(int=number), digest, b"signature")


class TestAlgorithms:
    @pytest.mark.parametrize(
        ("hash_algorithm", "signature_algorithm"),
        [
            (SHA256, ECDSA_WITH_SHA256),
            (None, ECDSA_WITH_SHA256),
            (SHA256, ID_EC_PUBLIC_KEY),
        ],
    )
    def test_ecdsa_over_sha256_is_accepted(self, hash_algorithm, signature_algorithm):
        check_algorithms(hash_algorithm, signature_algorithm)

    @pytest.mark.parametrize("oid", ["2.16.840.1.101.3.4.2.3", "1.3.14.3.2.26", "", "sha256"])
    def test_another_hash_is_refused(self, oid):
        if oid:
            with pytest.raises(HashAlgorithmNotSupported):
                check_algorithms(oid, ECDSA_WITH_SHA256)
        with pytest.raises(HashAlgorithmNotSupported):
            check_algorithms(oid or None, ID_EC_PUBLIC_KEY)

    @pytest.mark.parametrize("oid", ["1.2.840.113549.1.1.11", "1.2.840.10045.4.3.3", ""])
    def test_another_signature_is_refused(self, oid):
        with pytest.raises(SignatureAlgorithmNotSupported):
            check_algorithms(SHA256, oid)


class TestHashes:
    @given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=8, unique=True))
    def test_they_are_read_in_order(self, hashes):
        assert read_hashes(text_of(*hashes), 8) == tuple(hashes)

    @given(st.binary(max_size=80).filter(lambda raw: len(raw) != 32))
    def test_another_length_is_refused(self, raw):
        with pytest.raises(HashMalformed) as refusal:
            read_hashes(text_of(A, raw), 8)
        assert refusal.value.field == "/hash/1"

    @pytest.mark.parametrize("text", ["", "=", "é", " " + text_of(A)[0], text_of(A)[0] + "\n"])
    def test_what_is_not_base64_is_refused(self, text):
        with pytest.raises(HashMalformed):
            read_hashes([text], 8)

    @pytest.mark.parametrize("hashes", [(), (A, B, C)])
    def test_none_or_too_many_are_refused(self, hashes):
        with pytest.raises(HashCountOutOfRange):
            read_hashes(text_of(*hashes), 2)

    def test_repetition_is_refused(self):
        with pytest.raises(HashRepeated):
            read_hashes(text_of(A, B, A), 8)


class TestActivation:
    ACTIVATION = Activation("certificates", "seal", frozenset({A, B}), NOW + timedelta(seconds=60))

    @pytest.mark.parametrize("hashes", [(A,), (B,), (A, B), (B, A)])
    def test_it_covers_its_hashes(self, hashes):
        self.ACTIVATION.check(request(*hashes))

    def test_it_covers_no_other_hash(self):
        with pytest.raises(HashNotAuthorised) as refusal:
            self.ACTIVATION.check(request(A, C))
        assert refusal.value.field == "/hash/1"

    @pytest.mark.parametrize(
        "changes",
        [
            {"client": "auditor"},
            {"credential": "other"},
            {"requested_at": NOW + timedelta(seconds=60)},
        ],
    )
    def test_it_is_for_one_client_one_credential_and_a_short_time(self, changes):
        with pytest.raises(ActivationDataInvalid):
            self.ACTIVATION.check(request(A, **changes))


class TestChain:
    def test_each_entry_follows_the_one_before(self):
        first, second, third = chain(None, [made(1), made(2), made(3)])

        assert [one.position for one in (first, second, third)] == [1, 2, 3]
        assert first.previous_hash == FIRST_LINK
        assert first.follows(None)
        assert second.follows(first)
        assert third.follows(second)

    def test_it_goes_on_where_the_log_ends(self):
        whole = list(chain(None, [made(1), made(2), made(3)]))
        [first] = chain(None, [made(1)])

        assert [first, *chain(first, [made(2), made(3)])] == whole

    def test_a_gap_or_another_order_is_noticed(self):
        first, second, third = chain(None, [made(1), made(2), made(3)])

        assert not third.follows(first)
        assert not second.follows(None)
        assert not first.follows(second)

    @pytest.mark.parametrize("field", sorted(SignatureMade.__dataclass_fields__))
    def test_a_change_of_any_field_is_noticed(self, field):
        [entry] = chain(None, [made(1)])
        other = {"id": UUID(int=9), "request_id": UUID(int=9), "signed_at": NOW.replace(year=2027)}
        value = other.get(field, "other" if isinstance(getattr(entry.made, field), str) else B)

        altered = replace(entry, made=replace(entry.made, **{field: value}))

        assert not altered.follows(None)


class TestCanary:
    def test_is_what_its_key_says(self):
        key = "canary-conformance-1"

        assert all(is_canary(key, canary_digest(key, place)) for place in (0, 1, 999))

    @pytest.mark.parametrize(
        ("key", "digest"),
        [
            ("canary-1", b"d" * 32),
            ("canary-1", canary_digest("canary-2", 0)),
            ("batch-1", canary_digest("batch-1", 0)),
            ("canary-1", canary_digest("canary-1", 1000)),
        ],
    )
    def test_mark_hides_nothing_else(self, key, digest):
        assert not is_canary(key, digest)
