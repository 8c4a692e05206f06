"""The registry of template versions and the pictures that were made for their approval."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from certificates.domain.entities import Comparison, RegisteredTemplate
from certificates.store.reading import columns_of, entity_of
from certificates.tables import certificates, template_comparisons, template_versions
from chassis.db import Transaction

_COLUMNS = columns_of(template_versions, RegisteredTemplate)
_PICTURES = columns_of(template_comparisons, Comparison)
_versions, _comparisons = template_versions.c, template_comparisons.c


async def add_unknown(tx: Transaction, rows: Iterable[dict[str, Any]]) -> None:
    """Add the versions that the registry does not have; those it has stay as they are."""
    for row in rows:
        await tx.execute(upsert(template_versions).values(row).on_conflict_do_nothing())


async def live(tx: Transaction, form: str) -> RegisteredTemplate | None:
    query = select(*_COLUMNS).where(_versions.form == form, _versions.state == "live")
    row = (await tx.execute(query)).mappings().first()
    return entity_of(RegisteredTemplate, row) if row else None


async def lock_form(tx: Transaction, form: str) -> list[RegisteredTemplate]:
    """Return the form's versions, locked: only one change goes on at a time."""
    query = select(*_COLUMNS).where(_versions.form == form).order_by(_versions.version)
    rows = (await tx.execute(query.with_for_update())).mappings()
    return [entity_of(RegisteredTemplate, row) for row in rows]


async def lock(tx: Transaction, form: str, version: str) -> RegisteredTemplate | None:
    """Return the version, with all others of its form locked."""
    found = await lock_form(tx, form)
    return next((one for one in found if one.version == version), None)


async def everything(tx: Transaction) -> list[RegisteredTemplate]:
    query = select(*_COLUMNS).order_by(_versions.form, _versions.version)
    return [entity_of(RegisteredTemplate, row) for row in (await tx.execute(query)).mappings()]


async def change(
    tx: Transaction, template: RegisteredTemplate, state: str, now: datetime, **values: Any
) -> None:
    await tx.execute(
        update(template_versions)
        .where(_versions.form == template.form, _versions.version == template.version)
        .values(state=state, changed_at=now, **values)
    )


async def keep_comparisons(
    tx: Transaction, template: RegisteredTemplate, comparisons: Sequence[Comparison]
) -> None:
    """Replace the pictures of that version: those of an earlier proposal are of no use."""
    await tx.execute(
        template_comparisons.delete().where(
            _comparisons.form == template.form, _comparisons.version == template.version
        )
    )
    rows = [asdict(one) for one in comparisons]
    if rows:
        await tx.execute(insert(template_comparisons), rows)


async def comparisons(tx: Transaction) -> list[Comparison]:
    query = select(*_PICTURES).order_by(_comparisons.form, _comparisons.version)
    found = (await tx.execute(query.order_by(_comparisons.sample))).mappings()
    return [entity_of(Comparison, row) for row in found]


async def comparison(tx: Transaction, form: str, version: str, sample: str) -> Comparison | None:
    query = select(*_PICTURES).where(
        _comparisons.form == form,
        _comparisons.version == version,
        _comparisons.sample == sample,
    )
    row = (await tx.execute(query)).mappings().first()
    return entity_of(Comparison, row) if row else None


async def digest_of(tx: Transaction, form: str, version: str) -> str | None:
    query = select(_versions.digest).where(_versions.form == form, _versions.version == version)
    return (await tx.execute(query)).scalar_one_or_none()


async def used_by_certificates(tx: Transaction) -> list[tuple[str, str | None]]:
    """Return every pair of template version and digest that certificates were issued with."""
    query = select(certificates.c.template_version, certificates.c.template_digest).distinct()
    return [(row[0], row[1]) for row in await tx.execute(query)]


async def complete_digests(tx: Transaction, form: str, first: RegisteredTemplate) -> None:
    """Say of the certificates that are older than the registry which files made them."""
    if form == "certificate":
        await tx.execute(
            update(certificates)
            .where(certificates.c.template_version == first.version)
            .where(certificates.c.template_digest.is_(None))
            .values(template_digest=first.digest)
        )
