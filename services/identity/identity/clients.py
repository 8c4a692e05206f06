"""The services that may ask for a token of their own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from identity.errors import ClientRefused
from identity.passwords import Passwords


@dataclass(frozen=True)
class Client:
    """A service, the argon2 hash of its secret, and what it may do here and elsewhere."""

    name: str
    secret_hash: str
    scopes: tuple[str, ...]


class Clients:
    """Known services, read from a file at start."""

    def __init__(self, clients: Mapping[str, Client], passwords: Passwords) -> None:
        self._clients = clients
        self._passwords = passwords

    @classmethod
    def load(cls, path: Path, passwords: Passwords) -> Self:
        """Read ``{client: {"secret_hash": argon2, "scopes": […]}}``."""
        raw = json.loads(path.read_text())
        return cls(
            {
                name: Client(name, entry["secret_hash"], tuple(entry["scopes"]))
                for name, entry in raw.items()
            },
            passwords,
        )

    async def authenticate(self, client_id: str, secret: str) -> Client:
        """Return the client; raise ``ClientRefused`` for an unknown id or a wrong secret alike."""
        client = self._clients.get(client_id)
        good = await self._passwords.matches(secret, client.secret_hash if client else None)
        if client is None or not good:
            raise ClientRefused
        return client
