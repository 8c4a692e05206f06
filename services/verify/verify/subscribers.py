"""Which queue handles which events, and what becomes of each."""

from typing import Any

from chassis.bus import Subscription, Together
from verify.incoming import (
    CertificateState,
    ClientState,
    LedgerAdvanced,
    OrganisationState,
    SealRegistration,
)
from verify.projection import Projection

CERTIFICATES_QUEUE = "verify.certificates"
SEALS_QUEUE = "verify.seals"
IDENTITY_QUEUE = "verify.identity"
LEDGER_QUEUE = "verify.ledger"
QUEUES = (CERTIFICATES_QUEUE, SEALS_QUEUE, IDENTITY_QUEUE, LEDGER_QUEUE)


def subscriptions(projection: Projection) -> dict[str, list[Subscription[Any]]]:
    """Return what each queue handles."""
    # A revocation by file comes as thousands at once, and two seconds are promised.
    certificates = Together(projection.on_certificates, projection.after_certificates)
    return {
        CERTIFICATES_QUEUE: [
            Subscription(
                f"certificates.certificate.{change}.v1",
                CertificateState,
                projection.on_certificate,
                projection.after_certificate,
                certificates,
            )
            for change in ("issued", "suspended", "reinstated", "superseded", "revoked")
        ],
        SEALS_QUEUE: [
            Subscription(f"certificates.seal.{change}.v1", SealRegistration, projection.on_seal)
            for change in ("activated", "suspended")
        ],
        IDENTITY_QUEUE: [
            Subscription(
                "identity.organisation.changed.v1", OrganisationState, projection.on_organisation
            ),
            Subscription("identity.client.changed.v1", ClientState, projection.on_client),
        ],
        LEDGER_QUEUE: [
            Subscription(
                "certificates.ledger.advanced.v1", LedgerAdvanced, projection.on_ledger_advanced
            )
        ],
    }
