import base64
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from certificates.qr import (
    MAXIMUM_VERSION,
    PayloadRefused,
    QRSigner,
    TokenKeys,
    base32,
    certificate_url,
    check_token,
    mint_token,
    name_check,
    qr_png,
    qr_svg,
    signed_payload,
    token_hash,
    verify_payload,
)
from certificates.qr.modules import quick_rows
from certificates.qr.payload import MAXIMUM_BYTES, PayloadTooLarge, normalised_name
from certificates.qr.symbol import SymbolTooDense, qr_matrix, qr_rows
from certificates.record import canonical_bytes, digest, parse_record

VECTORS = json.loads((Path(__file__).parents[4] / "contracts/qr/vectors.json").read_text())
# A loaded machine is slow now and then; that is no finding about a codec.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
LONGEST_HOST = "https://zyjsry.hrss.henan.gov.cn:8443"


class TestBase32:
    @given(st.binary(max_size=150))
    def test_decode_undoes_encode(self, data):
        assert base32.decode(base32.encode(data)) == data

    @given(st.text(alphabet=base32.ALPHABET, max_size=40))
    def test_no_second_text_means_the_same_bytes(self, text):
        try:
            data = base32.decode(text)
        except ValueError:
            return
        assert base32.encode(data) == text

    def test_look_alikes_are_folded(self):
        assert base32.canonical("oOiIlLaz") == "001111AZ"


class TestToken:
    def test_minted_token_is_recognised(self, token_keys):
        token = mint_token(token_keys)
        parsed = check_token(token_keys, token)
        assert parsed is not None
        assert (parsed.text, parsed.key_version) == (token, 2)
        assert parsed.hash == token_hash(token)

    def test_two_tokens_differ(self, token_keys):
        assert mint_token(token_keys) != mint_token(token_keys)

    def test_old_key_still_checks_after_rotation(self, token_keys):
        old = mint_token(TokenKeys(1, token_keys.keys))
        assert check_token(token_keys, old).key_version == 1

    def test_every_single_altered_character_is_refused(self, token_keys):
        token = mint_token(token_keys)
        for place, character in enumerate(token):
            other = "A" if character != "A" else "B"
            forged = token[:place] + other + token[place + 1 :]
            assert check_token(token_keys, forged) is None

    @given(st.text(max_size=60))
    def test_any_text_is_answered_without_an_exception(self, text):
        assert check_token(TokenKeys(1, {1: b"k" * 32}), text) is None

    def test_keys_without_the_current_one_are_refused(self):
        with pytest.raises(ValueError, match="current"):
            TokenKeys(3, {1: b"k" * 32})


class TestPayload:
    def test_states_the_facts_of_the_record(self, record, qr_signer, token_keys):
        token = mint_token(token_keys)
        payload = signed_payload(record, token, 4711, qr_signer)
        facts = verify_payload(payload, {"2026-1": qr_signer.private_key.public_key()})
        assert (facts.number, facts.year, facts.version) == (record.number, 2026, 1)
        assert (facts.office_id, facts.issued_on) == (record.office_id, date(2026, 11, 23))
        assert facts.status_index == 4711
        assert facts.record_digest == digest(record)[:8]
        assert facts.name_check == name_check(token, "欧阳䶮")

    def test_is_small_enough_at_the_largest_numbers(self, record, qr_signer):
        large = replace(record, number="41999999999999", version=255)
        payload = signed_payload(large, "0" * 36, 2**32 - 1, qr_signer)
        assert len(payload) <= MAXIMUM_BYTES

    def test_key_id_that_makes_it_too_large_is_refused(self, record, qr_signer):
        wordy = QRSigner("a-very-long-key-id", qr_signer.private_key)
        with pytest.raises(PayloadTooLarge):
            signed_payload(record, "0" * 36, 2**32 - 1, wordy)

    def test_no_altered_byte_passes(self, record, qr_signer):
        payload = signed_payload(record, "0" * 36, 1, qr_signer)
        keys = {"2026-1": qr_signer.private_key.public_key()}
        for place in range(len(payload)):
            altered = payload[:place] + bytes([payload[place] ^ 1]) + payload[place + 1 :]
            with pytest.raises(PayloadRefused):
                verify_payload(altered, keys)

    def test_bytes_behind_it_are_refused(self, record, qr_signer):
        payload = signed_payload(record, "0" * 36, 1, qr_signer)
        with pytest.raises(PayloadRefused):
            verify_payload(payload + b"\x00", {"2026-1": qr_signer.private_key.public_key()})

    @given(st.binary(max_size=160))
    @example(b"\x84\x41a\x61b\x41c\x41d")
    @example(b"\x81" * 140)
    def test_foreign_bytes_are_refused(self, data):
        with pytest.raises(PayloadRefused):
            verify_payload(data, {"2026-1": Ed25519PrivateKey.generate().public_key()})

    @pytest.mark.parametrize("dot", "•‧・．")
    def test_name_check_folds_middle_dots(self, dot):
        assert name_check("0" * 36, f"阿卜杜{dot}买买提") == name_check("0" * 36, "阿卜杜·买买提")

    def test_name_check_of_another_token_differs(self):
        assert name_check("0" * 36, "欧阳䶮") != name_check("1" * 36, "欧阳䶮")


