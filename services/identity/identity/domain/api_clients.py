"""API clients: systems of other bodies, each with secrets of its own. No I/O."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

# Recognised by whoever scans repositories for secrets that were committed by mistake.
_PREFIX = "yzs_"
_SECRET_BYTES = 32
# One in use and one to change over to.
MOST_SECRETS = 2


class Scope(StrEnum):
    """What an API client may be allowed to do."""

    VERIFY_CHECK = "verify.check"


@dataclass(frozen=True)
class ApiClient:
    """A registered client; once revoked it stays revoked."""

    id: UUID
    version: int
    name: str
    organisation_id: UUID
    scopes: tuple[Scope, ...]
    checks_per_day: int
    active: bool
    registered_at: datetime


@dataclass(frozen=True)
class ClientSecret:
    """One secret of a client, as far as it is known here."""

    id: UUID
    client_id: UUID
    created_at: datetime
    ends_at: datetime | None
    last_used_at: datetime | None

    def good_at(self, now: datetime) -> bool:
        return self.ends_at is None or now < self.ends_at


def new_secret() -> str:
    """Return a secret that is shown once."""
    return _PREFIX + secrets.token_urlsafe(_SECRET_BYTES)


def secret_hash(secret: str) -> bytes:
    """Return what is kept of a secret.

    A plain hash, because 256 random bits cannot be guessed however fast the hash is: a slow one
    would only let anybody keep our processors busy.
    """
    return hashlib.sha256(secret.encode()).digest()
