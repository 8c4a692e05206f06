"""Small pieces: cipher, clock, ids, keyring, objects, envelope."""

import base64
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.cipher import CannotDecrypt, ValueCipher
from chassis.clock import FrozenClock, legal_date, legal_midnight, legal_year
from chassis.errors import NotFound
from chassis.ids import uuid7
from chassis.objects import DamagedObject, ObjectStore
from chassis.settings import Keyring

OLD = Keyring(current=1, keys={1: b"a" * 32})
ROTATED = Keyring(current=2, keys={1: b"a" * 32, 2: b"b" * 32})


class TestValueCipher:
    @given(value=st.text(), context=st.text())
    def test_decrypts_what_it_encrypted(self, value: str, context: str) -> None:
        cipher = ValueCipher(OLD)
        assert cipher.decrypt(cipher.encrypt(value, context), context) == value

    def test_value_moved_to_another_place_does_not_decrypt(self) -> None:
        cipher = ValueCipher(OLD)
        with pytest.raises(CannotDecrypt):
            cipher.decrypt(cipher.encrypt("张䶮", "person/1"), "person/2")

    def test_old_values_decrypt_after_rotation_and_new_ones_use_the_new_key(self) -> None:
        old = ValueCipher(OLD).encrypt("x", "c")
        rotated = ValueCipher(ROTATED)
        assert rotated.decrypt(old, "c") == "x"
        assert rotated.encrypt("x", "c").startswith("enc:2:")

    @given(junk=st.text())
    def test_junk_is_refused_not_crashed_on(self, junk: str) -> None:
        with pytest.raises(CannotDecrypt):
            ValueCipher(OLD).decrypt(junk, "c")


class TestKeyring:
    @pytest.mark.parametrize(
        "raw",
        [
            {"current": 1, "keys": {"1": base64.b64encode(b"short").decode()}},
            {"current": 2, "keys": {"1": base64.b64encode(b"a" * 32).decode()}},
        ],
    )
    def test_impossible_keys_are_refused_at_start(self, tmp_path, raw) -> None:
        file = tmp_path / "keys.json"
        file.write_text(json.dumps(raw))
        with pytest.raises(ValueError, match="32-byte keys"):
            Keyring.load(file)


class TestClock:
    def test_legal_day_is_shanghais(self) -> None:
        new_year = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
        assert legal_date(new_year) == date(2027, 1, 1)
        assert legal_year(new_year - timedelta(seconds=1)) == 2026
        assert legal_midnight(date(2027, 1, 1)) == new_year

    def test_naive_instants_are_refused(self) -> None:
        with pytest.raises(ValueError, match="aware"):
            FrozenClock(datetime(2026, 1, 1))  # noqa: DTZ001 - the point of the test


class TestUuid7:
    def test_is_version_7_and_unique(self) -> None:
        made = [uuid7() for _ in range(1000)]
        assert {one.version for one in made} == {7}
        assert len(set(made)) == 1000

    def test_sorts_by_time_to_the_millisecond(self) -> None:
        first = uuid7()
        while (later := uuid7()).int >> 80 == first.int >> 80:
            pass
        assert later > first


class TestObjectStore:
    async def test_object_is_named_by_its_hash_and_comes_back_equal(self, tmp_path) -> None:
        store = ObjectStore(f"file://{tmp_path}/objects")
        digest = await store.put(b"content")
        assert await store.put(b"content") == digest
        assert await store.get(digest) == b"content"

    async def test_object_and_its_name_are_on_the_disk_before_it_is_named(
        self, tmp_path, monkeypatch
    ) -> None:
        """A record that names a file may be committed next, and a commit waits for the disk."""
        waited_for = set()

        def fsync(descriptor: int) -> None:
            waited_for.add(Path(f"/proc/self/fd/{descriptor}").readlink())

        monkeypatch.setattr("os.fsync", fsync)
        base = tmp_path / "objects"
        store = ObjectStore(f"file://{base}")
        for content, put in ((b"bytes", store.put), (b"file", self._put_file(store, tmp_path))):
            waited_for.clear()
            digest = await put(content)
            path = base / digest[:2] / digest[2:4] / digest
            assert waited_for == {path, path.parent, path.parent.parent, base}

    @staticmethod
    def _put_file(store: ObjectStore, folder: Path):
        async def put(content: bytes) -> str:
            (folder / "big").write_bytes(content)
            return await store.put_file(folder / "big")

        return put

    async def test_missing_object_is_not_found(self, tmp_path) -> None:
        with pytest.raises(NotFound):
            await ObjectStore(f"file://{tmp_path}").get("0" * 64)

    async def test_big_file_goes_in_and_comes_out_in_parts(self, tmp_path) -> None:
        store = ObjectStore(f"file://{tmp_path}/objects")
        path = tmp_path / "big"
        path.write_bytes(bytes(range(256)) * 10_000)
        digest = await store.put_file(path)
        whole = [part async for part in store.stream(digest, 0, 2_560_000)]
        assert b"".join(whole) == path.read_bytes()
        assert b"".join([part async for part in store.stream(digest, 255, 257)]) == b"\xff\x00"

    async def test_removed_object_is_gone(self, tmp_path) -> None:
        store = ObjectStore(f"file://{tmp_path}/objects")
        digest = await store.put(b"content")
        await store.delete(digest)
        await store.delete(digest)
        with pytest.raises(NotFound):
            await anext(store.stream(digest, 0, 1))

    async def test_damaged_object_is_never_returned(self, tmp_path) -> None:
        store = ObjectStore(f"file://{tmp_path}")
        digest = await store.put(b"content")
        (tmp_path / digest[:2] / digest[2:4] / digest).write_bytes(b"other")
        with pytest.raises(DamagedObject):
            await store.get(digest)
