"""The audit finds each kind of difference between what this service holds, signs and is told."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from services.verify.tests.public_log import LOG_KEY, URL, Log
from sqlalchemy import text
from verify_kit import NOW, Certificate, heartbeat

from chassis.audit import InvariantBroken
from chassis.key_list import KeyList, ListedKey, sign_key_list
from chassis.statements import SigningKeys, public_text
from verify import status_store
from verify.auditing_log import check_log
from verify.auditing_status import check_status_lists
from verify.key_file import checked_key_list
from verify.log_reading import PublicLog
from verify.status_keeping import StatusKeeper
from verify.status_list import CODES

pytestmark = pytest.mark.infra
LATER = NOW + timedelta(minutes=10)
UPDATE = "UPDATE projection.certificates SET"


def key_list(*keys: ListedKey) -> KeyList:
    return KeyList(1, NOW, NOW + timedelta(days=92), keys)


def listed(key_id, use, key, **ends) -> ListedKey:
    return ListedKey(key_id, use, public_text(key.public_key()), NOW - timedelta(days=1), **ends)


@pytest.fixture
def change(database):
    """Return a function that changes the database behind the service's back."""

    async def run(statement, **values):
        async with database.transaction() as tx:
            await tx.execute(text(statement), values)

    return run


@pytest.fixture
async def ones(tell):
    """Three certificates, the second revoked; all told of ten minutes before the newest beat."""
    found = [Certificate(more={"status_index": index}) for index in range(3)]
    for one in found:
        await tell(one.event("valid", 1))
    await tell(found[1].event("revoked", 2))
    await tell(heartbeat(1, 4, *((one, 1) for one in found), as_of=LATER))
    return found


class TestStatusLists:
    @pytest.fixture
    def keys(self, settings):
        return settings.status_signing.keys

    @pytest.fixture
    def check(self, database, keys):
        async def run(held: KeyList | None = None):
            return await check_status_lists(database, keys.public, held)

        return run

    @pytest.fixture(autouse=True)
    async def signed(self, ones, database, settings):
        keeper = StatusKeeper(database, settings.status_signing)
        assert await keeper.turn() == 1
        return keeper

    async def test_counts_the_lists_when_all_is_well(self, check, keys):
        assert await check() == 1
        assert await check(key_list(listed("status-test", "status", keys.key))) == 1

    async def test_finds_slot_that_is_not_as_its_certificate(self, check, ones, database):
        async with database.transaction() as tx:
            slots = await status_store.slots(tx, 0)
            slots[1] = CODES["valid"]
            await status_store.put_slots(tx, 0, slots)
        with pytest.raises(InvariantBroken, match=f"{ones[1].certificate_id}: revoked since"):
            await check()

    async def test_finds_slot_that_belongs_to_nobody(self, check, database):
        async with database.transaction() as tx:
            slots = await status_store.slots(tx, 0)
            slots[77] = CODES["valid"]
            await status_store.put_slots(tx, 0, slots)
        with pytest.raises(InvariantBroken, match="valid at index 77, which no certificate has"):
            await check()

    async def test_finds_slots_that_were_lost(self, check, change):
        await change("TRUNCATE projection.status_lists")
        with pytest.raises(InvariantBroken, match=r"valid since .*, revoked in the slots"):
            await check()

    async def test_finds_signed_list_that_was_not_renewed(self, check, ones, change, database):
        await change(f"{UPDATE} state = 'suspended' WHERE status_index = 0")
        async with database.transaction() as tx:
            slots = await status_store.slots(tx, 0)
            slots[0] = CODES["suspended"]
            await status_store.put_slots(tx, 0, slots)
        with pytest.raises(InvariantBroken, match="valid in the signed list of list 0"):
            await check()

    async def test_finds_list_that_nobody_signs_any_longer(self, check, tell):
        await tell(heartbeat(2, 4, as_of=LATER + timedelta(minutes=6)))
        with pytest.raises(InvariantBroken, match="status list 0 is of"):
            await check()

    async def test_finds_list_that_was_never_signed(self, check, change):
        await change("TRUNCATE records.status_tokens")
        with pytest.raises(InvariantBroken, match="status list 0 is not signed"):
            await check()

    async def test_finds_list_of_a_foreign_key(self, check, database):
        with pytest.raises(InvariantBroken, match="is no signed list"):
            await check_status_lists(database, {}, None)

    async def test_finds_list_of_a_key_that_was_revoked(self, check, keys):
        revoked = listed("status-test", "status", keys.key, revoked_at=NOW)
        with pytest.raises(InvariantBroken, match="key_revoked"):
            await check(key_list(revoked))
        with pytest.raises(InvariantBroken, match="key_unknown"):
            await check(key_list())

    async def test_finds_text_in_place_of_the_one_recorded(self, check, change):
        await change("UPDATE records.status_tokens SET slots_digest = 'other'")
        with pytest.raises(InvariantBroken, match="not the one that was recorded"):
            await check()

    async def test_finds_two_certificates_in_one_place(self, check, change):
        await change(f"{UPDATE} status_index = 0 WHERE status_index = 2")
        with pytest.raises(InvariantBroken, match="share the status index 0"):
            await check()

    async def test_finds_certificate_without_a_place(self, check, change, ones):
        await change(f"{UPDATE} status_index = NULL WHERE status_index = 2")
        with pytest.raises(InvariantBroken, match=f"{ones[2].certificate_id} has no place"):
            await check()

    async def test_change_of_the_last_minute_is_no_difference(self, check, tell, ones):
        told = LATER - timedelta(seconds=20)
        await tell(ones[0].event("suspended", 2, told_at=told))
        assert await check() == 1