class TestSymbol:
    def test_is_not_too_dense_at_the_longest_host(self, record, qr_signer):
        payload = signed_payload(record, "0" * 36, 2**32 - 1, qr_signer)
        modules = len(qr_matrix(certificate_url(LONGEST_HOST, "0" * 36, payload)))
        assert (modules - 17) // 4 <= MAXIMUM_VERSION

    def test_decodes_to_the_address(self, qr_url):
        image = Image.open(io.BytesIO(qr_png(qr_url, scale=4)))
        assert zxingcpp.read_barcode(image).text == qr_url

    @given(
        host=st.sampled_from([LONGEST_HOST, "http://127.0.0.1:21000", "https://河南.cn", "HTTP:"]),
        token=st.text(alphabet=base32.ALPHABET, min_size=1, max_size=40),
        payload=st.text(alphabet=base32.ALPHABET + "$%*+-./:a", max_size=260),
    )
    @settings(max_examples=60)
    def test_quick_modules_are_the_librarys(self, host, token, payload):
        url = f"{host}/v/{token}#{payload}"
        try:
            expected = qr_matrix(url)
        except SymbolTooDense:
            with pytest.raises(SymbolTooDense):
                qr_rows(url)
            return
        assert qr_rows(url) == [int("".join(map(str, row)), 2) for row in expected]

    @pytest.mark.parametrize("length", range(150, 264))
    def test_quick_modules_are_the_librarys_at_every_length(self, length):
        url = f"https://www.hnzjgl.gov.cn/v/{'Z9' * 18}#{('7B' + '0' * 9) * 24}"[: 65 + length]
        expected = [int("".join(map(str, row)), 2) for row in qr_matrix(url)]
        assert qr_rows(url) == expected

    @pytest.mark.parametrize("version", [10, 11, 12])
    def test_addresses_of_usual_length_are_quick(self, version):
        length = {10: 200, 11: 240, 12: 280}[version]
        rows = quick_rows(["https://www.hnzjgl.gov.cn/v/", "0A" * 18, "#", "B" * length])
        assert len(rows) == 17 + 4 * version

    def test_svg_has_no_fixed_size(self, qr_url):
        assert "viewBox" in qr_svg(qr_url)
        assert "width=" not in qr_svg(qr_url).split(">")[0]

    def test_too_long_an_address_is_refused(self, qr_url):
        with pytest.raises(SymbolTooDense):
            qr_png(qr_url + "A" * 200)


class TestVectors:
    """The published vectors are what the verify service is built against."""

    keys = TokenKeys(2, {int(v): base64.b64decode(key) for v, key in VECTORS["token_keys"].items()})
    public_keys: ClassVar = {
        key_id: Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
        for key_id, key in VECTORS["payload_public_keys"].items()
    }

    @pytest.mark.parametrize("vector", VECTORS["tokens"]["valid"], ids=lambda v: v["input"])
    def test_valid_token(self, vector):
        parsed = check_token(self.keys, vector["input"])
        assert parsed.text == vector["canonical"]
        assert parsed.key_version == vector["key_version"]
        assert parsed.hash.hex() == vector["sha256"]

    @pytest.mark.parametrize("vector", VECTORS["tokens"]["refused"], ids=lambda v: v["reason"])
    def test_refused_token(self, vector):
        assert check_token(self.keys, vector["input"]) is None

    @pytest.mark.parametrize("vector", VECTORS["payloads"]["valid"])
    def test_valid_payload(self, vector):
        payload = bytes.fromhex(vector["payload_hex"])
        assert base32.encode(payload) == vector["payload_base32"]
        assert (
            certificate_url("https://www.hnzjgl.gov.cn", vector["token"], payload) == vector["url"]
        )
        facts = verify_payload(payload, self.public_keys)
        fields = vector["fields"]
        assert facts.number == fields["number"]
        assert facts.office_id == UUID(fields["office_id"])
        assert facts.record_digest.hex() == fields["record_digest"]
        assert facts.name_check.hex() == fields["name_check"]
        text = json.dumps(
            vector["record"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        record = parse_record(text.encode())
        assert canonical_bytes(record) == text.encode()
        assert digest(record).hex() == vector["record_sha256"]

    @pytest.mark.parametrize("vector", VECTORS["payloads"]["refused"], ids=lambda v: v["reason"])
    def test_refused_payload(self, vector):
        with pytest.raises(PayloadRefused):
            verify_payload(bytes.fromhex(vector["payload_hex"]), self.public_keys)

    @pytest.mark.parametrize("vector", VECTORS["name_checks"], ids=lambda v: v["normalised"])
    def test_name_check(self, vector):
        assert normalised_name(vector["name"]) == vector["normalised"]
        assert name_check(vector["token"], vector["name"]).hex() == vector["name_check"]
