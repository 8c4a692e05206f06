"""The append-only log: read in order, closed to changes; its audit finds what was done to it."""

import base64
import hashlib

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from tests.kit.pki import throw_away_pki

from chassis.audit import InvariantBroken
from chassis.clock import SystemClock
from seal import tables
from seal.domain import LogEntry, SignatureMade, chain
from seal.usecases.check_log import check_log

pytestmark = pytest.mark.infra


async def check(service):
    return await check_log(service.database, service.app.state.desk.audit)


async def tamper(service, *statements):
    """Do what only the database's administrator could: switch the triggers off and write."""
    async with service.database.transaction() as tx:
        for table in ("signatures", "signing_certificates", "audit_rows"):
            await tx.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        for statement in statements:
            await tx.execute(statement if not isinstance(statement, str) else text(statement))


class TestReading:
    async def test_entries_tell_what_was_signed_in_order(self, service, hashes):
        asked = hashes(3)
        signatures = await service.certificates.seal(asked, key="batch-1")

        log = await service.auditor.log()

        assert [entry["position"] for entry in log["entries"]] == [1, 2, 3]
        assert [entry["hash"] for entry in log["entries"]] == [one.hex() for one in asked]
        assert [entry["signature_sha256"] for entry in log["entries"]] == [
            hashlib.sha256(one).hexdigest() for one in signatures
        ]
        assert {entry["client"] for entry in log["entries"]} == {"certificates"}
        assert {entry["request_key"] for entry in log["entries"]} == {"batch-1"}

    async def test_it_is_read_on_from_the_last_position(self, service, hashes):
        await service.certificates.seal(hashes(5))

        first = await service.auditor.log(limit=2)
        rest = await service.auditor.log(after=first["next_after"])
        end = await service.auditor.log(after=rest["next_after"])

        assert [entry["position"] for entry in rest["entries"]] == [3, 4, 5]
        assert end == {"entries": [], "next_after": 5}

    @pytest.mark.parametrize("query", [{"after": -1}, {"limit": 0}, {"limit": 1001}])
    async def test_a_query_out_of_range_is_refused(self, service, query):
        headers = {"authorization": f"Bearer {service.auditor.token}"}

        answer = await service.auditor.http.get("/log", params=query, headers=headers)

        assert (answer.status_code, answer.json()["code"]) == (400, "seal.request_malformed")

    async def test_the_audit_row_is_committed_with_the_signatures(self, service, hashes):
        await service.certificates.seal(hashes(2), key="batch-1")

        async with service.database.reading() as tx:
            row = (await tx.execute(select(tables.audit.rows))).mappings().one()
        assert row["action"] == "seal.hashes_signed"
        assert row["actor"] == "client:certificates"
        assert row["detail"] == {"credential": "seal", "count": 2, "request_key": "batch-1"}


class TestAppendOnly:
    @pytest.mark.parametrize("table", ["signatures", "signing_requests", "signing_certificates"])
    @pytest.mark.parametrize("change", ["DELETE FROM {0}", "UPDATE {0} SET {1} = {1}"])
    async def test_a_change_is_refused_by_the_database(self, service, hashes, table, change):
        column = {"signing_certificates": "sha256"}.get(table, "id")
        await service.certificates.seal(hashes(1))

        with pytest.raises(DBAPIError, match="append-only"):
            async with service.database.transaction() as tx:
                await tx.execute(text(change.format(table, column)))

    async def test_truncation_is_refused_by_the_database(self, service):
        with pytest.raises(DBAPIError, match="append-only"):
            async with service.database.transaction() as tx:
                await tx.execute(text("TRUNCATE signatures"))


