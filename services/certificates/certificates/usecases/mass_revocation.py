"""Revoking by file: examined at once, proposed by one, approved by another, done in chunks.

What is approved is a list of certificates with reason and fraud flag, by its hash; rows that
could not be understood or may not be revoked stay out and say why.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from certificates.domain.revocation_rows import (
    DUPLICATE,
    NOT_FOUND,
    NOT_IN_FORCE,
    OWN_CERTIFICATE,
    READY,
    REVOKED,
    ColumnMissing,
    Wish,
    columns_of,
    wish_of,
)
from certificates.domain.states import IN_FORCE, CertificateState
from certificates.errors import JobNotFound, NothingToRevoke, TableColumnMissing
from certificates.spreadsheet import Table
from certificates.store import certificates, copies, revocation_jobs
from certificates.store.revocation_jobs import Candidate, Job, Row
from certificates.usecases import Dependencies
from certificates.usecases.authority import BUREAU, PROVINCE
from certificates.usecases.suspend import move_certificate
from chassis.approvals import ApprovalDecided, Proposal
from chassis.auth import Principal
from chassis.db import Database, Transaction
from chassis.errors import Forbidden
from chassis.ids import uuid7

# Rows hold what the office wrote about people: as long as a revocation is usually disputed.
_ROWS_KEPT = timedelta(days=180)
_FORGET_AT_ONCE = 50
# Certificates revoked in one transaction; a killed worker repeats none and loses none.
_CHUNK = 100


async def examine(
    tx: Transaction, deps: Dependencies, caller: Principal, table: Table, *, file_sha256: str
) -> Job:
    """Store what each row of the file would come to; nothing is revoked by this."""
    granted = await copies.paths_of(tx, caller.require(BUREAU, PROVINCE))
    if not granted:
        raise Forbidden
    try:
        columns = columns_of(table.header)
    except ColumnMissing as error:
        raise TableColumnMissing from error
    wishes = {
        number: "formula" if number in table.formulas else wish_of(cells, columns)
        for number, cells in table.rows.items()
    }
    understood = {number: wish for number, wish in wishes.items() if isinstance(wish, Wish)}
    found = await _found(tx, granted.values(), understood.values())
    now, seen = deps.clock.now(), set[UUID]()
    outcomes = {
        number: _outcome(caller, found.get(_key(wish)), seen) for number, wish in understood.items()
    }
    ready = [
        found[_key(understood[number])].office_path
        for number, outcome in outcomes.items()
        if outcome == READY
    ]
    job = Job(
        id=uuid7(),
        state="examined",
        organisation_id=office_over(granted, ready),
        format=table.format,
        header=table.header,
        file_sha256=file_sha256,
        rows=len(table.rows),
        proposed_by=caller.actor,
        approval_id=None,
        approved_by=None,
        created_at=now,
        finished_at=None,
    )
    rows = []
    for number, cells in table.rows.items():
        row = {"job_id": job.id, "number": number, "cells": cells}
        wish = understood.get(number)
        meant = found.get(_key(wish)) if wish else None
        outcome = outcomes[number] if wish else str(wishes[number])
        rows.append(
            row
            | {
                "certificate_id": meant.certificate_id if meant else None,
                "reason_code": wish.reason_code if wish else None,
                "fraud": wish.fraud if wish else None,
                "outcome": outcome,
            }
        )
    values = {name: getattr(job, name) for name in Job.__dataclass_fields__}
    await revocation_jobs.add(tx, values | {"changed_at": now}, rows)
    return job


def office_over(granted: Mapping[UUID, str], paths: Collection[str]) -> UUID:
    """Return the office whose second person has a say over every one of ``paths``.

    The lowest of the caller's own that covers them all; where only several of his do together, the
    nearest organisation above them: nobody may approve for an office that he is not set over.
    """
    covering = [
        (len(path), organisation)
        for organisation, path in granted.items()
        if all(one.startswith(path) for one in paths)
    ]
    if covering:
        return max(covering)[1]
    lines = [path.strip("/").split("/") for path in paths]
    shared = [links[0] for links in zip(*lines, strict=False) if len(set(links)) == 1]
    return UUID(shared[-1])


async def _found(
    tx: Transaction, scopes: Collection[str], wishes: Iterable[Wish]
) -> dict[object, Candidate]:
    """Return the certificate each wish means: of several versions the newest in force."""
    wishes = list(wishes)
    found = await revocation_jobs.candidates(
        tx,
        scopes,
        ids={wish.certificate_id for wish in wishes if wish.certificate_id},
        numbers={wish.management_number for wish in wishes if wish.management_number},
    )
    by_key: dict[object, Candidate] = {}
    for one in sorted(found, key=lambda one: (one.state in IN_FORCE, one.version)):
        by_key[one.certificate_id] = one
        by_key[one.management_number, one.year] = one
    return by_key


def _key(wish: Wish) -> object:
    return wish.certificate_id or (wish.management_number, wish.year)


def _outcome(caller: Principal, meant: Candidate | None, seen: set[UUID]) -> str:
    if meant is None:
        return NOT_FOUND
    if meant.certificate_id in seen:
        return DUPLICATE
    seen.add(meant.certificate_id)
    if meant.person_id == caller.person_id:
        return OWN_CERTIFICATE
    return READY if meant.state in IN_FORCE else NOT_IN_FORCE


async def payload_of(tx: Transaction, job: Job) -> dict[str, object]:
    """Return what a second person approves; raise ``NothingToRevoke`` when it is nothing."""
    ready = await revocation_jobs.rows(tx, job.id, ready_only=True)
    if not ready:
        raise NothingToRevoke
    return {
        "job_id": str(job.id),
        "file_sha256": job.file_sha256,
        "certificates": len(ready),
        "fraud": sum(bool(row.fraud) for row in ready),
        "rows_sha256": _digest(ready),
    }


def _digest(ready: Iterable[Row]) -> str:
    content = [[str(row.certificate_id), row.reason_code, row.fraud] for row in ready]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


async def begin(tx: Transaction, deps: Dependencies, caller: Principal, proposal: Proposal) -> None:
    """Let the worker begin; what it will revoke is what was approved or nothing."""
    job = await _of(tx, proposal)
    if job.state != "proposed":
        raise ApprovalDecided
    if (await payload_of(tx, job))["rows_sha256"] != proposal.payload["rows_sha256"]:
        raise ApprovalDecided("这项待批事项的内容被改动，不能批准。")
    now = deps.clock.now()
    await revocation_jobs.change(tx, job.id, now, "approved", approved_by=caller.actor)
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action="certificate.mass_revocation.approved",
        subject=f"job:{job.id}",
        detail={"approval": str(proposal.id), "proposer": proposal.proposer},
    )


async def give_up(tx: Transaction, deps: Dependencies, proposal: Proposal) -> None:
    """Close a job that the second person refused."""
    job = await _of(tx, proposal)
    now = deps.clock.now()
    await revocation_jobs.change(tx, job.id, now, "refused", finished_at=now)


async def _of(tx: Transaction, proposal: Proposal) -> Job:
    job = await revocation_jobs.lock(tx, UUID(proposal.payload["job_id"]))
    if job is None:
        raise JobNotFound
    return job


async def revoke_approved(database: Database, deps: Dependencies) -> int:
    """Revoke what was approved, chunk by chunk; return how many rows were settled."""
    settled = 0
    while True:
        async with database.transaction() as tx:
            job = await revocation_jobs.take_approved(tx)
            if job is None:
                return settled
            ready = await revocation_jobs.rows(tx, job.id, ready_only=True, limit=_CHUNK)
            for row in ready:
                outcome = await _revoke(tx, deps, job, row)
                await revocation_jobs.settle(tx, job.id, row.number, outcome)
            if not ready:
                now = deps.clock.now()
                await revocation_jobs.change(tx, job.id, now, "done", finished_at=now)
            settled += len(ready)


async def forget_rows(database: Database, deps: Dependencies) -> int:
    """Forget the rows of files long dealt with; how many came to what stays, and each revocation.

    A proposal that nobody decided about has run out long before.
    """
    before = deps.clock.now() - _ROWS_KEPT
    async with database.transaction() as tx:
        return await revocation_jobs.forget_rows(tx, before, limit=_FORGET_AT_ONCE)


async def _revoke(tx: Transaction, deps: Dependencies, job: Job, row: Row) -> str:
    """Revoke one certificate unless something changed since it was approved."""
    certificate = await certificates.lock(tx, row.certificate_id) if row.certificate_id else None
    if certificate is None:
        return NOT_FOUND
    if f"person:{certificate.person_id}" in {job.proposed_by, job.approved_by}:
        return OWN_CERTIFICATE
    if certificate.state not in IN_FORCE:
        return NOT_IN_FORCE
    detail: Mapping[str, object] = {
        "job": str(job.id),
        "approval": str(job.approval_id),
        "proposer": job.proposed_by,
        "reason_code": row.reason_code,
        "fraud": row.fraud,
    }
    await move_certificate(
        tx,
        deps,
        certificate,
        CertificateState.REVOKED,
        reason_code=row.reason_code,
        actor=str(job.approved_by),
        detail=detail,
        fraud=bool(row.fraud),
    )
    return REVOKED
