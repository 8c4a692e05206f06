"""Rotation of the key that signs QR payloads: what a device says of codes of every age."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from services.certificates.tests.unit.key_list_vectors import (
    CHANGE,
    FILE,
    LISTS,
    ROOT,
    cases,
    document,
    private_key,
)

from certificates.key_ceremony import keys_command
from certificates.qr import QRSigner, base32, signed_payload
from certificates.qr.offline import check_offline
from certificates.settings import Settings
from chassis.clock import SystemClock, legal_date
from chassis.commands import main
from chassis.key_list import (
    KeyListRefused,
    Standing,
    read_key_list,
    sign_key_list,
)
from chassis.statements import SigningKeys, load_public_key

VECTORS = json.loads(FILE.read_text())


class TestVectors:
    def test_file_is_what_its_keys_make(self):
        assert document() == VECTORS

    @pytest.mark.parametrize("vector", VECTORS["lists"].values(), ids=VECTORS["lists"])
    def test_list_reads_as_stated(self, vector):
        read = read_key_list(vector["signed"], ROOT.public_key())
        assert read.sequence == vector["sequence"]
        assert sign_key_list(read, ROOT) == vector["signed"]

    @pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda one: one["reason"])
    def test_what_is_no_list_of_this_root_is_refused(self, vector):
        with pytest.raises(KeyListRefused):
            read_key_list(vector["signed"], ROOT.public_key())

    @pytest.mark.parametrize("vector", VECTORS["payloads"], ids=lambda one: one["case"])
    def test_payload_is_answered_as_stated(self, vector):
        key_list = read_key_list(VECTORS["lists"][vector["list"]]["signed"], ROOT.public_key())
        now = datetime.fromisoformat(vector["now"])
        checked = check_offline(base32.decode(vector["payload_base32"]), key_list, now=now)
        assert checked.outcome == vector["outcome"]
        assert (checked.facts is None) == (vector["outcome"] != "genuine")

    def test_every_outcome_has_a_case(self):
        outcomes = {case[-1] for case in cases()}
        assert len(outcomes) == 7


class TestStanding:
    @pytest.mark.parametrize(
        ("offset", "standing"), [(-1, "key_out_of_time"), (0, "good"), (1, "good")]
    )
    def test_key_counts_from_the_instant_it_is_listed_for(self, offset, standing):
        at = CHANGE + timedelta(seconds=offset)
        found = LISTS["rotated"].standing("2027-1", "payload", signed_from=at, signed_until=at)
        assert found == Standing(standing)

    @pytest.mark.parametrize(
        ("offset", "standing"), [(-1, "good"), (0, "good"), (1, "key_out_of_time")]
    )
    def test_retired_key_counts_until_its_end(self, offset, standing):
        at = CHANGE + timedelta(seconds=offset)
        found = LISTS["rotated"].standing("2026-1", "payload", signed_from=at, signed_until=at)
        assert found == Standing(standing)

    def test_revoked_key_checks_no_signature(self):
        assert set(LISTS["withdrawn"].of_use("payload")) == {"2026-1", "2027-2"}

    def test_key_list_gives_back_the_key_itself(self):
        key = LISTS["first"].key("2026-1", "payload").public
        assert key == private_key("2026-1").public_key()


class TestRotationAtTheRoot:
    """The whole way: the ceremony's commands, the worker's settings, the device's check."""

    @pytest.fixture
    def record_of_today(self, record):
        return replace(record, issued_on=legal_date(SystemClock().now()))

    @pytest.fixture
    def step(self, tmp_path):
        def run(*words: str) -> None:
            named = [str(tmp_path / word[1:]) if word[0] == "@" else word for word in words]
            with pytest.raises(SystemExit) as ended:
                main("certificates", {"keys": keys_command()}, ["keys", *named])
            assert not ended.value.code

        run("make-root", "--root", "@root.pem", "--root-public", "@root.pub.pem")
        return run

    @pytest.fixture
    def add(self, step, tmp_path):
        path = tmp_path / "qr.json"

        def sign_with(key_id: str) -> None:
            path.write_text(json.dumps(json.loads(path.read_text()) | {"current": key_id}))

        def list_new(key_id: str, *more: str) -> None:
            step("make-signer", "--file", "@qr.json", "--key-id", key_id, *more)
            public = SigningKeys.load(path).public[key_id].public_bytes_raw()
            named = ("--list", "@keys.jwt", "--root", "@root.pem", "--key-id", key_id)
            step("add", *named, "--use", "payload", "--public-key", public.hex())

        list_new.sign_with = sign_with
        return list_new

    @pytest.fixture
    def signer(self, tmp_path):
        """Return a function that gives what a worker started now would sign with."""

        def current() -> QRSigner:
            keys = {"qr_keys_file": tmp_path / "qr.json"}
            return Settings.model_construct(**keys).qr_signer

        return current

    @pytest.fixture
    def outcome(self, tmp_path):
        def check(data: bytes) -> str:
            root = load_public_key(tmp_path / "root.pub.pem")
            key_list = read_key_list((tmp_path / "keys.jwt").read_text(), root)
            return check_offline(data, key_list, now=key_list.issued_at).outcome.value

        return check

    def test_codes_of_both_keys_hold_after_a_yearly_rotation(
        self, step, add, signer, outcome, record_of_today
    ):
        add("2026-1")
        old = signed_payload(record_of_today, "0" * 36, 1, signer())
        add("2027-1")
        # Listed and published first; the worker is told to sign with it only then.
        assert signer().key_id == "2026-1"
        add.sign_with("2027-1")
        new = signed_payload(record_of_today, "0" * 36, 2, signer())
        step("end", "--list", "@keys.jwt", "--root", "@root.pem", "--key-id", "2026-1")
        assert (outcome(old), outcome(new)) == ("genuine", "genuine")

    def test_nothing_a_withdrawn_key_signed_is_believed(
        self, step, add, signer, outcome, record_of_today
    ):
        add("2026-1")
        old = signed_payload(record_of_today, "0" * 36, 1, signer())
        add("2026-2", "--use-now")
        step("revoke", "--list", "@keys.jwt", "--root", "@root.pem", "--key-id", "2026-1")
        new = signed_payload(record_of_today, "0" * 36, 2, signer())
        assert (outcome(old), outcome(new)) == ("key_revoked", "genuine")
