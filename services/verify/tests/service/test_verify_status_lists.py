"""Status lists: slots follow the heartbeats, lists are signed in time and never pretend."""

import asyncio
import gzip
import random
from datetime import timedelta

import pytest
from sqlalchemy import text
from verify_kit import NOW, Certificate, heartbeat, make_settings, served

from chassis.statements import SigningKeys
from verify import status_store, store
from verify.status_keeping import StatusKeeper, rebuild
from verify.status_list import CODES, SLOTS, Signing, read_status_list
from verify.status_reading import StatusReader

pytestmark = pytest.mark.infra


def later(seconds):
    return NOW + timedelta(seconds=seconds)


def at(index, **more):
    return Certificate(more={"status_index": index, **more})


@pytest.fixture
def signing(settings):
    return settings.status_signing


@pytest.fixture
def keeper(database, signing):
    return StatusKeeper(database, signing)


@pytest.fixture
def published(database, signing):
    """Return a function that reads a list as it is handed out."""

    async def read(number=0):
        async with database.reading() as tx:
            token = await status_store.token(tx, number)
        return read_status_list(token, signing.keys.public) if token else None

    return read


@pytest.fixture
def slots_of(database):
    async def read(number=0):
        async with database.reading() as tx:
            return await status_store.slots(tx, number)

    return read


