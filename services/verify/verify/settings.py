"""Everything this service is told from outside."""

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Self

import yarl
from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from chassis.settings import ServiceSettings, read_secret
from chassis.statements import SigningKeys
from verify.status_list import Signing


class VerifySettings(ServiceSettings):
    """Settings of the API and the worker."""

    model_config = SettingsConfigDict(env_prefix="VERIFY_", extra="ignore", frozen=True)

    redis_url: str
    redis_password_file: Path | None = None
    # Longest wait for Redis in seconds; beyond it the projection answers.
    redis_timeout_seconds: float = Field(default=1.0, gt=0)
    # Facts that nobody asks for leave Redis after this; the projection still has them.
    fact_ttl_seconds: int = Field(default=30 * 24 * 3600, ge=60)
    # Keys that check the tokens of QR codes; the same file the issuing service mints with.
    token_mac_keys_file: Path
    # Keys of the hashes that names are compared by (verify/names.py): this service's own. After a
    # change of the current one the projection is rebuilt before the old one is removed.
    name_keys_file: Path
    # This service's own Ed25519 keys, which sign its receipts of checks.
    signing_keys_file: Path
    # Those that sign the status lists, read by the worker alone.
    status_keys_file: Path | None = None
    # How long a device may go on using a status list that it cannot renew, in seconds. A day: the
    # list is fetched in the office in the morning. Its age is shown; a revocation of the last
    # hours is what is missed.
    status_list_seconds: int = Field(default=24 * 3600, ge=300)
    # The platform's key list as the offline root signed it, and that root's public key (PEM).
    # Without them nobody gets a key list here, and devices cannot check codes by themselves.
    key_list_file: Path | None = None
    root_public_key_file: Path | None = None
    # Scripts and offline verifier as web/build.mjs has bundled them. Without it, or without the
    # root's public key, pages have no script and there is no offline verifier.
    web_dir: Path | None = None
    # Roots (PEM) that a seal's certificate must lead to; without them no uploaded file is genuine.
    trust_roots_file: Path | None = None
    # Where ID numbers are resolved for offices, and what this service is known by there.
    identity_url: str = "http://127.0.0.1:21010"
    service_client_id: str = "verify"
    service_client_secret_file: Path | None = None
    # Keys of what is kept encrypted for a time: tables handed in, secrets of web hooks.
    records_keys_file: Path
    # Tables of one office account in a day, and how many days table and result are kept.
    batches_per_day: int = Field(default=20, ge=1)
    batch_days: int = Field(default=7, ge=1)
    # The certificates' public log, …/api/certificates/v1/log: what the audit compares with. Without
    # it the audit says that it has not.
    log_url: str | None = None
    # How many days a receipt can be looked up again.
    receipt_days: int = Field(default=366, ge=1)
    # Look-ups of one office account in a day.
    office_lookups_per_day: int = Field(default=500, ge=1)
    # Lets web hooks be plain http and lead to private addresses: a developer's own machine.
    webhooks_to_private_addresses: bool = False
    # Longest wait for a client's web hook in seconds, from resolving its name to its status.
    webhook_timeout_seconds: float = Field(default=10.0, gt=0)
    # Waits after each failed delivery, in seconds; after the last attempt it is dead. Three days.
    webhook_waits_seconds: tuple[int, ...] = (
        10,
        60,
        300,
        1800,
        7200,
        21_600,
        43_200,
        86_400,
        86_400,
    )
    # Seconds after its begin that an hour's checks are told for the holder: an hour tells each
    # certificate, kind and hour once, less tells sooner and more often.
    checks_told_after_seconds: int = Field(default=3600, ge=0)
    # What part of a limit a process allows while Redis is away and it counts alone.
    fraction_alone: float = Field(default=0.25, gt=0, le=1)
    # An answer complete only up to an older instant than this becomes "could not check".
    stale_after_seconds: int = Field(default=900, ge=5)
    # Longest wait for the projection in seconds, when Redis has no answer.
    projection_timeout_seconds: float = Field(default=2.0, gt=0)
    # Most checks waiting for the projection at once; more are told "could not check" at once, so
    # that a Redis outage cannot pile callers up on PostgreSQL.
    projection_waiting_limit: int = Field(default=2000, ge=1)
    # The one host whose page is genuine; printed on the page for comparison.
    official_host: str

    @model_validator(mode="after")
    def _webhooks_stay_outside(self) -> Self:
        if self.environment == "production" and self.webhooks_to_private_addresses:
            raise ValueError("webhooks_to_private_addresses is for development")
        return self

    @cached_property
    def redis(self) -> str:
        """The address of Redis with its password read from the file."""
        if not self.redis_password_file:
            return self.redis_url
        return str(yarl.URL(self.redis_url).with_password(read_secret(self.redis_password_file)))

    @property
    def stale_after(self) -> timedelta:
        return timedelta(seconds=self.stale_after_seconds)

    @property
    def status_signing(self) -> Signing:
        """Who signs the status lists."""
        if not self.status_keys_file:
            raise ValueError("status_keys_file is needed by the worker")
        return Signing(
            SigningKeys.load(self.status_keys_file),
            self.official_host,
            timedelta(seconds=self.status_list_seconds),
        )
