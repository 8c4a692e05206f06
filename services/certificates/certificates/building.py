"""What API, worker and commands are all built from."""

from certificates import tables
from certificates.settings import Settings
from certificates.usecases import Dependencies
from chassis.audit import Audit
from chassis.cipher import ValueCipher
from chassis.clock import Clock
from chassis.contracts import EventContracts
from chassis.outbox import Outbox


def build_dependencies(settings: Settings, clock: Clock) -> Dependencies:
    outbox = Outbox(
        tables.outbox,
        service="certificates",
        contracts=EventContracts(settings.contracts_dir),
        cipher=ValueCipher(settings.bus_keys),
        clock=clock,
    )
    return Dependencies(outbox, Audit(tables.audit, clock), clock, settings.rules)
