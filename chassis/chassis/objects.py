"""Content-addressed object storage: local files or S3 behind one interface.

An object's name is its SHA-256, so it can never change, and a read proves itself.
"""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

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
        self._folder: Path | None = None
        if url.startswith("file:"):
            self._store = from_url(url, mkdir=True)
            self._folder = Path(unquote(urlsplit(url).path))
            return
        given = dict(access or {})
        plain = given.get("endpoint", "").startswith("http:")
        self._store = from_url(url, config=given, client_options={"allow_http": plain})  # type: ignore[call-overload]  # the mapping is S3's own words

    async def put(self, content: bytes) -> str:
        """Store ``content`` once and return its SHA-256 in hex; storing it again is harmless.

        What is stored when this returns is there after a loss of power, too: a record that is
        committed next may name it.
        """
        digest = hashlib.sha256(content).hexdigest()
        await self._put(digest, content)
        return digest

    async def put_file(self, path: Path) -> str:
        """As ``put``, for a file that is too big for memory."""
        digest = await asyncio.to_thread(_digest_of, path)
        await self._put(digest, path)
        return digest

    async def _put(self, digest: str, content: bytes | Path) -> None:
        await obstore.put_async(self._store, _path(digest), content)
        # S3 answers when an object is safe; a file is safe when the disk has been waited for.
        if self._folder:
            await asyncio.to_thread(_wait_for_disk, self._folder / _path(digest), self._folder)

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


def _wait_for_disk(path: Path, base: Path) -> None:
    """Let the disk have the file, and its name in every folder below ``base`` and in it."""
    for one in (path, *path.parents):
        descriptor = os.open(one, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if one == base:
            return


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
