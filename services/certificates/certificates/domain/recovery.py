"""What a witness says that a restored database has forgotten."""

from dataclasses import dataclass
from uuid import UUID

from certificates.domain.states import CertificateState, may_become

_OTHER = {
    None: CertificateState.VALID,
    CertificateState.VALID: CertificateState.SUSPENDED,
    CertificateState.SUSPENDED: CertificateState.VALID,
}


class Contradiction(Exception):
    """Told and held cannot both be true; the message says of what."""


@dataclass(frozen=True, slots=True)
class ToldCertificate:
    """A certificate as it was last told, and where its file lies."""

    certificate_id: UUID
    aggregate_version: int
    state: CertificateState
    person_id: UUID | None
    employer_id: UUID | None
    year: int
    supersedes: UUID | None
    status_index: int | None
    token_hash: bytes
    record_digest: bytes | None
    file_sha256: str | None
    file_bytes: int | None


@dataclass(frozen=True, slots=True)
class ToldSeal:
    """A seal as it was last told."""

    seal_id: UUID
    aggregate_version: int
    active: bool


@dataclass(frozen=True, slots=True)
class ToldLedger:
    """How far the ledger had come."""

    sequence: int
    size: int


def missed_states(
    held: CertificateState | None, told: CertificateState, count: int
) -> list[CertificateState]:
    """Return the ``count`` states between ``held`` (None: not issued) and ``told``, that included.

    There is only one way: valid and suspended take turns until the last step. Raises
    ``Contradiction`` when that way does not lead there.
    """
    path: list[CertificateState] = []
    state = held
    for _ in range(count - 1):
        if state not in _OTHER:
            raise Contradiction(f"{state} is final, {told} cannot follow")
        state = _OTHER[state]
        path.append(state)
    first = state is None and told is CertificateState.VALID
    if not first and not (state and may_become(state, told)):
        raise Contradiction(f"{told} cannot be {count} changes after {held or 'nothing'}")
    return [*path, told]
