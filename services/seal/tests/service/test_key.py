"""The key in the token: one owner thread, and what happens when the token fails."""

import asyncio
import hashlib
import os
import threading
from dataclasses import replace

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from pkcs11 import Attribute, ObjectClass
from tests.kit.pki import throw_away_pki

from seal.errors import Misconfigured, TokenUnavailable
from seal.keys.file import FileKey
from seal.keys.pkcs11 import Pkcs11Key, ensure_key_pair, open_session

DIGEST = hashlib.sha256(b"signed attributes").digest()


@pytest.fixture
def key(token):
    made = Pkcs11Key(token, timeout_seconds=5)
    yield made
    made.close()


async def assert_signs(key) -> None:
    [signature] = await key.sign([DIGEST])
    (await key.public_key()).verify(signature, DIGEST, ECDSA(Prehashed(SHA256())))


class TestToken:
    async def test_it_signs_raw_digests(self, key):
        await assert_signs(key)

    async def test_the_key_cannot_leave_the_token(self, token):
        with open_session(token, writable=False) as session:
            private = session.get_key(ObjectClass.PRIVATE_KEY, label="seal")
            assert private[Attribute.SENSITIVE]
            assert private[Attribute.NEVER_EXTRACTABLE]
            with pytest.raises(pkcs11.PKCS11Error):
                _ = private[Attribute.VALUE]

    async def test_making_the_key_again_keeps_it(self, token):
        assert ensure_key_pair(token) == ensure_key_pair(token)

    async def test_it_is_used_by_one_thread_under_concurrent_calls(self, key):
        threads = set()

        def note():
            threads.add(threading.get_ident())

        await asyncio.gather(*(key._owned(note) for _ in range(50)))
        await asyncio.gather(*(assert_signs(key) for _ in range(50)))

        assert len(threads) == 1
        assert threads != {threading.get_ident()}

    async def test_it_signs_again_when_its_session_was_lost(self, key):
        await assert_signs(key)
        await key._owned(key._session.close)

        await assert_signs(key)

    async def test_it_signs_in_a_process_forked_after_its_use(self, key):
        await assert_signs(key)
        child = os.fork()
        if child == 0:
            try:
                fresh = Pkcs11Key(key._address, timeout_seconds=5)
                asyncio.new_event_loop().run_until_complete(assert_signs(fresh))
            except BaseException:  # noqa: BLE001 - whatever it is, the parent learns of it
                os._exit(1)
            os._exit(0)

        _, status = await asyncio.to_thread(os.waitpid, child, 0)

        assert os.waitstatus_to_exitcode(status) == 0

    @pytest.mark.parametrize("wrong", [{"token_label": "missing"}, {"key_label": "missing"}])
    async def test_it_is_unavailable_when_token_or_key_is_missing(self, token, wrong):
        key = Pkcs11Key(replace(token, **wrong), timeout_seconds=5)

        with pytest.raises(TokenUnavailable):
            await key.sign([DIGEST])

    async def test_it_is_unavailable_when_the_pin_is_wrong(self, token, tmp_path):
        (tmp_path / "pin").write_text("0000")
        key = Pkcs11Key(replace(token, pin_file=tmp_path / "pin"), timeout_seconds=5)

        with pytest.raises(TokenUnavailable):
            await key.public_key()

    async def test_it_is_unavailable_in_time_when_the_token_hangs(self, token):
        key, release = Pkcs11Key(token, timeout_seconds=0.05), threading.Event()
        hanging = asyncio.create_task(key._owned(release.wait))
        try:
            with pytest.raises(TokenUnavailable):
                await hanging
            with pytest.raises(TokenUnavailable):
                await key.sign([DIGEST])
        finally:
            release.set()


class TestFile:
    async def test_it_signs_raw_digests(self, tmp_path):
        (tmp_path / "key.pem").write_text(throw_away_pki().good.key_pem)

        await assert_signs(FileKey(tmp_path / "key.pem"))

    async def test_another_kind_of_key_is_refused(self, tmp_path):
        ed25519 = bytes.fromhex("302e020100300506032b657004220420") + bytes(32)
        pem = load_der_private_key(ed25519, None).private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        (tmp_path / "key.pem").write_bytes(pem)

        with pytest.raises(Misconfigured):
            FileKey(tmp_path / "key.pem")
