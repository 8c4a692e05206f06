"""The projection asked for more than a token's fact: by number, by person, with what is compared.

A reading takes the instant first, as everywhere: rows read after it are at least as new.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Column, ColumnElement, RowMapping, any_, literal, select, text

from chassis.db import Transaction, within
from verify import store
from verify.domain import Fact, Offices, Snapshot
from verify.tables import certificates, clients, organisations, seals


class Entry(NamedTuple):
    """One certificate: what may be shown of it, and what is only compared."""

    certificate_id: UUID
    fact: Fact
    name_check: bytes | None
    person_id: UUID | None
    employer_id: UUID | None
    file_sha256: bytes | None
    file_bytes: int | None
    record_digest: bytes | None


class Client(NamedTuple):
    """A system of another body that may check certificates."""

    client_id: UUID
    name: str
    checks_per_day: int
    active: bool


class Reading(NamedTuple):
    """Entries of one instant, newest year and version first."""

    entries: list[Entry]
    as_of: datetime | None
    offices: Offices

    def snapshot(self, entry: Entry) -> Snapshot:
        """Return ``entry`` as ``judge`` wants it."""
        return Snapshot(entry.fact, self.as_of, self.offices)


async def by_numbers(tx: Transaction, numbers: Sequence[str]) -> Reading:
    """Return every certificate with one of the management numbers."""
    return await _read(tx, _one_of(certificates.c.management_number, numbers))


async def by_people(tx: Transaction, people: Sequence[UUID]) -> Reading:
    """Return every certificate of the persons."""
    return await _read(tx, _one_of(certificates.c.person_id, people))


async def by_token(tx: Transaction, token_hash: bytes) -> Reading:
    """Return the certificate of a token, if there is one."""
    return await _read(tx, certificates.c.token_hash == token_hash)


def _one_of(column: Column[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """Return the condition as one array, so that thousands of values are one statement."""
    return column == any_(literal(list(values), ARRAY(column.type)))


async def _read(tx: Transaction, condition: ColumnElement[bool]) -> Reading:
    fresh = await store.current_freshness(tx)
    query = store.CERTIFICATES.where(condition).order_by(
        certificates.c.year.desc(), certificates.c.certificate_version.desc()
    )
    rows = (await tx.execute(query)).mappings()
    entries = [_entry(row) for row in rows]
    offices = await store.all_offices(tx)
    return Reading(entries, fresh["as_of"] if fresh else None, offices)


def _entry(row: RowMapping) -> Entry:
    return Entry(
        certificate_id=row["certificate_id"],
        fact=store.fact(row),
        name_check=row["name_check"],
        person_id=row["person_id"],
        employer_id=row["employer_id"],
        file_sha256=row["file_sha256"],
        file_bytes=row["file_bytes"],
        record_digest=row["record_digest"],
    )


async def by_tokens(tx: Transaction, hashes: Sequence[bytes]) -> dict[bytes, Entry]:
    """Return the certificates of the tokens' hashes."""
    query = store.CERTIFICATES.where(_one_of(certificates.c.token_hash, hashes))
    return {row["token_hash"]: _entry(row) for row in (await tx.execute(query)).mappings()}


async def client_of(tx: Transaction, client_id: UUID) -> Client | None:
    """Return an API client as identity last told of it."""
    query = select(*(clients.c[name] for name in Client._fields))
    row = (await tx.execute(query.where(clients.c.client_id == client_id))).first()
    return Client(*row) if row else None


async def paths_of(tx: Transaction, ids: Sequence[UUID]) -> list[str]:
    """Return the places of those organisations that are known, as paths."""
    query = select(organisations.c.path).where(organisations.c.organisation_id.in_(ids))
    return list((await tx.scalars(query)).all())


async def organisations_within(
    tx: Transaction, ids: Sequence[UUID], scopes: Sequence[str]
) -> set[UUID]:
    """Return those of the organisations that lie in one of the subtrees."""
    query = (
        select(organisations.c.organisation_id)
        .where(_one_of(organisations.c.organisation_id, ids))
        .where(text(within("path")).bindparams(scopes=list(scopes)))
    )
    return set((await tx.scalars(query)).all())


async def signers_of(tx: Transaction, office_id: UUID) -> set[bytes]:
    """Return the certificates an office ever filed a seal with; a replaced one sealed before."""
    query = select(seals.c.signer_sha256).where(seals.c.office_id == office_id)
    return {one for one in (await tx.scalars(query)).all() if one}
