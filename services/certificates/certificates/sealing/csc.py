"""Client of the Cloud Signature Consortium API v1 (services/seal is one server of it)."""

from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from certificates.sealing.port import SealCredential


@dataclass(frozen=True, slots=True)
class CscEndpoint:
    """Where one office's seal service is and how we log in to it."""

    base_url: str
    client_id: str
    client_secret: str
    credential_id: str
    timeout_seconds: float = 10.0


class CscSealService:
    """SealService over HTTP. Safe to use concurrently; keeps its access token until it expires."""

    def __init__(self, client: httpx.AsyncClient, endpoint: CscEndpoint) -> None:
        self._client = client
        self._endpoint = endpoint

    async def describe(self) -> SealCredential:
        """Return the credential as credentials/info describes it."""
        raise NotImplementedError

    async def sign(self, digests: Sequence[bytes], *, idempotency_key: str) -> list[bytes]:
        """Authorise and sign all digests in one signatures/signHash call."""
        raise NotImplementedError
