"""What must hold between the versions of a person's year; each query finds the first violation."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from certificates.domain.states import IN_FORCE, CertificateState
from certificates.tables import certificates, intents
from chassis.db import Transaction

_OTHER = certificates.alias("other")


def _same_year() -> ColumnElement[bool]:
    return and_(
        _OTHER.c.person_id == certificates.c.person_id, _OTHER.c.year == certificates.c.year
    )


async def _first(tx: Transaction, query: Select[tuple[UUID]]) -> UUID | None:
    found: UUID | None = await tx.scalar(query.limit(1))
    return found


async def misnumbered(tx: Transaction) -> UUID | None:
    """Return a certificate whose version is not the one its intent was given.

    Versions need not be dense: one that was rendered and never sealed stays used up.
    """
    query = select(certificates.c.certificate_id).join(
        intents, intents.c.id == certificates.c.intent_id
    )
    return await _first(tx, query.where(intents.c.version != certificates.c.version))


async def overtaken(tx: Transaction) -> UUID | None:
    """Return a certificate in force although a newer version of its year exists."""
    newer = and_(_same_year(), _OTHER.c.version > certificates.c.version)
    query = select(certificates.c.certificate_id).where(
        certificates.c.state.in_(IN_FORCE), select(_OTHER.c.certificate_id).where(newer).exists()
    )
    return await _first(tx, query)


async def without_successor(tx: Transaction) -> UUID | None:
    """Return a superseded certificate that not exactly one newer version replaces."""
    successors = (
        select(func.count())
        .where(
            _same_year(),
            _OTHER.c.supersedes == certificates.c.certificate_id,
            _OTHER.c.version > certificates.c.version,
        )
        .scalar_subquery()
    )
    superseded = certificates.c.state == CertificateState.SUPERSEDED
    return await _first(
        tx, select(certificates.c.certificate_id).where(superseded, successors != 1)
    )


async def replacing_nothing(tx: Transaction) -> UUID | None:
    """Return a certificate that names as replaced one that is not a superseded one of its year."""
    replaced = _OTHER.c.certificate_id == certificates.c.supersedes
    query = (
        select(certificates.c.certificate_id)
        .outerjoin(_OTHER, and_(_same_year(), replaced))
        .where(certificates.c.supersedes.is_not(None))
        .where(
            or_(
                _OTHER.c.state.is_(None),
                _OTHER.c.state != CertificateState.SUPERSEDED,
                _OTHER.c.version >= certificates.c.version,
            )
        )
    )
    return await _first(tx, query)


async def count_superseded(tx: Transaction) -> int:
    """Return how many certificates a newer version has replaced."""
    query = select(func.count()).where(certificates.c.state == CertificateState.SUPERSEDED)
    return int(await tx.scalar(query) or 0)
