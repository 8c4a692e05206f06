"""The public log as an outsider reads and checks it."""

import json
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from services.certificates.tests.unit.test_merkle import consistent, included
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from certificates.merkle import leaf_hash
from certificates.usecases.advance_ledger import advance_ledger
from certificates.usecases.check_log import check_log
from certificates.usecases.publish_root import publish_root
from chassis.audit import InvariantBroken

pytestmark = pytest.mark.infra
REASON = {"reason_code": "under_review"}
NOBODY = {}


@pytest.fixture
def sign(office, settings):
    """Integrate what was committed and sign the root if one is due."""

    async def signing(every=500):
        database, deps = office.bench.database, office.bench.deps
        await advance_ledger(database, deps)
        return await publish_root(database, deps, settings.log_signer, every=every)

    return signing


async def issue(office, count=1):
    await office.activate_seal()
    people = [await office.technician() for _ in range(count)]
    for one in people:
        await office.complete_year(one)
    await office.work()
    page = await office.get("certificates", office.province())
    return [item["certificate_id"] for item in page.json()["items"]]


def hashes(texts):
    return [bytes.fromhex(one) for one in texts]


class TestHead:
    async def test_is_not_there_before_the_first_root(self, office):
        answer = await office.get("log/head", NOBODY)

        assert (answer.status_code, answer.json()["code"]) == (404, "certificates.log_not_signed")

    async def test_is_signed_over_exactly_what_it_says(self, office, sign):
        await issue(office)
        await sign()

        head = (await office.get("log/head", NOBODY)).json()

        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["public_key"]))
        key.verify(bytes.fromhex(head["signature"]), head["signed"].encode())
        said = json.loads(head["signed"])
        assert (said["size"], said["root_hash"]) == (1, head["root_hash"])
        assert (said["key_id"], said["profile"]) == ("log-test", "yuzheng-tree-head-1")
        with pytest.raises(InvalidSignature):
            key.verify(bytes.fromhex(head["signature"]), head["signed"].encode() + b" ")

    async def test_is_renewed_each_day_and_after_so_many_entries(self, office, sign):
        (certificate,) = await issue(office)
        assert (await sign()).number == 1
        await office.post(f"certificates/{certificate}/suspension", office.bureau(), REASON)
        assert await sign(every=2) is None
        assert (await sign(every=1)).size == 2
        office.clock.advance(timedelta(days=1))

        quiet = await sign()

        assert (quiet.number, quiet.size) == (3, 2)
        assert await sign() is None


class TestProofs:
    async def test_every_state_is_provably_in_the_log(self, office, sign):
        certificates = await issue(office, 3)
        await office.post(f"certificates/{certificates[0]}/suspension", office.bureau(), REASON)
        await sign()
        head = (await office.get("log/head", NOBODY)).json()
        assert head["size"] == 4

        states = [(one, 1) for one in certificates] + [(certificates[0], 2)]
        for certificate, version in states:
            answer = await office.get(
                "log/inclusion", NOBODY, certificate_id=certificate, aggregate_version=version
            )
            proof = answer.json()
            leaf = leaf_hash(proof["leaf"].encode())
            assert leaf.hex() == proof["leaf_hash"]
            said = json.loads(proof["leaf"])
            assert (said["certificate_id"], said["aggregate_version"]) == (certificate, version)
            assert included(
                leaf,
                proof["position"],
                proof["size"],
                hashes(proof["path"]),
                bytes.fromhex(head["root_hash"]),
            )

    async def test_log_provably_only_grew(self, office, sign):
        certificates = await issue(office, 3)
        await sign()
        before = (await office.get("log/head", NOBODY)).json()
        for one in certificates:
            await office.post(f"certificates/{one}/suspension", office.bureau(), REASON)
        await sign(every=1)
        after = (await office.get("log/head", NOBODY)).json()

        answer = await office.get(
            "log/consistency", NOBODY, first=before["size"], second=after["size"]
        )

        roots = hashes([before["root_hash"], after["root_hash"]])
        assert consistent(3, 6, hashes(answer.json()["path"]), *roots)

    async def test_unsigned_and_unknown_are_told_apart(self, office, sign):
        (certificate,) = await issue(office)
        await sign()
        await office.post(f"certificates/{certificate}/suspension", office.bureau(), REASON)
        await advance_ledger(office.bench.database, office.bench.deps)

        async def code(path, **query):
            return (await office.get(f"log/{path}", NOBODY, **query)).json()["code"]

        state = {"certificate_id": certificate, "aggregate_version": 2}
        assert await code("inclusion", **state) == "certificates.log_entry_not_signed"
        state = {"certificate_id": certificate, "aggregate_version": 3}
        assert await code("inclusion", **state) == "certificates.log_entry_not_found"
        state = {"certificate_id": certificate, "aggregate_version": 1, "size": 2}
        assert await code("inclusion", **state) == "certificates.log_size_unknown"
        assert await code("consistency", first=1, second=2) == "certificates.log_size_unknown"


class TestEntries:
    async def test_say_nothing_personal(self, office, sign):
        technician = await office.technician(name="张三丰")
        await office.activate_seal()
        certificate = await office.issue(technician)
        await sign()

        answer = await office.get("log/entries", NOBODY)

        (entry,) = answer.json()["items"]
        assert json.loads(entry["leaf"]).keys() == {
            "profile",
            "certificate_id",
            "aggregate_version",
            "state",
            "record_digest",
            "token_hash",
            "at",
        }
        private = (technician.person_id, technician.management_number, "张三丰", "410105")
        for word in map(str, private):
            assert word not in answer.text
        assert certificate["certificate_id"] in answer.text

    async def test_can_be_read_page_by_page(self, office, sign):
        await issue(office, 3)
        await sign()

        pages = [(await office.get("log/entries", NOBODY, start=n, limit=2)).json() for n in (0, 2)]

        places = [[one["position"] for one in page["items"]] for page in pages]
        assert places == [[0, 1], [2]]


class TestAudit:
    async def test_counts_the_signed_roots(self, office, sign):
        await issue(office, 3)
        await sign()
        async with office.bench.database.reading() as tx:
            assert await check_log(tx, 3) == 1

    @pytest.mark.parametrize(
        ("table", "change", "said"),
        [
            ("ledger_entries", "UPDATE ledger_entries SET state = 'revoked'", "its content"),
            ("log_nodes", "UPDATE log_nodes SET hash = '\\x00' WHERE level = 1", "node (1, 0)"),
            ("log_heads", "UPDATE log_heads SET root = '\\x00'", "is not the root of"),
            ("log_heads", "UPDATE log_heads SET signature = '\\x00'", "the signature is wrong"),
            ("log_heads", "UPDATE log_heads SET number = 2", "signed root 1 of the log is missing"),
            ("log_heads", "UPDATE log_heads SET size = 9", "a tree that never was"),
        ],
    )
    async def test_finds_what_was_altered_behind_the_service(
        self, office, sign, table, change, said
    ):
        await issue(office, 3)
        await sign()
        database = office.bench.database
        with pytest.raises(DBAPIError, match="append-only"):
            async with database.transaction() as tx:
                await tx.execute(text(change))
        async with database.transaction() as tx:
            await tx.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER append_only"))
            await tx.execute(text(change))

        async with database.reading() as tx:
            with pytest.raises(InvariantBroken) as broken:
                await check_log(tx, 3)
        assert said in str(broken.value)
