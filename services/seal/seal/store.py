"""Every SQL statement of the service."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, RowMapping, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from chassis.db import Transaction
from seal.domain import Activation, LogEntry, SignatureMade, SigningRequest, chain
from seal.tables import (
    access_tokens,
    activations,
    signatures,
    signing_certificates,
    signing_requests,
)

# The log is read in slices of this size, so that an audit of millions stays small in memory.
_SLICE = 1000
_MADE_FIELDS = tuple(SignatureMade.__dataclass_fields__)


async def add_access_token(
    tx: Transaction, *, token_sha256: bytes, client: str, expires_at: datetime
) -> None:
    await tx.execute(
        insert(access_tokens).values(
            token_sha256=token_sha256, client=client, expires_at=expires_at
        )
    )


async def client_of_token(tx: Transaction, token_sha256: bytes, now: datetime) -> str | None:
    table = access_tokens
    query = select(table.c.client).where(
        table.c.token_sha256 == token_sha256, table.c.expires_at > now
    )
    client: str | None = await tx.scalar(query)
    return client


async def add_activation(tx: Transaction, *, sad_sha256: bytes, activation: Activation) -> None:
    await tx.execute(
        insert(activations).values(
            sad_sha256=sad_sha256,
            client=activation.client,
            credential=activation.credential,
            hashes=sorted(activation.hashes),
            expires_at=activation.expires_at,
        )
    )


async def use_activation(tx: Transaction, sad_sha256: bytes, now: datetime) -> Activation | None:
    """Mark the SAD as used and return what it permits; None when unknown or used already.

    The row stays locked until the transaction ends: a second user waits, then finds it used.
    """
    table = activations
    statement = (
        update(table)
        .where(table.c.sad_sha256 == sad_sha256, table.c.used_at.is_(None))
        .values(used_at=now)
        .returning(table.c.client, table.c.credential, table.c.hashes, table.c.expires_at)
    )
    row = (await tx.execute(statement)).first()
    if row is None:
        return None
    return Activation(row.client, row.credential, frozenset(row.hashes), row.expires_at)


async def claim_request(tx: Transaction, request: SigningRequest) -> bool:
    """Enter the request; False when this client used the key before.

    A concurrent repeat waits here until the first one has committed or rolled back.
    """
    statement = (
        upsert(signing_requests)
        .values(
            id=request.id,
            client=request.client,
            request_key=request.request_key,
            credential=request.credential,
            hashes_sha256=request.hashes_sha256,
            requested_at=request.requested_at,
        )
        .on_conflict_do_nothing(index_elements=["client", "request_key"])
        .returning(signing_requests.c.id)
    )
    return (await tx.execute(statement)).first() is not None


async def find_request(tx: Transaction, client: str, request_key: str) -> Row[Any, Any]:
    """Return id and fingerprint of the request that holds this key."""
    table = signing_requests
    query = select(table.c.id, table.c.hashes_sha256).where(
        table.c.client == client, table.c.request_key == request_key
    )
    return (await tx.execute(query)).one()


async def signatures_of_request(tx: Transaction, request_id: UUID) -> list[bytes]:
    """Return the recorded signatures in the order of the request's hashes."""
    table = signatures
    query = (
        select(table.c.signature).where(table.c.request_id == request_id).order_by(table.c.position)
    )
    return list(await tx.scalars(query))


async def keep_certificate(tx: Transaction, *, sha256: bytes, der: bytes, now: datetime) -> None:
    values = {"sha256": sha256, "der": der, "first_used_at": now}
    await tx.execute(upsert(signing_certificates).values(values).on_conflict_do_nothing())


async def certificates(tx: Transaction) -> dict[bytes, bytes]:
    """Return every certificate the log refers to, DER by its SHA-256."""
    rows = await tx.execute(select(signing_certificates.c.sha256, signing_certificates.c.der))
    return {row.sha256: row.der for row in rows}


async def append_to_log(tx: Transaction, made: Iterable[SignatureMade]) -> None:
    """Chain the signatures to the end of the log.

    The lock is held until the commit, so positions are dense and visible in their order: whoever
    has read up to a position never misses an earlier one. Take it last, it makes others wait.
    """
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("signature_log", 0))))
    last = (
        (await tx.execute(select(signatures).order_by(signatures.c.position.desc()).limit(1)))
        .mappings()
        .first()
    )
    entries = chain(_entry(last) if last else None, made)
    await tx.execute(insert(signatures), [_row(entry) for entry in entries])


async def log_after(tx: Transaction, after: int, most: int) -> Sequence[LogEntry]:
    table = signatures
    query = select(table).where(table.c.position > after).order_by(table.c.position).limit(most)
    return [_entry(row) for row in (await tx.execute(query)).mappings()]


async def whole_log(tx: Transaction) -> AsyncIterator[LogEntry]:
    after = -1
    while entries := await log_after(tx, after, _SLICE):
        for entry in entries:
            yield entry
        after = entries[-1].position


async def purge_expired(tx: Transaction, before: datetime) -> int:
    """Forget access tokens and activations that expired before ``before``; return how many."""
    removed = 0
    for table in (access_tokens, activations):
        removed += (await tx.execute(delete(table).where(table.c.expires_at < before))).rowcount
    return removed


def _row(entry: LogEntry) -> dict[str, Any]:
    return {
        "position": entry.position,
        **{name: getattr(entry.made, name) for name in _MADE_FIELDS},
        "previous_hash": entry.previous_hash,
        "entry_hash": entry.entry_hash,
    }


def _entry(row: RowMapping) -> LogEntry:
    made = SignatureMade(**{name: row[name] for name in _MADE_FIELDS})
    return LogEntry(row["position"], made, row["previous_hash"], row["entry_hash"])
