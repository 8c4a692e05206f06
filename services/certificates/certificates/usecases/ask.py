"""Step 4: what a lane asks its seal service, and what the answers mean."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from certificates.domain.entities import Intent, Seal
from certificates.sealing import (
    SealAnswer,
    SealedDocument,
    SealPending,
    SealRefused,
    SealService,
    SealUnavailable,
    Signature,
    ToSeal,
)
from certificates.sealing.material import NOTHING_KNOWN, Known
from certificates.store.errands import Errand
from certificates.usecases import Bench

# Refusals in a row, with nothing sealed, that mean the service refuses everything.
_REFUSALS_TOLERATED = 3
_RETURNS = "/api/certificates/v1/seal-returns/"


@dataclass(frozen=True, slots=True)
class Call:
    """A turn's place in its lane: ``failures`` before it, ``ends`` (monotonic) at the latest."""

    id: UUID
    failures: int
    ends: float
    full: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """What one turn of a lane holds: claimed intents and what was stored for them in step 3."""

    seal: Seal
    held: Sequence[Intent]
    prepared: dict[UUID, tuple[bytes, bytes]]
    call: Call
    revocation_lists: Sequence[bytes] = ()
    known: Known = NOTHING_KNOWN
    errands: Mapping[UUID, Errand] = field(default_factory=dict)


@dataclass(slots=True)
class Answers:
    """What the seal service said to each document."""

    signatures: dict[UUID, bytes | SealedDocument] = field(default_factory=dict)
    failures: dict[UUID, SealRefused | SealUnavailable] = field(default_factory=dict)
    pending: dict[UUID, SealPending] = field(default_factory=dict)

    def note(self, intent: Intent, answer: SealAnswer) -> None:
        """File one answer under what it means."""
        if isinstance(answer, SealRefused | SealUnavailable):
            self.failures[intent.id] = answer
        elif isinstance(answer, SealPending):
            self.pending[intent.id] = answer
        else:
            self.signatures[intent.id] = answer.value if isinstance(answer, Signature) else answer

    @property
    def service_works(self) -> bool:
        """Whether anything was sealed or taken in."""
        return bool(self.signatures or self.pending)


async def ask(bench: Bench, batch: Batch) -> Answers:
    """Ask for everything in the batch; raise when the answer means the service as a whole."""
    service = await bench.seal_services.of(batch.seal.endpoint, batch.seal.credential_id)
    if service.whole_documents:
        return await _hand_out(bench, service, batch)
    return await _ask_together(service, batch)


async def _ask_together(service: SealService, batch: Batch) -> Answers:
    """Send the digests in one call; when that is refused, each alone, to find which is meant."""
    answers = Answers()
    try:
        await _ask(service, batch, batch.held, answers)
    except SealRefused:
        if len(batch.held) == 1:
            raise
        for intent in batch.held:
            try:
                await _ask(service, batch, [intent], answers)
            except SealRefused as refusal:
                answers.failures[intent.id] = refusal
                if not answers.service_works and len(answers.failures) >= _REFUSALS_TOLERATED:
                    raise
    return answers


async def _ask(
    service: SealService, batch: Batch, which: Sequence[Intent], answers: Answers
) -> None:
    documents = [ToSeal(str(intent.id), batch.prepared[intent.id][1]) for intent in which]
    # The same digests have the same key, so a repeated call is recognised by the service.
    key = hashlib.sha256(b"".join(document.digest for document in documents)).hexdigest()
    for intent, answer in zip(
        which, await service.seal(documents, idempotency_key=key), strict=True
    ):
        answers.note(intent, answer)


async def _hand_out(bench: Bench, service: SealService, batch: Batch) -> Answers:
    """Hand out whole documents, or ask for those handed out before; deliveries are at hand."""
    answers, asking = Answers(), []
    for intent in batch.held:
        errand = batch.errands[intent.id]
        if errand.returned is not None:
            answers.signatures[intent.id] = SealedDocument(errand.returned)
        else:
            asking.append(intent)
    documents = [await _document(bench, batch, intent) for intent in asking]
    found = await service.seal(documents, idempotency_key="") if documents else []
    for intent, answer in zip(asking, found, strict=True):
        answers.note(intent, answer)
    _raise_when_all_fail(answers)
    return answers


def _raise_when_all_fail(answers: Answers) -> None:
    if answers.service_works:
        return
    for failure in answers.failures.values():
        if isinstance(failure, SealUnavailable) or len(answers.failures) >= _REFUSALS_TOLERATED:
            raise failure


async def _document(bench: Bench, batch: Batch, intent: Intent) -> ToSeal:
    prepared, digest = batch.prepared[intent.id]
    errand = batch.errands[intent.id]
    return ToSeal(
        # The digest stands for the prepared bytes: a certificate made anew is another document.
        key=digest.hex(),
        digest=digest,
        document=await bench.workshop.rendered(prepared),
        return_address=return_address(bench, errand.ticket),
        location=errand.location,
    )


def return_address(bench: Bench, ticket: str) -> str:
    """Return where a service may deliver what it has accepted for later."""
    return f"{bench.deps.rules.public_host}{_RETURNS}{ticket}"
