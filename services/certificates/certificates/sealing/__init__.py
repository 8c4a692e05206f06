"""Sealing: the port to a bureau's seal service and what is exchanged with it.

Order of use (docs/issuance-lifecycle.md steps 3 to 5): ``prepare.prepare`` → store →
``SealService.sign`` → ``prepare.assemble`` → ``gate.check_sealed``.
"""

from certificates.sealing.port import (
    SealCredential,
    SealRefused,
    SealService,
    SealUnavailable,
)
from certificates.sealing.report import GateCheck, GateRefused

__all__ = [
    "GateCheck",
    "GateRefused",
    "SealCredential",
    "SealRefused",
    "SealService",
    "SealUnavailable",
]
