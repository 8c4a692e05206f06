"""From counts to outgoing events; the only place that spells outgoing event types."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.envelope import NewEvent
from verify import check_counts


def certificate_checked(
    row: Mapping[Any, Any], names: Mapping[UUID, str], *, version: int
) -> NewEvent:
    """Tell how often one kind of verifier has checked a certificate in an hour."""
    verifier = check_counts.parsed(row["verifier"])
    return NewEvent(
        "verify.certificate.checked.v1",
        row["id"],
        version,
        {
            "certificate_id": row["certificate_id"],
            "hour": row["hour"].isoformat(),
            "verifier": verifier.kind,
            "organisation_id": verifier.organisation,
            "client_name": names.get(verifier.client) if verifier.client else None,
            "purpose": verifier.purpose,
            "count": row["count"],
        },
    )
