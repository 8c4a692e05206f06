"""Who may ask for seals: client ids and the digests of their secrets, from a file."""

import hmac
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from seal.domain import SHA256_BYTES, digest_of_secret
from seal.errors import InvalidClient, Misconfigured


@dataclass(frozen=True)
class Clients:
    """The clients of this service; a secret may have a successor while it is being replaced.

    Secrets are random (32 characters and more, made by a machine), so a plain SHA-256 keeps them:
    a slow password hash would add nothing but a way to keep the service busy.
    """

    digests: dict[str, tuple[bytes, ...]]

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read ``{"<id>": {"secrets_sha256": [hex, …]}}``; refuse a file without clients."""
        raw = json.loads(path.read_text())
        digests = {
            client: tuple(bytes.fromhex(one) for one in entry["secrets_sha256"])
            for client, entry in raw.items()
        }
        found = [digest for one in digests.values() for digest in one]
        if not found or any(len(digest) != SHA256_BYTES for digest in found):
            raise Misconfigured(f"{path}: needs at least one client with SHA-256 digests")
        return cls(digests)

    def authenticate(self, client: str, secret: str) -> str:
        """Return the client's id; raise ``InvalidClient``, the same for a wrong id and secret."""
        offered = digest_of_secret(secret)
        known = self.digests.get(client, ())
        # Every comparison runs, in constant time, so the answer's timing tells nothing.
        matches = [hmac.compare_digest(offered, digest) for digest in known or (bytes(32),)]
        if not known or not any(matches):
            raise InvalidClient
        return client

    def __contains__(self, client: object) -> bool:
        return client in self.digests
