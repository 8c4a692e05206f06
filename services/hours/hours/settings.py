"""Everything this service is told from outside."""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from chassis.settings import ServiceSettings

# Room for the multipart envelope around a file of the largest size.
_FORM_BYTES = 64 * 1024


class HoursSettings(ServiceSettings):
    """Settings of the API, the worker and the commands."""

    model_config = SettingsConfigDict(env_prefix="HOURS_", extra="ignore", frozen=True)

    # Where evidence lies: file:///… or s3://bucket/prefix.
    objects_url: str
    # Largest evidence file in bytes; 10 MB takes a scanned certificate of several pages.
    evidence_limit_bytes: int = Field(default=10 * 1024 * 1024, gt=0)

    # The identity service and this one's log-in there: batch functions will ask
    # `POST /internal/resolve`; nothing calls it yet.
    identity_url: str = ""
    service_client_id: str = "hours"
    service_client_secret_file: Path | None = None

    # Minutes a reviewer keeps a claim taken into hand: time to read the papers, and short enough
    # that one forgotten over lunch comes free.
    review_hold_minutes: int = Field(default=30, ge=1)
    # Calendar days from filing to decision that the service promises; older claims are shown as
    # overdue. The regulation names no such term, so every deployment may set its own.
    review_target_days: int = Field(default=15, ge=1)

    # Days that handled events and answered keys are remembered: longer than any replay.
    remember_days: int = Field(default=30, ge=1)

    @model_validator(mode="after")
    def _files_fit_in_requests(self) -> Self:
        if self.evidence_limit_bytes + _FORM_BYTES > self.request_body_limit_bytes:
            raise ValueError("request_body_limit_bytes must leave room for evidence_limit_bytes")
        return self
