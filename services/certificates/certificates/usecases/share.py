"""Share codes: made and taken back by the holder, opened by whoever has one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from certificates.domain.entities import Certificate
from certificates.domain.share_code import normalised
from certificates.domain.states import CertificateState
from certificates.errors import (
    CertificateStateConflict,
    ShareEndsWrong,
    ShareLimitReached,
    ShareNotFound,
    ShareYearUnknown,
)
from certificates.share_keys import ShareKeys
from certificates.store import checks, shares
from certificates.usecases import Dependencies
from chassis.auth import Principal
from chassis.db import Transaction
from chassis.ids import uuid7

LONGEST = timedelta(days=90)
_MOST_OPEN = 20


async def make_share(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    keys: ShareKeys,
    *,
    years: Sequence[int],
    ends_at: datetime,
) -> shares.Share:
    """Let whoever has the code see the holder's certificates of these years until the end."""
    person_id, now = caller.require_person(), deps.clock.now()
    if not now < ends_at <= now + LONGEST:
        raise ShareEndsWrong
    if not set(years) <= await shares.years_of(tx, person_id):
        raise ShareYearUnknown
    if await shares.count_open(tx, person_id, now) >= _MOST_OPEN:
        raise ShareLimitReached
    share = shares.Share(uuid7(), person_id, tuple(sorted(set(years))), ends_at, None, now)
    await shares.add(tx, share, keys.stored_form(keys.code_of(share.id)))
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action="share.made",
        subject=f"share:{share.id}",
        detail={"years": list(share.years), "ends_at": ends_at.isoformat()},
    )
    return share


async def revoke_share(
    tx: Transaction, deps: Dependencies, caller: Principal, share_id: UUID
) -> None:
    """Close the holder's own share at once; closing it again changes nothing."""
    share = await shares.lock(tx, share_id, caller.require_person())
    if share is None:
        raise ShareNotFound
    if share.revoked_at is None:
        await shares.revoke(tx, share_id, deps.clock.now())
        await deps.audit.record(
            tx, actor=caller.actor, action="share.revoked", subject=f"share:{share_id}"
        )


async def open_share(
    tx: Transaction, deps: Dependencies, keys: ShareKeys, typed: str, *, viewer: str
) -> tuple[shares.Share, list[Certificate]]:
    """Return what the code shows and note the look for the holder.

    Wrong, ended and revoked codes are one and the same ``ShareNotFound``: no answer tells whether
    a code ever existed.
    """
    share, found = await _look(tx, deps, keys, typed)
    await _note(tx, deps, share, found, what="detail", viewer=viewer)
    return share, found


async def open_shared_file(
    tx: Transaction,
    deps: Dependencies,
    keys: ShareKeys,
    typed: str,
    certificate_id: UUID,
    *,
    viewer: str,
) -> Certificate:
    """Return the certificate whose file is asked for, as above; only a valid one is handed out."""
    share, found = await _look(tx, deps, keys, typed)
    for certificate in found:
        if certificate.certificate_id == certificate_id:
            if certificate.state is not CertificateState.VALID:
                raise CertificateStateConflict
            await _note(tx, deps, share, [certificate], what="file", viewer=viewer)
            return certificate
    raise ShareNotFound


async def _look(
    tx: Transaction, deps: Dependencies, keys: ShareKeys, typed: str
) -> tuple[shares.Share, list[Certificate]]:
    code = normalised(typed)
    share = await shares.find(tx, keys.stored_forms(code)) if code else None
    if share is None or not share.open_at(deps.clock.now()):
        raise ShareNotFound
    return share, await shares.shown(tx, share)


async def _note(
    tx: Transaction,
    deps: Dependencies,
    share: shares.Share,
    seen: Sequence[Certificate],
    *,
    what: str,
    viewer: str,
) -> None:
    """Note the look for the holder: by his share, and by each certificate that was seen."""
    now = deps.clock.now()
    await shares.add_use(tx, shares.Use(uuid7(), share.id, now, what, viewer))
    await checks.count_share(tx, [one.certificate_id for one in seen], now)
