"""How a seal's lane stands, as it is shown to who waits for it."""

from datetime import datetime
from enum import StrEnum

from certificates.domain.entities import Seal
from certificates.domain.states import SealState


class LaneState(StrEnum):
    FLOWING = "flowing"  # takes what comes
    WAITING = "waiting"  # the service is away or refuses; asked again at the next attempt
    STOPPED = "stopped"  # the seal is suspended or replaced
    EXPIRED = "expired"  # the seal's certificate has ended


def lane_state(seal: Seal, *, failures: int, at: datetime) -> LaneState:
    """Return how the lane of ``seal`` stands after so many ``failures`` in a row."""
    if seal.state is not SealState.ACTIVE:
        return LaneState.STOPPED
    if seal.valid_until is not None and seal.valid_until <= at:
        return LaneState.EXPIRED
    return LaneState.WAITING if failures else LaneState.FLOWING
