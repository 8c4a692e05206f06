"""What every process is told from outside; the only reader of the environment.

A service subclasses ``ServiceSettings`` with its own prefix. Secrets are files, never values,
so that they stay out of process listings and crash dumps.
"""

import base64
import json
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

import yarl
from pydantic import BaseModel, Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import URL, make_url


class SettingsWrong(ValueError):
    """What operations wrote cannot be meant; the message is one line that says what and where."""


class Keyring(BaseModel):
    """Versioned symmetric keys: ``current`` encrypts, every version listed still decrypts."""

    current: int
    keys: dict[int, bytes]

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read ``{"current": n, "keys": {"n": base64 of 32 bytes}}``; refuse short keys."""
        raw = json.loads(path.read_text())
        keys = {int(version): base64.b64decode(text) for version, text in raw["keys"].items()}
        ring = cls(current=int(raw["current"]), keys=keys)
        if ring.current not in keys or any(len(key) != 32 for key in keys.values()):  # noqa: PLR2004 - AES-256
            raise ValueError(f"{path}: needs 32-byte keys and the current one among them")
        return ring

    @property
    def current_key(self) -> bytes:
        return self.keys[self.current]


class ServiceSettings(BaseSettings):
    """Settings common to every service; each field says its unit and its reason."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    # Production refuses development seals and plain-text conveniences.
    environment: Literal["development", "production"] = "development"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    # Folder with events/ (JSON Schema of every event); part of the image.
    contracts_dir: Path = Path("contracts")
    # OTLP/HTTP collector, e.g. http://127.0.0.1:4318; none = spans are dropped.
    otlp_endpoint: str | None = None

    api_host: str = "127.0.0.1"
    api_port: int = Field(ge=1, le=65535)
    # Health and metrics of the worker process.
    worker_port: int = Field(ge=1, le=65535)
    # Seconds a request may take before it is answered with chassis.timed_out.
    request_timeout_seconds: float = Field(default=15.0, gt=0)
    # Largest request body in bytes; 12 MiB lets a 10 MB evidence file through with its form.
    request_body_limit_bytes: int = Field(default=12 * 1024 * 1024, gt=0)

    database_url: str
    database_password_file: Path | None = None
    # Connections per process; 18 processes × 10 stay below PostgreSQL's default 200 of the stack.
    database_pool_size: int = Field(default=10, ge=1)

    broker_url: str = ""
    broker_password_file: Path | None = None
    bus_keys_file: Path | None = None
    # Fixed delays of the retry queues; after the last the message is parked.
    retry_delays_ms: tuple[int, ...] = (5_000, 60_000, 600_000)

    # How the object store is reached when its address is s3://…: JSON with endpoint, region,
    # access_key_id, secret_access_key. Nothing of it is taken from the environment.
    objects_access_file: Path | None = None

    jwks_url: str | None = None
    token_issuer: str = "yuzheng-identity"  # noqa: S105 - a name, not a secret
    token_audience: str = "yuzheng"  # noqa: S105 - a name, not a secret
    # Tokens of API clients are for another audience: what is not made for them refuses them.
    api_client_audience: str = "yuzheng-clients"

    @model_validator(mode="after")
    def _delays_ascend(self) -> Self:
        if list(self.retry_delays_ms) != sorted(self.retry_delays_ms):
            raise ValueError("retry_delays_ms must ascend")
        return self

    @cached_property
    def database(self) -> URL:
        """The database address with its password read from the file."""
        url = make_url(self.database_url)
        if self.database_password_file:
            url = url.set(password=read_secret(self.database_password_file))
        return url

    @cached_property
    def broker(self) -> str:
        """The broker address with its password read from the file."""
        if not self.broker_password_file:
            return self.broker_url
        return str(yarl.URL(self.broker_url).with_password(read_secret(self.broker_password_file)))

    @cached_property
    def objects_access(self) -> dict[str, str] | None:
        """How the object store is reached; None for local files."""
        if not self.objects_access_file:
            return None
        return {
            name: str(value)
            for name, value in json.loads(self.objects_access_file.read_text()).items()
        }

    @cached_property
    def bus_keys(self) -> Keyring:
        """The keys that encrypt personal fields of events."""
        if not self.bus_keys_file:
            raise ValueError("bus_keys_file is needed by a process that speaks on the bus")
        return Keyring.load(self.bus_keys_file)


def read_secret(path: Path) -> str:
    """Return the text of a secret file without its final newline."""
    return path.read_text().strip()
