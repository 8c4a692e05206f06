"""The scripts and the offline verifier, as ``web/build.mjs`` has bundled them.

What is served for whom is put in here: the root's public key, by which a script knows every other
key, and the official host. Then each file is named by what is in it, so that it can be kept for
ever; only the offline verifier's page and its service worker have lasting addresses.
"""

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from chassis.statements import load_public_key, public_text

ASSETS = "/v/assets/"
OFFLINE = "/v/offline/"
WORKER = f"{OFFLINE}worker.js"
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
}
_HOST = re.compile(r"[a-z0-9.:\[\]-]+")
_SLOT = re.compile(rb"\[\[([a-z.]+)\]\]")
# Files that name no other file, and those that do, in the order of being named.
_LEAVES = ("zxing.wasm", "icon.svg", "offline.css", "check.js", "offline.js")
_KEPT_OFFLINE = ("zxing.wasm", "icon.svg", "offline.css", "offline.js", "manifest.json")


@dataclass(frozen=True)
class WebFile:
    """A file as it is sent."""

    body: bytes
    compressed: bytes
    media_type: str
    etag: str

    @classmethod
    def of(cls, name: str, body: bytes) -> Self:
        etag = f'"{_digest(body)}"'
        return cls(body, gzip.compress(body, mtime=0), _TYPES[Path(name).suffix], etag)


class WebFiles:
    """Every file by its path."""

    def __init__(self, files: Mapping[str, WebFile], script: str) -> None:
        self._files = files
        # Path of the check page's script.
        self.script = script

    @classmethod
    def none(cls) -> Self:
        """Return no files: pages have no script, and there is no offline verifier."""
        return cls({}, "")

    @classmethod
    def load(cls, folder: Path | None, root: Path | None, official_host: str) -> Self:
        """Read what was built; nothing is served if either the files or the root are not set."""
        if folder is None or root is None:
            return cls.none()
        if not _HOST.fullmatch(official_host):
            raise ValueError(f"{official_host} is no host in small letters")
        if not (folder / "offline.html").exists():
            raise ValueError(f"{folder}: nothing has been built here; run deploy/local/setup")
        return cls._pinned(
            {file.name: file.read_bytes() for file in folder.glob("[!.]*")},
            {"root": public_text(load_public_key(root)), "host": official_host},
        )

    @classmethod
    def _pinned(cls, built: Mapping[str, bytes], values: dict[str, str]) -> Self:
        files: dict[str, WebFile] = {}
        for name in (*_LEAVES, "manifest.json"):
            # The decoder is no text: what looks like a slot in it is none.
            body = built[name] if name.endswith(".wasm") else _filled(built[name], values)
            stem, _, suffix = name.rpartition(".")
            values[name] = f"{ASSETS}{stem}-{_digest(body)}.{suffix}"
            files[values[name]] = WebFile.of(name, body)
        values["worker.js"] = WORKER
        page = _filled(built["offline.html"], values)
        values["files"] = " ".join(values[name] for name in _KEPT_OFFLINE)
        values["release"] = _digest(page)
        files[OFFLINE] = WebFile.of("offline.html", page)
        files[WORKER] = WebFile.of("worker.js", _filled(built["worker.js"], values))
        return cls(files, values["check.js"])

    def find(self, path: str) -> WebFile | None:
        """Return the file of a path."""
        return self._files.get(path)


def _filled(body: bytes, values: Mapping[str, str]) -> bytes:
    # What has no value is no slot: a script may well have such brackets of its own.
    return _SLOT.sub(
        lambda slot: values[name].encode() if (name := slot[1].decode()) in values else slot[0],
        body,
    )


def _digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=10).hexdigest()