class TestAudit:
    async def test_it_counts_what_it_has_checked(self, service, hashes):
        await service.certificates.seal(hashes(3))
        await service.certificates.seal(hashes(2, first=9))
        await service.app.state.desk.audit.seal(service.database)

        checked = await check(service)

        assert (checked.signatures, checked.audit_rows) == (5, 2)

    async def test_an_empty_log_is_in_order(self, service):
        assert (await check(service)).signatures == 0

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM signatures WHERE position = 2",
            "DELETE FROM signatures WHERE position = 1",
            "UPDATE signatures SET client = 'somebody' WHERE position = 2",
            "UPDATE signatures SET request_key = 'other' WHERE position = 2",
            "UPDATE signatures SET signed_at = signed_at + interval '1 day' WHERE position = 2",
            "UPDATE signatures SET hash = sha256('forged') WHERE position = 2",
            "UPDATE signatures SET entry_hash = sha256('forged') WHERE position = 1",
        ],
    )
    async def test_a_change_behind_the_triggers_back_is_found(self, service, hashes, statement):
        await service.certificates.seal(hashes(3))
        await tamper(service, statement)

        with pytest.raises(InvariantBroken, match=r"after position [01]"):
            await check(service)

    async def test_an_inserted_entry_is_found_by_its_signature(self, service, hashes):
        """A forger who can extend the chain correctly still lacks the key."""
        await service.certificates.seal(hashes(1))
        async with service.database.reading() as tx:
            row = dict((await tx.execute(select(tables.signatures))).mappings().one())
        fields = {name: row[name] for name in SignatureMade.__dataclass_fields__}
        last = LogEntry(1, SignatureMade(**fields), row["previous_hash"], row["entry_hash"])
        forger = throw_away_pki().issue()
        digest = hashes(1, first=99)[0]
        forged = fields | {
            "id": "01890000-0000-7000-8000-000000000000",
            "hash": digest,
            "signature": forger.sign_digest(digest),
        }
        [entry] = chain(last, [SignatureMade(**forged)])
        await tamper(
            service,
            insert(tables.signatures).values(
                **forged,
                position=2,
                previous_hash=entry.previous_hash,
                entry_hash=entry.entry_hash,
            ),
        )

        with pytest.raises(InvariantBroken, match="position 2 does not verify"):
            await check(service)

    async def test_a_swapped_certificate_is_found(self, service, hashes):
        await service.certificates.seal(hashes(1))
        other = base64.b64decode(
            "".join(throw_away_pki().good.chain_pem.splitlines()[1:]).split("-----")[0]
        )
        await tamper(service, update(tables.signing_certificates).values(der=other))

        with pytest.raises(InvariantBroken, match="is another one"):
            await check(service)

    async def test_a_changed_audit_row_is_found(self, service, hashes):
        await service.certificates.seal(hashes(1))
        await service.app.state.desk.audit.seal(service.database)
        await tamper(service, "UPDATE audit_rows SET actor = 'client:nobody'")

        with pytest.raises(InvariantBroken, match="audit chain"):
            await check(service)

    async def test_entries_of_a_former_certificate_still_verify(self, service, hashes, start):
        await service.certificates.seal(hashes(1))
        replaced = throw_away_pki().issue(public_key=service.signer.certificate.public_key())
        path = service.settings.certificate_chain_file.with_name("replaced.pem")
        path.write_text(replaced.chain_pem)

        async with start(
            database_url=service.settings.database_url, certificate_chain_file=path
        ) as again:
            await again.certificates.log_in()
            await again.certificates.seal(hashes(1, first=5))
            assert (await check(again)).signatures == 2
            async with again.database.reading() as tx:
                count = select(func.count()).select_from(tables.signing_certificates)
                assert await tx.scalar(count) == 2


class TestPurge:
    async def test_what_has_expired_goes_and_the_log_stays(self, service, hashes):
        from seal import store  # noqa: PLC0415 - used here alone

        await service.certificates.seal(hashes(1))

        async with service.database.transaction() as tx:
            removed = await store.purge_expired(tx, SystemClock().now().replace(year=2999))

        assert removed == 3
        assert (await check(service)).signatures == 1
