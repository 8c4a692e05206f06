"""What the process is told; `PORTAL_…` in its environment."""

from pathlib import Path
from typing import Literal

from pydantic import DirectoryPath, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the files are, where to listen, and whom to ask for figures."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_", frozen=True)

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    otlp_endpoint: str | None = None
    """OTLP/HTTP collector, e.g. http://127.0.0.1:4318; none = spans are dropped."""

    api_host: str = "127.0.0.1"
    api_port: int = Field(ge=1, le=65535)
    built_dir: DirectoryPath = Path("built")
    """What `vite build` wrote; read once, at the start."""

    dashboards_dir: DirectoryPath = Path("dashboards")
    """Grafana's JSON of every dashboard; read once, at the start."""
    prometheus_url: str = Field(default="", pattern=r"^(https?://[^/?#]+(/[^?#]*)?)?$")
    """Where Prometheus' HTTP API is; empty = the pages say that none is configured."""
    prometheus_timeout_seconds: float = Field(default=8.0, gt=0, le=12)
    """For one panel. Below the 15 s of a request, so that it is this that says what failed."""
    prometheus_at_once: int = Field(default=8, ge=1)
    """Queries of this process under way; Prometheus itself takes twenty from everybody."""
    scrape_seconds: int = Field(default=15, ge=1, le=120)
    """How often Prometheus looks: no picture is finer, and rates are over four such looks."""

    jwks_url: str = ""
    """The keys that tokens are checked with; without them nobody sees a dashboard."""
    token_issuer: str = "yuzheng-identity"  # noqa: S105 - a name, not a secret
    token_audience: str = "yuzheng"  # noqa: S105 - a name, not a secret
    request_timeout_seconds: float = Field(default=15.0, gt=0)
    request_body_limit_bytes: int = Field(default=64 * 1024, gt=0)
    """Nothing is accepted, so a body is read to be refused."""
