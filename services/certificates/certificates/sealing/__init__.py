"""Sealing: the port to a bureau's seal service and what is exchanged with it.

Order of use (docs/issuance-lifecycle.md steps 3 to 5): ``prepare.prepare`` → store →
``SealService.seal`` → ``prepare.assemble``, unless whole documents come back →
``gate.check_sealed``.
"""

from certificates.sealing.port import (
    SealAnswer,
    SealCredential,
    SealedDocument,
    SealPending,
    SealRefused,
    SealService,
    SealUnavailable,
    Signature,
    ToSeal,
)
from certificates.sealing.report import GateCheck, GateRefused

__all__ = [
    "GateCheck",
    "GateRefused",
    "SealAnswer",
    "SealCredential",
    "SealPending",
    "SealRefused",
    "SealService",
    "SealUnavailable",
    "SealedDocument",
    "Signature",
    "ToSeal",
]
