"""A database and an object store with certificates of different people, for measuring."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from documents import record
from sqlalchemy import insert

from certificates import tables
from certificates.domain.entities import Certificate
from certificates.domain.states import CertificateState
from certificates.store import revisions
from chassis.clock import SystemClock
from chassis.db import Database
from chassis.objects import ObjectStore


async def fill(
    database: Database,
    files: ObjectStore,
    make: Callable[[int], bytes],
    count: int,
    *,
    signer: bytes = b"",
    chain: Sequence[bytes] = (),
) -> list[UUID]:
    """Store so many certificates as issued now, their next revisions due; return their ids."""
    now, seal_id, employer_id = SystemClock().now(), uuid4(), uuid4()
    same: dict[str, Any] = {"aggregate_version": 1, "created_at": now, "changed_at": now}
    seal = {
        "id": seal_id, "state": "active", "office_id": uuid4(), "name": "章", "endpoint": "e",
        "credential_id": "c", "signer_certificate": signer, "chain": list(chain),
        "applied_by": "bench", **same,
    }  # fmt: skip
    async with database.transaction() as tx:
        await tx.execute(insert(tables.seals).values(seal))
    ids = []
    for number in range(count):
        one, file = record(number), make(number)
        certificate = Certificate(
            certificate_id=uuid4(), aggregate_version=1, state=CertificateState.VALID,
            state_reason=None, intent_id=uuid4(), person_id=uuid4(), year=2026, version=1,
            completion=1, supersedes=None, management_number=one.number, name=one.name,
            identity_masked=one.identity_masked, sex=one.sex, employer_id=employer_id,
            employer_name=one.employer, title_level=one.level, total_tenths=900,
            public_tenths=300, professional_tenths=600, office_id=seal["office_id"],
            office_name=one.office_name, issued_on=date(2026, 11, 23), issued_at=now,
            changed_at=now, status_index=number, token_hash=hashlib.sha256(b"%d" % number).digest(),
            record=b"{}", record_digest=b"d", template_version="2026.1", seal_id=seal_id,
            signer_certificate=signer, rendered_length=len(file),
            file_sha256=await files.put(file), file_bytes=len(file), attention=None,
        )  # fmt: skip
        intent = {
            "id": certificate.intent_id, "state": "issued", "person_id": certificate.person_id,
            "year": 2026, "completion": 1, "completed_at": now, "employer_id": employer_id,
            "title_level": "junior", "rule_id": uuid4(), "rule_version": 1, "total_tenths": 900,
            "public_tenths": 300, "professional_tenths": 600, "attempts": 0, "deadline_at": now,
            "correlation_id": "", "causation_id": "", "traceparent": "", **same,
        }  # fmt: skip
        async with database.transaction() as tx:
            await tx.execute(insert(tables.intents).values(intent))
            await tx.execute(insert(tables.certificates).values(asdict(certificate)))
            await revisions.register_sealed(tx, certificate, due_at=now)
        ids.append(certificate.certificate_id)
    return ids
