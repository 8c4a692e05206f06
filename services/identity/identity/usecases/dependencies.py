"""What every use case that changes something is given."""

from dataclasses import dataclass

from chassis.audit import Audit
from chassis.clock import Clock
from chassis.outbox import Outbox
from identity.vault import Vault


@dataclass(frozen=True)
class Dependencies:
    clock: Clock
    outbox: Outbox
    audit: Audit
    vault: Vault
