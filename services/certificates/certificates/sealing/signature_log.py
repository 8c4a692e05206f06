"""Reading a seal service's own signature log (GET /log), for those services that keep one."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from certificates.domain.canary import is_canary
from certificates.sealing.connection import SealConnection, accepted, read
from chassis.errors import Category, ServiceError

_HASHED = (
    "position", "id", "request_id", "request_key", "signed_at",
    "client", "credential", "certificate_sha256", "hash", "signature",
)  # fmt: skip


class SealLogBroken(ServiceError):
    """The log's past has changed, or entries are missing: somebody tampers, or lost data."""

    code: ClassVar[str] = "certificates.seal_log_broken"
    category: ClassVar[Category] = Category.CONFLICT
    detail = "签章服务的日志不连续或已被改动，请核查。"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One signature as the service logged it."""

    position: int
    hash: bytes
    signed_at: datetime
    client: str
    request_key: str
    certificate_sha256: str
    previous_hash: bytes
    entry_hash: bytes
    # What the entry hash must be for what the entry says.
    content_hash: bytes

    @property
    def is_canary(self) -> bool:
        """Whether it is a trial: marked as one, and over nothing but what the mark says."""
        return is_canary(self.request_key, self.hash)


class SignatureLog:
    """The log of one seal service; positions are dense and begin at 1."""

    def __init__(self, connection: SealConnection) -> None:
        self._connection = connection

    async def after(self, position: int, entry_hash: bytes | None, limit: int) -> list[LogEntry]:
        """Return the entries that follow ``position``, the last one known to us.

        That one is asked for again: raises ``SealLogBroken`` when it is gone or another now, or
        when what follows does not join on. Raises SealUnavailable or SealRefused as every call.
        """
        start = max(position - 1, 0)
        url = self._connection.url(f"log?after={start}&limit={limit}")
        entries = read(_entries, accepted(await self._connection.call("GET", url)))
        known = entries.pop(0) if position and entries else None
        if position and (
            known is None or known.position != position or known.entry_hash != entry_hash
        ):
            raise SealLogBroken
        for before, entry in zip([known, *entries], entries, strict=False):
            _check_joined(before, entry)
        return entries


def _check_joined(before: LogEntry | None, entry: LogEntry) -> None:
    position, link = (before.position, before.entry_hash) if before else (0, bytes(32))
    if entry.position != position + 1 or entry.previous_hash != link:
        raise SealLogBroken
    if entry.entry_hash != entry.content_hash:
        raise SealLogBroken


def _entries(body: Any) -> list[LogEntry]:
    raw: Sequence[Any] = body["entries"]
    return [
        LogEntry(
            position=int(one["position"]),
            hash=bytes.fromhex(one["hash"]),
            signed_at=datetime.fromisoformat(one["signed_at"]),
            client=str(one["client"])[:200],
            request_key=str(one["request_key"])[:200],
            certificate_sha256=str(one["certificate_sha256"])[:64],
            previous_hash=bytes.fromhex(one["previous_hash"]),
            entry_hash=bytes.fromhex(one["entry_hash"]),
            content_hash=_content_hash(one),
        )
        for one in raw
    ]


def _content_hash(entry: Mapping[str, Any]) -> bytes:
    """Return the hash as docs/bureau-seal-services.md defines it."""
    content = {name: entry[name] for name in _HASHED}
    content["signed_at"] = datetime.fromisoformat(entry["signed_at"]).isoformat()
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(bytes.fromhex(entry["previous_hash"]) + text.encode()).digest()
