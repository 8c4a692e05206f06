"""Settings of this service, prefix ``CERTIFICATES_``; each with its unit and reason."""

from datetime import timedelta
from functools import cached_property
from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates
from pydantic import Field
from pydantic_settings import SettingsConfigDict

from certificates.qr import QRSigner, TokenKeys
from certificates.seal_endpoints import read_endpoints
from certificates.seal_services import SealEndpoint
from certificates.share_keys import ShareKeys
from certificates.transparency import LogSigner
from certificates.usecases import Rules
from chassis.settings import Keyring, ServiceSettings
from chassis.statements import SigningKeys


class Settings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="CERTIFICATES_", extra="ignore", frozen=True)

    # file:///… or s3://…; sealed files live here under their SHA-256.
    objects_url: str
    identity_url: str = ""
    # Scheme and host printed beside and inside the QR code.
    public_host: str
    # Shared with verify: recognises tokens as ours before any look-up.
    token_mac_keys_file: Path | None = None
    # {"current": kid, "keys": {kid: PEM of an Ed25519 private key}}; read by the worker alone.
    qr_keys_file: Path | None = None
    # Same form; signs the roots of the public log, read by the worker alone.
    log_keys_file: Path | None = None
    # Keys behind share codes; read by the API alone.
    share_keys_file: Path | None = None
    # Changes after which the log's root is signed before the day is over.
    log_root_entries: int = Field(default=500, ge=1)
    # PEM certificates a seal's chain must end in.
    trust_roots_file: Path | None = None
    # {name: {office_code, base_url, client_id, client_secret_file, credential_id}}, and if wanted
    # shape ("csc" or "whole_pdf"), timeout_seconds, concurrency, per_second, batch, linger_ms.
    seal_endpoints_file: Path | None = None
    # Output of `python -m certificates.fonts build`.
    fonts_dir: Path = Path(".local/fonts")

    # Processes that render, prepare and check documents: CPU-bound, about 0.1 s a certificate.
    document_processes: int = Field(default=2, ge=1, le=64)
    # Documents after which such a process is replaced; WeasyPrint has grown per document before.
    documents_per_process: int = Field(default=2000, ge=1)
    # Resident megabytes beyond which such a process is replaced; twice that ends its document.
    document_megabytes: int = Field(default=512, ge=128)
    # Seconds one document step may take before its process is given up (hostile sealed bytes).
    document_timeout_seconds: float = Field(default=15.0, gt=0)
    # Seconds more for the first step of such a process, which loads the renderer and the fonts.
    document_start_seconds: float = Field(default=60.0, ge=0)
    # Processes of the API that print forms; started by the first form that is asked for.
    form_processes: int = Field(default=1, ge=1, le=16)
    # Seconds one form, or the pictures for one approval, may take; below the request's own limit.
    form_timeout_seconds: float = Field(default=12.0, gt=0)
    # Seconds a claimed intent is ours: longer than a turn takes, short because it is also how long
    # a certificate waits when a worker was killed. A lease that runs out early only repeats work.
    lease_seconds: int = Field(default=30, ge=5)
    # Seconds between looks for work; the worker's own steps wake each other without waiting.
    poll_seconds: float = Field(default=0.2, gt=0)
    # Digests in one call to a seal service; the service's own limit lowers it.
    seal_batch: int = Field(default=20, ge=1, le=1000)
    # First and longest wait of a lane whose seal service is away.
    lane_first_delay_seconds: float = Field(default=1.0, gt=0)
    lane_longest_delay_seconds: float = Field(default=60.0, gt=0)
    # Address of the timestamp authority (RFC 3161). Empty: sealed files get no later revision.
    timestamp_url: str = ""
    # Seconds between seal and validation material: one OCSP answer, younger than the seals, then
    # serves all that were made meanwhile.
    revision_delay_seconds: int = Field(default=30, ge=0)
    # Days before a timestamp's certificate ends that the next timestamp is put over it.
    renew_before_days: int = Field(default=90, ge=1)
    # Seconds one call to an authority (timestamp, OCSP, revocation list) may take.
    authority_timeout_seconds: float = Field(default=5.0, gt=0)
    # Hours after which a statement that a seal's certificate is not revoked counts no more.
    revocation_max_age_hours: int = Field(default=48, ge=1)
    # Whether nothing is sealed without such a statement. Always in production.
    revocation_required: bool = False
    # Seconds from the completed year until the reconciler speaks up about an unissued intent.
    deadline_seconds: int = Field(default=600, ge=1)

    @property
    def downloads_url(self) -> str:
        """Where bulk downloads lie for their week: apart, so that nothing else is ever removed."""
        return f"{self.objects_url.rstrip('/')}/downloads"

    @cached_property
    def token_keys(self) -> TokenKeys:
        """MAC keys of the QR tokens."""
        if not self.token_mac_keys_file:
            raise ValueError("token_mac_keys_file is needed by the worker")
        ring = Keyring.load(self.token_mac_keys_file)
        return TokenKeys(ring.current, ring.keys)

    @cached_property
    def qr_signer(self) -> QRSigner:
        """The platform key that signs QR payloads."""
        if not self.qr_keys_file:
            raise ValueError("qr_keys_file is needed by the worker")
        keys = SigningKeys.load(self.qr_keys_file)
        return QRSigner(keys.current, keys.key)

    @cached_property
    def log_signer(self) -> LogSigner:
        """The key that signs the roots of the public log."""
        if not self.log_keys_file:
            raise ValueError("log_keys_file is needed by the worker")
        keys = SigningKeys.load(self.log_keys_file)
        return LogSigner(keys.current, keys.key)

    @cached_property
    def share_keys(self) -> ShareKeys:
        """The keys that make and recognise share codes."""
        if not self.share_keys_file:
            raise ValueError("share_keys_file is needed by the API")
        return ShareKeys(Keyring.load(self.share_keys_file))

    @cached_property
    def trust_roots(self) -> list[Certificate]:
        """The roots that seal certificates must chain to."""
        if not self.trust_roots_file:
            raise ValueError("trust_roots_file is needed by the worker")
        return load_pem_x509_certificates(self.trust_roots_file.read_bytes())

    @cached_property
    def seal_endpoints(self) -> dict[str, SealEndpoint]:
        """The known seal services by name."""
        if not self.seal_endpoints_file:
            return {}
        production = self.environment == "production"
        return read_endpoints(self.seal_endpoints_file, production=production)

    @cached_property
    def rules(self) -> Rules:
        """What the use cases are told of all this."""
        return Rules(
            production=self.environment == "production",
            public_host=self.public_host,
            seal_endpoints=self.seal_endpoints,
            deadline=timedelta(seconds=self.deadline_seconds),
            lease=timedelta(seconds=self.lease_seconds),
            documents_at_once=self.document_processes,
            seal_batch=self.seal_batch,
            lane_first_delay=timedelta(seconds=self.lane_first_delay_seconds),
            lane_longest_delay=timedelta(seconds=self.lane_longest_delay_seconds),
            revocation_max_age=self._revocation_max_age,
            timestamp_url=self.timestamp_url,
            revision_delay=timedelta(seconds=self.revision_delay_seconds),
            renew_before=timedelta(days=self.renew_before_days),
            fonts_dir=self.fonts_dir,
        )

    @property
    def _revocation_max_age(self) -> timedelta | None:
        required = self.revocation_required or self.environment == "production"
        return timedelta(hours=self.revocation_max_age_hours) if required else None
