"""The key behind share codes: the database alone opens nothing and betrays no code."""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from certificates.domain.share_code import code_from
from chassis.settings import Keyring


@dataclass(frozen=True)
class ShareKeys:
    """Makes codes and recognises them; the newest key makes, every key still recognises."""

    ring: Keyring

    def code_of(self, share_id: UUID) -> str:
        """Return the code of a share, each time the same.

        So a repeated request can be answered without the code having been stored.
        """
        return code_from(_mac(self.ring.current_key, b"code", share_id.bytes))

    def stored_form(self, code: str) -> bytes:
        return _mac(self.ring.current_key, b"hash", code.encode())

    def stored_forms(self, code: str) -> list[bytes]:
        """Return what the code may be stored as, under every key that is still in use."""
        return [_mac(key, b"hash", code.encode()) for key in self.ring.keys.values()]


def _mac(key: bytes, purpose: bytes, content: bytes) -> bytes:
    return hmac.new(key, b"yuzheng-share/" + purpose + b"/" + content, hashlib.sha256).digest()
