"""What every use case needs besides its transaction."""

from dataclasses import dataclass

from chassis.audit import Audit
from chassis.clock import Clock
from chassis.outbox import Outbox


@dataclass(frozen=True)
class Tools:
    """Clock, outbox and audit of the running process."""

    clock: Clock
    outbox: Outbox
    audit: Audit
