"""Content-addressed object storage: local files or S3 behind one interface.

An object's name is its SHA-256, so it can never change, and a read proves itself.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import from_url

from chassis.errors import NotFound

_CHUNK_BYTES = 1024 * 1024


class DamagedObject(Exception):
    """The stored bytes do not have the hash they are stored under."""


class ObjectStore:
    """Immutable objects below ``url`` (``file:///…`` or ``s3://bucket/prefix``).

    ``access`` says how an S3 store is reached: ``endpoint``, ``region``, ``access_key_id``,
    ``secret_access_key``. A plain-text endpoint must be asked for by its ``http:`` address.
    """

    def __init__(self, url: str, access: Mapping[str, str] | None = None) -> None:
        if url.startswith("file:"):
            self._store = from_url(url, mkdir=True)
            return
        given = dict(access or {})
        plain = given.get("endpoint", "").startswith("http:")
        self._store = from_url(url, config=given, client_options={"allow_http": plain})  # type: ignore[call-overload]  # the mapping is S3's own words

    async def put(self, content: bytes) -> str:
        """Store ``content`` once and return its SHA-256 in hex; storing it again is harmless."""
        digest = hashlib.sha256(content).hexdigest()
        await obstore.put_async(self._store, _path(digest), content)
        return digest

    async def put_file(self, path: Path) -> str:
        """Store a file that is too big for memory; return its SHA-256 in hex."""
        digest = await asyncio.to_thread(_digest_of, path)
        await obstore.put_async(self._store, _path(digest), path)
        return digest

    async def get(self, digest: str) -> bytes:
        """Return the bytes; raise ``NotFound``, or ``DamagedObject`` when the hash is wrong."""
        try:
            result = await obstore.get_async(self._store, _path(digest))
        except (NotFoundError, FileNotFoundError) as error:
            raise NotFound("文件不存在。") from error
        content = bytes(await result.bytes_async())
        if hashlib.sha256(content).hexdigest() != digest:
            raise DamagedObject(digest)
        return content

    async def stream(self, digest: str, start: int, end: int) -> AsyncIterator[bytes]:
        """Yield the bytes from ``start`` to before ``end``; raise ``NotFound`` before the first.

        A part cannot prove itself: this is for big files whose reader compares the hash.
        """
        try:
            result = await obstore.get_async(
                self._store, _path(digest), options={"range": (start, end)}
            )
        except (NotFoundError, FileNotFoundError) as error:
            raise NotFound("文件不存在。") from error
        async for chunk in result.stream(min_chunk_size=_CHUNK_BYTES):
            yield bytes(chunk)

    async def delete(self, digest: str) -> None:
        """Remove an object that was kept for a time only; one that is gone already is no error."""
        try:
            await obstore.delete_async(self._store, _path(digest))
        except (NotFoundError, FileNotFoundError):
            return


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
