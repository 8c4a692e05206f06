"""Life of an intent and of the certificate it leads to.

    planned → rendered → sealing → issued           (the intent)
                                    valid ⇄ suspended → superseded | revoked   (the certificate)

An intent that is not issued yet may be cancelled, parked or quarantined.
"""

from enum import StrEnum


class IntentState(StrEnum):
    PLANNED = "planned"
    PARKED = "parked"
    RENDERED = "rendered"
    SEALING = "sealing"
    QUARANTINED = "quarantined"
    CANCELLED = "cancelled"
    ISSUED = "issued"


class CertificateState(StrEnum):
    VALID = "valid"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


class SealState(StrEnum):
    APPLIED = "applied"
    INSPECTED = "inspected"
    REJECTED = "rejected"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REPLACED = "replaced"


# An intent in one of these can still lead to a certificate, so it can still be cancelled.
OPEN_INTENT = frozenset(
    {
        IntentState.PLANNED,
        IntentState.PARKED,
        IntentState.RENDERED,
        IntentState.SEALING,
        IntentState.QUARANTINED,
    }
)
# Waiting for the seal service with everything prepared.
AWAITING_SEAL = frozenset({IntentState.RENDERED, IntentState.SEALING})
IN_FORCE = frozenset({CertificateState.VALID, CertificateState.SUSPENDED})

_CERTIFICATE_MOVES = {
    CertificateState.VALID: {
        CertificateState.SUSPENDED,
        CertificateState.SUPERSEDED,
        CertificateState.REVOKED,
    },
    CertificateState.SUSPENDED: {
        CertificateState.VALID,
        CertificateState.SUPERSEDED,
        CertificateState.REVOKED,
    },
}


def may_become(present: CertificateState, target: CertificateState) -> bool:
    """Tell whether a certificate may go from ``present`` to ``target``; the last two are final."""
    return target in _CERTIFICATE_MOVES.get(present, set())


# A seal that has been filed and not been replaced: it has a lane.
IN_USE = frozenset({SealState.ACTIVE, SealState.SUSPENDED})
