"""The platform's key list (contracts/qr/keys.md), as it lies in a file beside this service.

Made and signed at the offline root and carried here; a new one counts from the next question on,
without a restart.
"""

from datetime import datetime
from pathlib import Path

import structlog

from chassis.audit import InvariantBroken
from chassis.key_list import KeyList, KeyListRefused, read_key_list
from chassis.statements import SigningKeys, load_public_key
from verify.errors import KeyListUnavailable
from verify.settings import VerifySettings

_log = structlog.get_logger()


class KeyFile:
    """The newest list of the file that the root has signed."""

    def __init__(self, path: Path | None, root: Path | None) -> None:
        self._path = path
        self._root = load_public_key(root) if root else None
        self._seen: tuple[int, int, int] | None = None
        self._held: tuple[str, KeyList] | None = None

    @property
    def text(self) -> str:
        """The list as signed; ``KeyListUnavailable`` if there never was a good one."""
        return self._newest()[0]

    @property
    def key_list(self) -> KeyList:
        """What it says; ``KeyListUnavailable`` if there never was a good one."""
        return self._newest()[1]

    def _newest(self) -> tuple[str, KeyList]:
        try:
            self._look()
        except (OSError, ValueError) as reason:
            _log.error("key_list_refused", path=str(self._path), reason=str(reason))
        if self._held is None:
            raise KeyListUnavailable
        return self._held

    def _look(self) -> None:
        """Read the file if it is another than last time; a bad one leaves what is held."""
        if self._path is None or self._root is None:
            return
        facts = self._path.stat()
        seen = (facts.st_ino, facts.st_mtime_ns, facts.st_size)
        if seen == self._seen:
            return
        self._seen = seen
        text = self._path.read_text(encoding="ascii").strip()
        read = read_key_list(text, self._root)
        if self._held and read.sequence < self._held[1].sequence:
            raise KeyListRefused(f"list {read.sequence} is older than the one held")
        self._held = (text, read)


def checked_key_list(settings: VerifySettings, now: datetime) -> KeyList | None:
    """Return the key list that is published; ``InvariantBroken`` if devices could not use it."""
    if settings.key_list_file is None:
        return None
    try:
        held = KeyFile(settings.key_list_file, settings.root_public_key_file).key_list
    except KeyListUnavailable as reason:
        raise InvariantBroken("there is no key list that the root has signed") from reason
    if held.expires_at < now:
        raise InvariantBroken(f"key list {held.sequence} ended on {held.expires_at}")
    for file, use in (
        (settings.signing_keys_file, "receipt"),
        (settings.status_keys_file, "status"),
    ):
        signer = SigningKeys.load(file).current if file else None
        if signer and held.standing(signer, use, signed_from=now, signed_until=now) != "good":
            raise InvariantBroken(f"the key {signer} signs and is not on the key list for {use}")
    return held
