"""What the service does, one module per verb; each gets the desk it works at."""

from dataclasses import dataclass

from chassis.audit import Audit
from chassis.clock import Clock
from chassis.db import Database
from seal.certificate import SealCertificate
from seal.clients import Clients
from seal.keys import SealKey


@dataclass(frozen=True)
class Desk:
    """The one credential of this service and everything needed to use it."""

    database: Database
    clock: Clock
    audit: Audit
    clients: Clients
    key: SealKey
    certificate: SealCertificate
    office_name: str
    credential_id: str
    access_token_seconds: int
    activation_seconds: int
    hashes_per_call: int
