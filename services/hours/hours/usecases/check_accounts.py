"""The after-the-fact auditor: recompute what this service must never get wrong."""

from dataclasses import dataclass

from sqlalchemy import RowMapping

from chassis.audit import Audit, InvariantBroken
from chassis.db import Database, Transaction
from chassis.errors import NotFound
from chassis.objects import DamagedObject, ObjectStore
from hours.domain.accounts import YearAccount
from hours.policy import Rule, count, judge
from hours.store import accounts, auditing, claims, reference


@dataclass(frozen=True)
class Checked:
    """How many rows were looked at."""

    accounts: int
    claims: int
    files: int
    audit_rows: int


async def check_accounts(database: Database, objects: ObjectStore, audit: Audit) -> Checked:
    """Recompute every year account from its approved claims, read every file, walk the chain.

    Raise ``InvariantBroken`` naming the first violation. Safe beside a running service: each
    account is compared with the claims of one snapshot.
    """
    async with database.reading() as tx:
        stray = await auditing.approved_without_both_steps(tx)
        if stray:
            raise InvariantBroken(f"claim {stray} is approved but did not pass both steps")
        stray = await auditing.approved_without_account(tx)
        if stray:
            raise InvariantBroken(f"claim {stray} is approved but its year has no account")
        claim_count = await auditing.claim_count(tx)
    account_count = await _each_account(database)
    file_count = await _each_file(database, objects)
    async with database.reading() as tx:
        audit_count = await audit.verify(tx)
    return Checked(account_count, claim_count, file_count, audit_count)


async def _each_account(database: Database) -> int:
    checked = 0
    rules: dict[tuple[object, int], Rule] = {}
    async with database.reading() as listing:
        ids = [account.id async for account in accounts.changed_since(listing, None)]
    for account_id in ids:
        async with database.reading() as tx:
            await auditing.one_snapshot(tx)
            account = await accounts.get(tx, account_id)
            await _check(tx, account, rules)
        checked += 1
    return checked


async def _check(
    tx: Transaction, account: YearAccount, rules: dict[tuple[object, int], Rule]
) -> None:
    approved = await claims.approved_credits(tx, account.person_id, account.year)
    if count(approved) != dict(account.counted):
        raise InvariantBroken(f"account {account.id} does not add up to its approved claims")
    if account.completed and not account.attestation_holds:
        raise InvariantBroken(f"account {account.id} attests hours it no longer has")
    if account.circumstances is None:
        return
    key = (account.circumstances.rule_id, account.circumstances.rule_version)
    if key not in rules:
        rules[key] = await reference.rule(tx, *key)
    if account.completed and not judge(rules[key], approved).complete:
        raise InvariantBroken(f"account {account.id} is completed without meeting its rule")


async def _each_file(database: Database, objects: ObjectStore) -> int:
    async with database.reading() as tx:
        rows = await auditing.evidence_files(tx)
    for row in rows:
        await _check_file(objects, row)
    return len(rows)


async def _check_file(objects: ObjectStore, row: RowMapping) -> None:
    try:
        content = await objects.get(row["sha256"])
    except (NotFound, DamagedObject) as error:
        raise InvariantBroken(f"evidence file {row['sha256']} is lost or damaged") from error
    if len(content) != row["size_bytes"]:
        raise InvariantBroken(f"evidence file {row['sha256']} has another size than noted")
