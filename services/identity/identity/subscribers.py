"""Events of hours and certificates become messages to the person they are about.

The models declare only the fields read here.
"""

from typing import Any
from uuid import UUID

from pydantic import BaseModel

from chassis.bus import Reject, Subscription
from chassis.clock import Clock
from chassis.db import Transaction
from chassis.envelope import Event
from identity.domain.messages import Template
from identity.store import messages

QUEUE = "identity.messages"
QUEUES = (QUEUE,)


class ClaimChanged(BaseModel):
    """``hours.claim.submitted.v1`` and ``hours.claim.decided.v1``."""

    claim_id: UUID
    person_id: UUID
    year: int
    state: str


class CertificateChanged(BaseModel):
    """Every ``certificates.certificate.*.v1`` about an issued certificate."""

    certificate_id: UUID
    person_id: UUID
    year: int


class CertificateParked(BaseModel):
    """``certificates.certificate.parked.v1``; ``task`` is Chinese, without personal data."""

    intent_id: UUID
    person_id: UUID
    year: int
    task: str


_CLAIM = {
    "submitted": Template.CLAIM_SUBMITTED,
    "employer_approved": Template.CLAIM_EMPLOYER_APPROVED,
    "approved": Template.CLAIM_APPROVED,
    "returned": Template.CLAIM_RETURNED,
    "rejected": Template.CLAIM_REJECTED,
    "withdrawn": Template.CLAIM_WITHDRAWN,
}
_CERTIFICATE = {
    "certificates.certificate.issued.v1": Template.CERTIFICATE_ISSUED,
    "certificates.certificate.suspended.v1": Template.CERTIFICATE_SUSPENDED,
    "certificates.certificate.reinstated.v1": Template.CERTIFICATE_REINSTATED,
    "certificates.certificate.superseded.v1": Template.CERTIFICATE_SUPERSEDED,
    "certificates.certificate.revoked.v1": Template.CERTIFICATE_REVOKED,
}


class Messages:
    """Writes one message per event; an event republished under a new id writes none."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def subscriptions(self) -> list[Subscription[Any]]:
        """Return what the queue ``identity.messages`` is bound to."""
        return [
            Subscription("hours.claim.submitted.v1", ClaimChanged, self.on_claim_changed),
            Subscription("hours.claim.decided.v1", ClaimChanged, self.on_claim_changed),
            *(
                Subscription(event_type, CertificateChanged, self.on_certificate_changed)
                for event_type in _CERTIFICATE
            ),
            Subscription(
                "certificates.certificate.parked.v1",
                CertificateParked,
                self.on_certificate_parked,
            ),
        ]

    async def on_claim_changed(self, tx: Transaction, event: Event[ClaimChanged]) -> None:
        """Tell where the claim stands."""
        template = _CLAIM.get(event.data.state)
        if template is None:
            raise Reject("a claim in a state that this version does not know")
        await self._add(tx, event, template, event.data.person_id, event.data.year)

    async def on_certificate_changed(
        self, tx: Transaction, event: Event[CertificateChanged]
    ) -> None:
        """Tell that a certificate is there, or no longer good."""
        template = _CERTIFICATE[event.type]
        await self._add(tx, event, template, event.data.person_id, event.data.year)

    async def on_certificate_parked(self, tx: Transaction, event: Event[CertificateParked]) -> None:
        """Tell what has to be done before the certificate can be made."""
        data = event.data
        await self._add(
            tx, event, Template.CERTIFICATE_PARKED, data.person_id, data.year, task=data.task
        )

    async def _add(
        self,
        tx: Transaction,
        event: Event[Any],
        template: Template,
        person_id: UUID,
        year: int,
        *,
        task: str | None = None,
    ) -> None:
        message = messages.NewMessage(
            person_id, template, year, event.aggregate_id, event.aggregate_version, task
        )
        if not await messages.add(tx, message, now=self._clock.now()):
            raise Reject(f"no person {person_id} here")
