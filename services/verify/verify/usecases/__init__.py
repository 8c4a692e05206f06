"""What is asked of this service beside the QR code, one module for each verb."""

from dataclasses import dataclass
from datetime import timedelta

from chassis.audit import Audit
from chassis.clock import Clock
from chassis.db import Database
from chassis.statements import SigningKeys
from verify.counting import CheckCounter
from verify.limits import Limiter
from verify.names import NameKeys


@dataclass(frozen=True)
class Dependencies:
    """What every use case is built on."""

    database: Database
    clock: Clock
    names: NameKeys
    limiter: Limiter
    counter: CheckCounter
    signing: SigningKeys
    audit: Audit
    stale_after: timedelta
    official_host: str
    # Longest wait for the projection in seconds.
    timeout_seconds: float