class TestKeyList:
    root = Ed25519PrivateKey.generate()

    @pytest.fixture
    def check(self, settings, tmp_path):
        """Return a function that audits a list of the keys that sign, changed as said."""
        files = {"receipt": settings.signing_keys_file, "status": settings.status_keys_file}
        signers = {use: SigningKeys.load(file) for use, file in files.items()}

        def run(*, without: str = "", root=self.root, now=NOW, **ends):
            keys = [
                listed(ring.current, use, ring.key, **ends)
                for use, ring in signers.items()
                if use != without
            ]
            (tmp_path / "keys.jwt").write_text(sign_key_list(key_list(*keys), root))
            public = self.root.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            (tmp_path / "root.pem").write_bytes(public)
            published = {
                "key_list_file": tmp_path / "keys.jwt",
                "root_public_key_file": tmp_path / "root.pem",
            }
            return checked_key_list(settings.model_copy(update=published), now)

        return run

    def test_list_of_the_keys_that_sign_is_good(self, check):
        assert len(check().keys) == 2

    def test_nothing_is_checked_when_none_is_configured(self, settings):
        assert checked_key_list(settings, NOW) is None

    @pytest.mark.parametrize("use", ["receipt", "status"])
    def test_finds_key_that_signs_without_being_listed(self, check, use):
        with pytest.raises(InvariantBroken, match=f"not on the key list for {use}"):
            check(without=use)

    def test_finds_key_that_signs_after_it_was_retired(self, check):
        with pytest.raises(InvariantBroken, match="not on the key list"):
            check(valid_until=NOW - timedelta(seconds=1))

    def test_finds_list_that_has_ended(self, check):
        with pytest.raises(InvariantBroken, match="key list 1 ended"):
            check(now=NOW + timedelta(days=93))

    def test_finds_list_of_another_root(self, check):
        with pytest.raises(InvariantBroken, match="no key list that the root has signed"):
            check(root=Ed25519PrivateKey.generate())


