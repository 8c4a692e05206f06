"""Distinct types for ids, so that two UUIDs cannot be swapped unnoticed."""

from typing import NewType
from uuid import UUID, uuid5

PersonId = NewType("PersonId", UUID)
AccountId = NewType("AccountId", UUID)
OrganisationId = NewType("OrganisationId", UUID)
AffiliationId = NewType("AffiliationId", UUID)

_DIVISIONS = UUID("6d0f8a52-3a51-5d0e-9a5e-41000041a000")


def division_id(code: str) -> OrganisationId:
    """Return the id of the bureau seeded for a division code, the same on every installation."""
    return OrganisationId(uuid5(_DIVISIONS, code))