class TestKeeping:
    async def test_nothing_is_signed_before_anything_is_known(self, keeper, published):
        assert await keeper.turn() == 0
        assert await published() is None

    async def test_list_says_how_each_certificate_stands(self, tell, keeper, published):
        states = list(CODES)
        ones = [at(index) for index in range(4)]
        for number, (one, state) in enumerate(zip(ones, states, strict=True), start=1):
            await tell(
                one.event(state, 1), heartbeat(number, number, (one, 1), as_of=later(number))
            )
        assert await keeper.turn() == 1
        held = await published()
        assert [held.slots[index] for index in range(5)] == [*CODES.values(), CODES["revoked"]]
        assert held.as_of == later(4)

    async def test_revocation_is_in_the_next_list(self, tell, keeper, published):
        one = at(7)
        await tell(one.event("valid", 1), heartbeat(1, 1, (one, 1)))
        await keeper.turn()
        assert (await published()).slots[7] == CODES["valid"]
        await tell(one.event("revoked", 2), heartbeat(2, 2, (one, 2), as_of=later(1)))
        assert await keeper.turn() == 1
        held = await published()
        assert (held.slots[7], held.as_of) == (CODES["revoked"], later(1))

    async def test_unchanged_list_is_signed_again_each_minute(self, tell, keeper, published):
        one = at(0)
        await tell(one.event("valid", 1), heartbeat(1, 1, (one, 1)))
        signed = [await keeper.turn()]
        for number, seconds in enumerate((30, 59, 60, 61, 120), start=2):
            await tell(heartbeat(number, 1, as_of=later(seconds)))
            signed.append(await keeper.turn())
        assert signed == [1, 0, 0, 1, 0, 1]
        assert (await published()).as_of == later(120)

    async def test_only_the_list_that_changed_is_signed_at_once(self, tell, keeper, published):
        first, second = at(0), at(SLOTS)
        await tell(first.event("valid", 1), second.event("valid", 1))
        await tell(heartbeat(1, 2, (first, 1), (second, 1)))
        assert await keeper.turn() == 2
        await tell(second.event("revoked", 2), heartbeat(2, 3, (second, 2), as_of=later(5)))
        assert await keeper.turn() == 1
        assert ((await published(0)).as_of, (await published(1)).as_of) == (NOW, later(5))
        assert keeper.as_of == NOW, "of the oldest"
        assert (await published(1)).slots[0] == CODES["revoked"]

    async def test_nothing_looks_fresh_while_the_source_stands_still(self, tell, keeper, published):
        one = at(0)
        await tell(one.event("valid", 1), heartbeat(1, 1, (one, 1)))
        await keeper.turn()
        before = await published()
        # The ledger tells of a transition that has not come: nobody knows how it stands.
        await tell(heartbeat(2, 2, (one, 2), as_of=later(600)))
        assert await keeper.turn() == 0
        assert (await published()).as_of == before.as_of == NOW
        await tell(one.event("revoked", 2), heartbeat(3, 2, as_of=later(601)))
        assert await keeper.turn() == 1
        assert (await published()).slots[0] == CODES["revoked"]

    async def test_old_lists_stay_while_the_projection_is_rebuilt(
        self, tell, keeper, published, database
    ):
        one = at(3)
        await tell(one.event("valid", 1), heartbeat(1, 1, (one, 1)))
        await keeper.turn()
        async with database.transaction() as tx:
            await store.truncate(tx)
        assert await keeper.turn() == 0
        assert (await published()).slots[3] == CODES["valid"]
        # Refilled, but not by so much as the list already says.
        await tell(heartbeat(4, 2, as_of=later(4)), one.event("revoked", 2))
        assert await keeper.turn() == 0
        await tell(heartbeat(5, 2, as_of=later(5)))
        assert await keeper.turn() == 1
        held = await published()
        assert (held.slots[3], held.as_of) == (CODES["revoked"], later(5))

    async def test_heartbeats_that_were_missed_are_made_up_from_the_certificates(
        self, tell, keeper, published
    ):
        one, other = at(0), at(1)
        await tell(one.event("valid", 1), heartbeat(1, 1, (one, 1)))
        await keeper.turn()
        # Heartbeats 2 to 8 never came.
        await tell(one.event("suspended", 2), other.event("valid", 1))
        await tell(heartbeat(9, 3, as_of=later(9)))
        assert await keeper.turn() == 1
        held = await published()
        assert (held.slots[0], held.slots[1]) == (CODES["suspended"], CODES["valid"])

    async def test_new_key_signs_at_the_next_turn(
        self, tell, keeper, published, database, tmp_path
    ):
        one = at(0)
        await tell(one.event("valid", 1), heartbeat(1, 1, (one, 1)))
        await keeper.turn()
        await tell(heartbeat(2, 1, as_of=later(1)))
        other = make_settings(tmp_path, "postgresql://", "redis://").status_signing
        ring = SigningKeys("status-2", {"status-2": other.keys.key})
        rotated = Signing(ring, other.official_host, other.good_for)
        assert await StatusKeeper(database, rotated).turn() == 1
        async with database.reading() as tx:
            token = await status_store.token(tx, 0)
        assert read_status_list(token, ring.public).key_id == "status-2"

    async def test_two_copies_at_once_sign_once(self, tell, database, signing):
        one = at(0)
        await tell(one.event("valid", 1), heartbeat(1, 1, (one, 1)))
        keepers = [StatusKeeper(database, signing) for _ in range(3)]
        assert sum(await asyncio.gather(*(keeper.turn() for keeper in keepers))) == 1

    async def test_invented_certificates_have_no_place(self, tell, keeper, published):
        one, invented = at(0), at(1)
        await tell(invented.event("valid", 1, told_at=later(90 * 365 * 24 * 3600)))
        await tell(one.event("valid", 1), heartbeat(1, 1, (one, 1)))
        await keeper.turn()
        held = await published()
        assert (held.slots[0], held.slots[1]) == (CODES["valid"], CODES["revoked"])


async def test_rebuilt_slots_equal_those_that_followed_each_change(
    tell, keeper, database, slots_of
):
    """Two hundred changes of sixty certificates in three lists, in a random order."""
    chance = random.Random(20261123)  # noqa: S311 - an order that can be repeated
    places = chance.sample(range(3 * SLOTS), 60)
    ones = {index: at(index) for index in places}
    versions = dict.fromkeys(places, 0)
    size = 0
    for number in range(1, 51):
        changed = []
        for index in chance.choices(places, k=4):
            versions[index] += 1
            size += 1
            state = "valid" if versions[index] == 1 else chance.choice(list(CODES))
            one = ones[index]
            await tell(one.event(state, versions[index], told_at=later(number)))
            changed.append((one, versions[index]))
        await tell(heartbeat(number, size, *changed, as_of=later(number)))
        if chance.random() < 0.4:
            await keeper.turn()
    await tell(heartbeat(51, size, as_of=later(51)))
    await keeper.turn()
    followed = [(await slots_of(number)).packed for number in range(3)]
    async with database.transaction() as tx:
        await tx.execute(text("TRUNCATE projection.status_lists"))
        fresh = await store.current_freshness(tx)
        await rebuild(tx, fresh)
    assert [(await slots_of(number)).packed for number in range(3)] == followed
    assert any(slot != 0b01010101 for slot in followed[2])


