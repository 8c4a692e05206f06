"""The key list and the ceremony that makes it."""

import json
import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.key_ceremony import keys_command
from chassis import statements
from chassis.commands import main
from chassis.key_list import (
    KeyList,
    KeyListRefused,
    ListedKey,
    read_key_list,
    sign_key_list,
)

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
ROOT = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = ListedKey("2026-1", "payload", "x" * 43, NOW)
LIST = KeyList(1, NOW, NOW + timedelta(days=92), (KEY,))


def test_list_reads_back_as_it_was_signed():
    later = NOW + timedelta(days=1)
    changed = LIST.with_key(ListedKey("2027-1", "payload", "y" * 43, later)).ended("2026-1", later)
    changed = changed.revoked("2027-1", later)
    assert read_key_list(sign_key_list(changed, ROOT), ROOT.public_key()) == changed


def test_list_is_refused_when_another_root_signed_it():
    other = Ed25519PrivateKey.generate()
    with pytest.raises(KeyListRefused):
        read_key_list(sign_key_list(LIST, other), ROOT.public_key())


def test_list_is_refused_when_it_was_signed_as_something_else():
    text = statements.sign({"keys": []}, typ="receipt+jwt", key_id="root-1", key=ROOT)
    with pytest.raises(KeyListRefused):
        read_key_list(text, ROOT.public_key())


@pytest.mark.parametrize("part", range(3))
def test_list_is_refused_when_any_part_is_altered(part):
    parts = sign_key_list(LIST, ROOT).split(".")
    parts[part] = ("A" if parts[part][0] != "A" else "B") + parts[part][1:]
    with pytest.raises(KeyListRefused):
        read_key_list(".".join(parts), ROOT.public_key())


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c.d", "....", "张.三.李"])
def test_what_is_no_list_is_refused(text):
    with pytest.raises(KeyListRefused):
        read_key_list(text, ROOT.public_key())


def test_change_that_makes_no_sense_is_refused():
    with pytest.raises(KeyListRefused):
        LIST.with_key(KEY)
    with pytest.raises(KeyListRefused):
        LIST.with_key(ListedKey("new", "anything", "y", NOW))
    with pytest.raises(KeyListRefused):
        LIST.revoked("unknown", NOW)


class TestCeremony:
    @pytest.fixture
    def ceremony(self, tmp_path, capsys):
        """Return a function that runs one step and gives its exit code and what it printed."""

        def run(*words: str) -> tuple[int, str]:
            named = [str(tmp_path / word[1:]) if word[0] == "@" else word for word in words]
            with pytest.raises(SystemExit) as ended:
                main("certificates", {"keys": keys_command()}, ["keys", *named])
            return int(ended.value.code or 0), capsys.readouterr().out

        root = ("--root", "@root.pem")
        assert run("make-root", *root, "--root-public", "@root.pub.pem")[0] == 0
        assert run("make-signer", "--file", "@qr.json", "--key-id", "2026-1")[0] == 0
        public = run("public", "--file", "@qr.json")[1].split()[1]
        listed = ("--list", "@keys.jwt", *root, "--key-id", "2026-1")
        assert run("add", *listed, "--use", "payload", "--public-key", public)[0] == 0
        return run

    def held(self, folder):
        root = statements.load_public_key(folder / "root.pub.pem")
        return read_key_list((folder / "keys.jwt").read_text(), root)

    def test_private_keys_can_be_read_by_their_owner_only(self, ceremony, tmp_path):
        for name in ("root.pem", "qr.json"):
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600

    def test_what_is_no_public_key_is_not_listed(self, ceremony, tmp_path):
        listed = ("--list", "@keys.jwt", "--root", "@root.pem", "--key-id", "other")
        assert ceremony("add", *listed, "--use", "status", "--public-key", "00ff")[0] == 1
        assert len(self.held(tmp_path).keys) == 1

    def test_root_is_never_overwritten(self, ceremony, tmp_path):
        before = (tmp_path / "root.pem").read_bytes()
        code, _ = ceremony("make-root", "--root", "@root.pem", "--root-public", "@root.pub.pem")
        assert code == 1
        assert (tmp_path / "root.pem").read_bytes() == before

    def test_listed_key_is_the_one_that_signs(self, ceremony, tmp_path):
        signing = statements.SigningKeys.load(tmp_path / "qr.json")
        assert [(one.key_id, one.public_key) for one in self.held(tmp_path).keys] == [
            (signing.current, statements.public_text(signing.key.public_key()))
        ]

    def test_new_signer_is_listed_before_it_signs(self, ceremony, tmp_path):
        assert ceremony("make-signer", "--file", "@qr.json", "--key-id", "2027-1")[0] == 0
        ring = json.loads((tmp_path / "qr.json").read_text())
        assert (ring["current"], set(ring["keys"])) == ("2026-1", {"2026-1", "2027-1"})

    def test_revocation_is_told_with_its_instant(self, ceremony, tmp_path):
        changed = ("--list", "@keys.jwt", "--root", "@root.pem", "--key-id", "2026-1")
        assert ceremony("revoke", *changed, "--at", "2026-11-20T08:00:00+08:00")[0] == 0
        held = self.held(tmp_path)
        assert held.sequence == 2
        assert held.keys[0].revoked_at == datetime(2026, 11, 20, tzinfo=UTC)
        shown = ceremony("show", "--list", "@keys.jwt", "--root-public", "@root.pub.pem")[1]
        assert "REVOKED 2026-11-20" in shown

    def test_renewal_keeps_the_keys_and_counts_on(self, ceremony, tmp_path):
        before = self.held(tmp_path)
        assert (
            ceremony("renew", "--list", "@keys.jwt", "--root", "@root.pem", "--days", "9")[0] == 0
        )
        after = self.held(tmp_path)
        assert (after.keys, after.sequence) == (before.keys, before.sequence + 1)
        assert after.expires_at - after.issued_at == timedelta(days=9)
