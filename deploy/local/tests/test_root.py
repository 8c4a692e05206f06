"""The offline root of the local stack and the key list that it signs."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from deploy.local import environment, root
from deploy.local.checkout import ROOT, Checkout, write_private
from deploy.local.deployables import DEPLOYABLES
from deploy.local.environment import write_settings
from deploy.local.ports import read_ports
from deploy.local.problems import StackError

from chassis.key_list import KeyList, read_key_list, sign_key_list
from chassis.statements import SigningKeys, load_private_key, load_public_key, public_text


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    checkout = Checkout(ROOT, tmp_path, read_ports())
    checkout.prepare()
    write_settings(checkout)
    return checkout


def key_list(checkout: Checkout) -> KeyList:
    public = load_public_key(checkout.root_public_key)
    return read_key_list(checkout.key_list.read_text(), public)


def rotate(checkout: Checkout, name: str, key_id: str, *, keep_old: bool) -> None:
    """Give a service a new current key."""
    path = checkout.secrets / name
    ring = json.loads(path.read_text())
    other = json.loads((checkout.secrets / "signing-keys.json").read_text())
    pem = next(iter(other["keys"].values()))
    keys = {**(ring["keys"] if keep_old else {}), key_id: pem}
    write_private(path, json.dumps({"current": key_id, "keys": keys}))


def test_list_names_every_key_that_signs_in_public(checkout: Checkout) -> None:
    assert root.sign_list(checkout)
    listed = {(one.key_id, one.use): one.public_key for one in key_list(checkout).keys}
    expected = {}
    for name, use in root.SIGNERS.items():
        for key_id, key in SigningKeys.load(checkout.secrets / name).public.items():
            expected[key_id, use] = public_text(key)
    assert listed == expected
    assert {use for _, use in listed} == {"payload", "log", "status", "receipt"}


def test_nothing_is_signed_anew_while_nothing_has_changed(checkout: Checkout) -> None:
    assert root.sign_list(checkout)
    before = checkout.key_list.read_bytes()
    assert not root.sign_list(checkout)
    assert checkout.key_list.read_bytes() == before


def test_list_is_renewed_before_it_ends(checkout: Checkout) -> None:
    root.sign_list(checkout)
    held = key_list(checkout)
    signer = load_private_key(checkout.offline / "root.pem")
    aged = KeyList(held.sequence, held.issued_at, held.issued_at + timedelta(days=61), held.keys)
    checkout.key_list.write_text(sign_key_list(aged, signer))
    assert root.sign_list(checkout)
    renewed = key_list(checkout)
    assert (renewed.sequence, renewed.keys) == (held.sequence + 1, held.keys)
    assert renewed.expires_at - renewed.issued_at == root.GOOD_FOR


def test_new_key_is_listed_beside_the_old_one(checkout: Checkout) -> None:
    root.sign_list(checkout)
    rotate(checkout, "qr-keys.json", "dev2", keep_old=True)
    assert root.sign_list(checkout)
    keys = {one.key_id: one.valid_until for one in key_list(checkout).keys if one.use == "payload"}
    assert keys == {"dev1": None, "dev2": None}


def test_key_that_no_service_holds_any_longer_is_ended(checkout: Checkout) -> None:
    root.sign_list(checkout)
    rotate(checkout, "qr-keys.json", "dev2", keep_old=False)
    assert root.sign_list(checkout)
    held = key_list(checkout)
    ended = held.key("dev1", "payload")
    assert ended is not None
    assert ended.valid_until == held.issued_at
    assert not root.sign_list(checkout)


def test_key_id_never_stands_for_another_key(checkout: Checkout) -> None:
    root.sign_list(checkout)
    rotate(checkout, "qr-keys.json", "dev1", keep_old=False)
    with pytest.raises(StackError, match="dev1"):
        root.sign_list(checkout)


def test_new_root_begins_a_new_list(checkout: Checkout) -> None:
    root.sign_list(checkout)
    (checkout.offline / "root.pem").unlink()
    assert root.sign_list(checkout)
    assert key_list(checkout).sequence == 1


def test_root_lies_where_no_service_is_told_to_look(checkout: Checkout) -> None:
    root.sign_list(checkout)
    private = checkout.offline / "root.pem"
    assert stat.S_IMODE(checkout.offline.stat().st_mode) == 0o700
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    for deployable in DEPLOYABLES:
        for value in environment.settings_of(checkout, deployable).values():
            assert str(checkout.offline) not in str(value)
    key = private.read_text().splitlines()[1]
    for folder in (checkout.published, checkout.secrets, checkout.environments):
        assert all(key not in file.read_text() for file in folder.iterdir())
