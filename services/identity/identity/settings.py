"""What identity is told from outside."""

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from chassis.settings import Keyring, ServiceSettings
from identity.domain.sessions import Limits


class Settings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="IDENTITY_", extra="ignore", frozen=True)

    # AES-256 keys of the stored ID numbers, by version. Losing them loses the numbers.
    id_number_keys_file: Path
    # HMAC keys of the blind index, by version. Whoever has one can try all ID numbers offline.
    index_keys_file: Path
    # Ed25519 private keys that sign access tokens: {"current": kid, "keys": {kid: PEM}}.
    signing_keys_file: Path
    # Services that may ask for a token: {client: {"secret_hash": argon2, "scopes": […]}}.
    clients_file: Path | None = None
    # Password of the two first provincial administrators; needed by `seed` alone.
    first_administrator_password_file: Path | None = None

    # Seconds an access token lives: revoking a grant takes effect within this time.
    token_lifetime_seconds: int = Field(default=600, ge=60, le=3600)
    # Minutes without a renewal after which a session is over: shared computers are common.
    session_idle_minutes: int = Field(default=60, ge=5, le=1440)
    # Hours after which one logs in again in any case.
    session_hours: int = Field(default=12, ge=1, le=168)
    # Seconds in which two tabs may show the same refresh token.
    session_grace_seconds: int = Field(default=10, ge=0, le=60)
    # host: __Host-, sent to the whole origin, and no neighbour under the same domain can set it.
    # path: __Secure-, sent to the session routes alone. plain: without TLS, for development.
    # None: path in production, plain in development.
    session_cookie: Literal["host", "path", "plain"] | None = None
    # Argon2id cost; OWASP's minimum of 19 MiB and two passes (about 25 ms on one core).
    argon2_time_cost: int = Field(default=2, ge=1)
    argon2_memory_kib: int = Field(default=19_456, ge=8)
    # Hashes computed at once; each takes a core and argon2_memory_kib.
    argon2_threads: int = Field(default=2, ge=1)
    # Hashes that may wait before callers are told to come back later.
    argon2_waiting: int = Field(default=200, ge=1)

    @model_validator(mode="after")
    def _cookie_is_safe(self) -> Self:
        if self.environment == "production" and self.session_cookie == "plain":
            raise ValueError("session_cookie must be host or path in production")
        return self

    @property
    def cookie_kind(self) -> Literal["host", "path", "plain"]:
        """How the refresh token's cookie is set."""
        return self.session_cookie or ("path" if self.environment == "production" else "plain")

    @property
    def session_limits(self) -> Limits:
        """How long sessions last."""
        return Limits(
            idle=timedelta(minutes=self.session_idle_minutes),
            absolute=timedelta(hours=self.session_hours),
            grace=timedelta(seconds=self.session_grace_seconds),
        )

    @cached_property
    def id_number_keys(self) -> Keyring:
        """The keys that encrypt ID numbers at rest."""
        return Keyring.load(self.id_number_keys_file)

    @cached_property
    def index_keys(self) -> Keyring:
        """The keys of the blind index."""
        return Keyring.load(self.index_keys_file)