class TestLog:
    @pytest.fixture
    def log(self, ones):
        log = Log(at=LATER)
        for one in ones:
            log.enter(one, "valid", 1)
        log.enter(ones[1], "revoked", 2)
        log.sign()
        return log

    @pytest.fixture
    def check(self, database, log):
        async def run(held: KeyList | None = None):
            keys = held or key_list(listed("log-1", "log", LOG_KEY))
            async with log.client() as client:
                return await check_log(database, PublicLog(client, URL), keys)

        return run

    async def test_counts_the_entries_when_all_is_well(self, check):
        assert await check() == 4

    async def test_log_that_has_signed_nothing_yet_is_empty(self, check, log):
        log.head = None
        assert await check() == 0

    async def test_finds_change_that_never_came(self, check, log):
        missing = Certificate()
        log.enter(missing, "valid", 1)
        log.sign()
        with pytest.raises(InvariantBroken, match=f"{missing.certificate_id}: version 1 is in the"):
            await check()

    async def test_finds_change_that_was_overlooked(self, check, log, ones):
        log.enter(ones[0], "revoked", 2)
        log.sign()
        with pytest.raises(InvariantBroken, match="version 2 is in the log and not in"):
            await check()

    async def test_change_of_the_last_half_minute_is_no_difference(self, check, log, ones):
        log.enter(ones[0], "revoked", 2, at=LATER - timedelta(seconds=10))
        log.sign()
        assert await check() == 5

    async def test_finds_certificate_that_the_log_does_not_have(self, check, tell):
        extra = Certificate(more={"status_index": 9})
        await tell(extra.event("valid", 1))
        with pytest.raises(InvariantBroken, match=f"{extra.certificate_id}.* not in the log"):
            await check()

    async def test_finds_another_state(self, check, change, ones):
        await change(f"{UPDATE} state = 'valid' WHERE status_index = 1")
        with pytest.raises(InvariantBroken, match="revoked in the log, valid in the projection"):
            await check()

    @pytest.mark.parametrize(
        ("column", "named"), [("token_hash", "the token"), ("record_digest", "the record")]
    )
    async def test_finds_another_code_or_record(self, check, change, column, named):
        other = f"{UPDATE} {column} = :other WHERE status_index = 0"
        await change(other, other=bytes(31) + b"x")
        with pytest.raises(InvariantBroken, match=f"{named} is another one in the log"):
            await check()

    async def test_finds_another_code_of_a_certificate_that_has_changed_since(
        self, check, log, change
    ):
        log.leaves.pop()
        log.sign()
        other = f"{UPDATE} token_hash = :other WHERE status_index = 1"
        await change(other, other=bytes(31) + b"x")
        with pytest.raises(InvariantBroken, match="the token is another one"):
            await check()

    async def test_finds_entries_that_do_not_make_the_signed_root(self, check, log):
        log.leaves[0], log.leaves[2] = log.leaves[2], log.leaves[0]
        with pytest.raises(InvariantBroken, match="do not make its signed root"):
            await check()

    async def test_finds_root_with_a_wrong_signature(self, check, log):
        log.head["signature"] = "00" * 64
        with pytest.raises(InvariantBroken, match="signature of the log's root"):
            await check()

    @pytest.mark.parametrize("field", ["size", "root_hash"])
    async def test_finds_numbers_beside_the_signed_ones(self, check, log, field):
        log.head[field] = {"size": 3, "root_hash": "00" * 32}[field]
        with pytest.raises(InvariantBroken, match="signature of the log's root"):
            await check()

    async def test_finds_root_of_a_key_that_is_not_the_logs(self, check):
        for wrong in (
            key_list(),
            key_list(listed("log-1", "receipt", LOG_KEY)),
            key_list(listed("log-1", "log", LOG_KEY, revoked_at=NOW)),
        ):
            with pytest.raises(InvariantBroken, match="key_"):
                await check(wrong)
        foreign = key_list(listed("log-1", "log", Ed25519PrivateKey.generate()))
        with pytest.raises(InvariantBroken, match="signature of the log's root"):
            await check(foreign)

    async def test_log_that_does_not_answer_is_not_taken_for_agreement(self, check, log):
        log.away = True
        with pytest.raises(InvariantBroken, match="cannot be read"):
            await check()

    async def test_projection_that_knows_nothing_is_told_of(self, check, change):
        await change("TRUNCATE projection.freshness")
        with pytest.raises(InvariantBroken, match="the projection knows of none"):
            await check()