class TestServing:
    @pytest.fixture
    async def listed(self, tell, keeper):
        one = at(2)
        await tell(one.event("valid", 1), heartbeat(1, 1, (one, 1)))
        await keeper.turn()
        return one

    async def test_list_is_served_as_signed(self, api, listed, signing):
        answer = await api.client.get("/v/status/0", headers={"accept-encoding": "identity"})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/statuslist+jwt"
        assert answer.headers["cache-control"] == "public, max-age=30, must-revalidate"
        assert answer.headers["access-control-allow-origin"] == "*"
        held = read_status_list(answer.text, signing.keys.public)
        assert (held.number, held.slots[2]) == (0, CODES["valid"])

    async def test_compressed_answer_is_the_same_under_its_own_tag(self, api, listed):
        plain = await api.client.get("/v/status/0", headers={"accept-encoding": "identity"})
        packed = await api.client.get("/v/status/0", headers={"accept-encoding": "br, gzip"})
        assert (packed.headers["content-encoding"], packed.text) == ("gzip", plain.text)
        assert packed.headers["etag"] != plain.headers["etag"]
        assert packed.headers["vary"] == plain.headers["vary"] == "accept-encoding"
        assert len(gzip.compress(plain.content)) < len(plain.content)

    async def test_reader_who_has_it_gets_304_until_it_is_signed_anew(
        self, api, listed, tell, keeper
    ):
        etag = (await api.client.get("/v/status/0")).headers["etag"]
        asked = {"if-none-match": etag}
        assert (await api.client.get("/v/status/0", headers=asked)).status_code == 304
        await tell(listed.event("revoked", 2), heartbeat(2, 2, (listed, 2), as_of=later(2)))
        await keeper.turn()
        await api.forget()
        assert (await api.client.get("/v/status/0", headers=asked)).status_code == 200

    async def test_head_has_no_body(self, api, listed):
        head = await api.client.head("/v/status/0")
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["content-length"]) > 0

    async def test_aggregation_names_every_list(self, api, listed):
        answer = await api.client.get("/v/status")
        assert answer.json() == {"status_lists": ["https://www.example.gov.cn/v/status/0"]}

    async def test_list_of_no_certificate_is_not_found(self, api, listed):
        answer = await api.client.get("/v/status/1")
        assert (answer.status_code, answer.json()["code"]) == (
            404,
            "verify.status_list_not_found",
        )

    @pytest.mark.parametrize("number", ["-1", "x", "100000", "0/0"])
    async def test_what_is_no_number_is_refused(self, api, number):
        assert (await api.client.get(f"/v/status/{number}")).status_code in (404, 422)

    @pytest.mark.parametrize(("method", "path"), [("GET", "/v/statuses"), ("POST", "/v/status/0")])
    async def test_what_is_nearly_its_path_is_a_check_of_a_bad_token(self, api, method, path):
        refused = await api.client.request(method, path, headers={"accept": "application/json"})
        assert refused.json()["code"] == "verify.token_invalid"

    async def test_every_process_serves_the_same_bytes(self, api, listed, settings):
        other = settings.model_copy(update={"api_port": settings.worker_port})
        async with served(other) as second:
            answers = [await one.client.get("/v/status/0") for one in (api, second)]
        assert answers[0].content == answers[1].content
        assert answers[0].headers["etag"] == answers[1].headers["etag"]

    async def test_last_list_is_served_while_the_database_is_away(self, listed, database):
        reader = StatusReader(database, timeout_seconds=0.5)
        before = await reader.find(0)
        async with database.transaction() as tx:
            await tx.execute(text("ALTER TABLE records.status_tokens RENAME TO elsewhere"))
        await asyncio.sleep(1.05)
        assert await reader.find(0) == before
