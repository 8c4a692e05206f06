"""What protects ID numbers and passwords."""

import asyncio
from uuid import uuid4

import pytest

from chassis.cipher import CannotDecrypt
from chassis.settings import Keyring
from identity.domain.id_numbers import IdNumber
from identity.domain.people import require_strong_password
from identity.errors import PasswordTooWeak, TooBusy
from identity.passwords import Passwords
from identity.vault import Vault

NUMBER = IdNumber("11010519491231002X")
OTHER = IdNumber("410100199003070016")
OLD, NEW = bytes(32), bytes(range(32))


def vault(index_keys=None):
    ring = index_keys or Keyring(current=1, keys={1: OLD})
    return Vault(cipher_keys=Keyring(current=1, keys={1: NEW}), index_keys=ring)


class TestVault:
    def test_a_sealed_number_opens_in_its_own_row_only(self):
        person = uuid4()
        sealed = vault().seal(NUMBER, person)
        assert NUMBER.value not in sealed
        assert vault().open(sealed, person) == NUMBER
        with pytest.raises(CannotDecrypt):
            vault().open(sealed, uuid4())

    def test_equal_numbers_have_one_index_and_others_another(self):
        assert vault().index(NUMBER) == vault().index(NUMBER)
        assert vault().index(NUMBER).value != vault().index(OTHER).value

    def test_after_a_key_change_rows_under_the_old_key_are_still_found(self):
        before = vault().index(NUMBER)
        after = vault(Keyring(current=2, keys={1: OLD, 2: NEW}))
        assert after.index(NUMBER).key_version == 2
        assert before in after.indexes(NUMBER)

    def test_fingerprints_share_nothing_with_the_index(self):
        assert vault().fingerprint(NUMBER.value) != vault().index(NUMBER).value.hex()


@pytest.mark.parametrize(
    "password",
    ["short", "aaaaaaaaaaaa", "11010519491231002x", "１１", "110105491231002", "Alexander Smith"],
)
def test_a_password_that_others_know_is_refused(password):
    with pytest.raises(PasswordTooWeak):
        require_strong_password(password, name="alexandersmith", id_number=NUMBER)


class TestPasswords:
    async def test_a_hash_fits_its_password_and_nothing_else(self):
        passwords = Passwords(time_cost=1, memory_kib=8, threads=1, waiting=10)
        stored = await passwords.hash("正确的马电池订书钉")
        assert await passwords.matches("正确的马电池订书钉", stored)
        assert not await passwords.matches("错误的马电池订书钉", stored)
        assert not await passwords.matches("anything", None)
        assert not await passwords.matches("anything", "not a hash")
        passwords.close()

    async def test_callers_beyond_the_queue_are_told_to_come_back(self):
        passwords = Passwords(time_cost=1, memory_kib=8, threads=1, waiting=1)
        results = await asyncio.gather(
            *(passwords.hash("a good password") for _ in range(5)), return_exceptions=True
        )
        assert [type(one) for one in results].count(TooBusy) == 3
        assert await passwords.hash("a good password")
        passwords.close()
