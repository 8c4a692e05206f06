"""Which office is in charge of a certificate, and from when its region issues them."""

from collections.abc import Iterable
from uuid import UUID

from certificates.domain.entities import Organisation, Rollout

# What every seal of this kind is for; its name is the office's or the region's, and then this.
SEAL_PURPOSE = "专业技术人员继续教育专用章"
# The notice lets prefectures, directly administered counties and provincial departments issue;
# the province issues for whoever hangs directly below it.
ISSUING_KINDS = frozenset({"prefecture", "direct_county", "provincial_department", "province"})


def path_ids(path: str) -> list[UUID]:
    """Return the organisations on ``path``, the province first, itself last."""
    return [UUID(part) for part in path.split("/") if part]


def office_in_charge(line: Iterable[Organisation]) -> Organisation | None:
    """Return the issuing office nearest to the employer on its own ``line``, itself included."""
    upward = sorted(line, key=lambda one: len(one.path), reverse=True)
    return next((one for one in upward if one.kind in ISSUING_KINDS), None)


def rollout_for(path: str, rollouts: Iterable[Rollout]) -> Rollout | None:
    """Return the roll-out date set nearest to the organisation at ``path``; None if none is."""
    nearness = {organisation: depth for depth, organisation in enumerate(path_ids(path))}
    on_path = [one for one in rollouts if one.organisation_id in nearness]
    return max(on_path, key=lambda one: nearness[one.organisation_id], default=None)
