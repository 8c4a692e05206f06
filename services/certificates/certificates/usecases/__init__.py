"""Use cases: one module per verb; the caller's transaction decides what stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography.x509 import Certificate

from certificates.qr import QRSigner, TokenKeys
from certificates.seal_services import SealEndpoint, SealServices
from certificates.sealing.authorities import Authorities
from certificates.workshop import Workshop
from chassis.audit import Audit
from chassis.clock import Clock
from chassis.db import Database
from chassis.objects import ObjectStore
from chassis.outbox import Outbox

SYSTEM = "service:certificates"


@dataclass(frozen=True)
class Rules:
    """What operations decided for this installation; settings.py gives the reasons."""

    production: bool
    public_host: str
    seal_endpoints: Mapping[str, SealEndpoint]
    deadline: timedelta
    lease: timedelta
    documents_at_once: int
    seal_batch: int
    lane_first_delay: timedelta
    lane_longest_delay: timedelta
    # None: the gate asks for no evidence that the signer is not revoked, it only heeds what it has.
    revocation_max_age: timedelta | None = None
    timestamp_url: str = ""
    revision_delay: timedelta = timedelta(0)
    renew_before: timedelta = timedelta(days=90)
    fonts_dir: Path = Path(".local/fonts")


@dataclass(frozen=True)
class Dependencies:
    """What decisions need: where facts are told and recorded, what time it is, and the rules."""

    outbox: Outbox
    audit: Audit
    clock: Clock
    rules: Rules


@dataclass(frozen=True)
class Bench:
    """What the worker's steps need beyond that: they open their own transactions.

    Rendering and calling a seal service take long; no transaction stays open meanwhile.
    """

    deps: Dependencies
    database: Database
    workshop: Workshop
    objects: ObjectStore
    seal_services: SealServices
    missing_glyphs: Callable[[str], list[str]]
    token_keys: TokenKeys
    qr_signer: QRSigner
    trust_roots: Sequence[Certificate]
    authorities: Authorities
