"""Everything this service is told from outside."""

import os
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.settings import ServiceSettings
from seal.keys.pkcs11 import TokenAddress


class TokenSettings(BaseSettings):
    """What the key ceremony needs: whose seal it is and where its key lives."""

    model_config = SettingsConfigDict(env_prefix="SEAL_", extra="ignore", frozen=True)

    # Full name of the bureau; the certificate's organisation must be exactly this.
    office_name: str
    # Name of the one credential this service offers; also the label of the key in the token.
    credential_id: str = "seal"
    # The PKCS#11 library of the bureau's device; the default is Debian's SoftHSM.
    pkcs11_module: Path = Path("/usr/lib/softhsm/libsofthsm2.so")
    pkcs11_token_label: str | None = None
    # Read each time the token is opened, so the PIN can be changed under way.
    pkcs11_pin_file: Path | None = None
    # SoftHSM finds its tokens through this file; other devices do not need it.
    softhsm_conf: Path | None = None

    @property
    def token(self) -> TokenAddress:
        """The token's address; exports SoftHSM's configuration, which it reads nowhere else."""
        if not self.pkcs11_token_label or not self.pkcs11_pin_file:
            raise ValueError("pkcs11_token_label and pkcs11_pin_file are needed")
        if self.softhsm_conf:
            os.environ["SOFTHSM2_CONF"] = str(self.softhsm_conf)  # noqa: TID251 - settings own it
        return TokenAddress(
            module=self.pkcs11_module,
            token_label=self.pkcs11_token_label,
            key_label=self.credential_id,
            pin_file=self.pkcs11_pin_file,
        )


class SealSettings(ServiceSettings, TokenSettings):
    """Settings of the API, the worker and the log's audit."""

    model_config = SettingsConfigDict(env_prefix="SEAL_", extra="ignore", frozen=True)

    # Unencrypted P-256 key instead of a token; development only.
    key_file: Path | None = None
    # PEM: the seal's certificate first, then its authorities without the root.
    certificate_chain_file: Path
    # JSON: {"<client id>": {"secrets_sha256": ["<64 hex digits>", …]}}.
    clients_file: Path

    # A client signs in again after this; short, because a stolen token opens the way to the key.
    access_token_seconds: int = Field(default=300, ge=30, le=3600)
    # From authorising hashes to signing them; the caller does both in one go.
    activation_seconds: int = Field(default=60, ge=5, le=600)
    # Most hashes in one call (CSC "multisign"); bounds how long one caller keeps the token busy.
    hashes_per_call: int = Field(default=100, ge=1, le=1000)
    # Longest wait for the token, which is shared; below the request's own time limit.
    signing_timeout_seconds: float = Field(default=10.0, gt=0)
    # Only digests come in: 100 of them are 5 kB.
    request_body_limit_bytes: int = Field(default=256 * 1024, gt=0)

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        if bool(self.key_file) == bool(self.pkcs11_token_label):
            raise ValueError("set either pkcs11_token_label or key_file, not both and not neither")
        if self.key_file and self.environment == "production":
            raise ValueError("production keeps the key in a PKCS#11 token, not in a file")
        return self


class SimulatorSettings(BaseSettings):
    """All the simulator wants to know: that this is not production."""

    model_config = SettingsConfigDict(env_prefix="SEAL_", extra="ignore", frozen=True)

    environment: Literal["development", "production"] = "development"
