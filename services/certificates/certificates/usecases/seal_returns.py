"""A seal service delivers a whole document that it had accepted for later."""

from certificates.domain.presence import present
from certificates.errors import SealReturnUnknown, SealReturnUnreadable
from certificates.store import canaries, errands, intents, lanes
from certificates.usecases import Dependencies
from chassis.db import Transaction


async def require_expected(tx: Transaction, ticket: str) -> None:
    """Raise ``SealReturnUnknown`` unless something is waited for under the ticket.

    Asked before the file is read: who has no ticket shall not send us megabytes. Wrong, used up
    and lapsed tickets get the same answer.
    """
    if not await errands.expected(tx, ticket) and not await canaries.expected(tx, ticket):
        raise SealReturnUnknown


async def take_delivery(tx: Transaction, deps: Dependencies, ticket: str, file: bytes) -> None:
    """Keep the file for the lane's next turn, which takes it through the gate like any other.

    The ticket entitles to deliver and to nothing else: whether the file is right is decided by
    the gate alone. The first delivery stands; a repeated one is accepted and changes nothing.
    """
    if not file.startswith(b"%PDF-"):
        raise SealReturnUnreadable
    now = deps.clock.now()
    intent_id = await errands.deliver(tx, ticket, file, now)
    if intent_id is None:
        if not await canaries.deliver(tx, ticket, file):
            raise SealReturnUnknown
        return
    intent = present(await intents.find(tx, intent_id))
    # The lane first: store/lanes.py says why.
    await lanes.hasten(tx, present(intent.seal_id), now)
    await intents.make_due(tx, intent_id, now)
