"""What travels with a revision, apart from the module that writes it: no PDF library is loaded."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from certificates.sealing.report import GateCheck


@dataclass(frozen=True, slots=True)
class Material:
    """What a reader needs to judge a signature when nobody can be asked any more; all DER."""

    certificates: tuple[bytes, ...] = ()
    ocsp_answers: tuple[bytes, ...] = ()
    revocation_lists: tuple[bytes, ...] = ()

    def __add__(self, other: "Material") -> "Material":
        """Return both, each piece once."""
        return Material(
            _once(self.certificates + other.certificates),
            _once(self.ocsp_answers + other.ocsp_answers),
            _once(self.revocation_lists + other.revocation_lists),
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a seal's certificate beside the revocation lists, and what is demanded."""

    ocsp_answers: tuple[bytes, ...] = ()
    authorities: tuple[bytes, ...] = ()  # DER of the chain above the signer
    # None: nothing is demanded. Else something this young must say that it is not revoked.
    max_age: timedelta | None = None
    # Seals for tests are worth nothing here.
    production: bool = False


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Extension:
    """A file with material appended, waiting for the timestamp token over all of it."""

    document: bytes
    start: int  # where the gap for the token begins
    end: int
    digest: bytes  # SHA-256 of everything but the gap


@dataclass(frozen=True, slots=True)
class Revised:
    """The finished revision and the report about it; ``passed`` decides."""

    passed: bool
    file: bytes
    checks: tuple[GateCheck, ...]


@dataclass(frozen=True, slots=True)
class RevisionExpectation:
    """What a revision is checked against."""

    material: Material
    roots: tuple[bytes, ...]
    at: datetime | None  # None: whenever the timestamp says


def _once(pieces: tuple[bytes, ...]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(pieces))
