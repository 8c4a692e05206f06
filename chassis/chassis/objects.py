"""Content-addressed object storage: local files or S3 behind one interface.

An object's name is its SHA-256, so it can never change, and a read proves itself.
"""

import hashlib

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import from_url

from chassis.errors import NotFound


class DamagedObject(Exception):
    """The stored bytes do not have the hash they are stored under."""


class ObjectStore:
    """Immutable objects below ``url`` (``file:///…`` or ``s3://bucket/prefix``)."""

    def __init__(self, url: str) -> None:
        local = url.startswith("file:")
        self._store = from_url(url, mkdir=True) if local else from_url(url)

    async def put(self, content: bytes) -> str:
        """Store ``content`` once and return its SHA-256 in hex; storing it again is harmless."""
        digest = hashlib.sha256(content).hexdigest()
        await obstore.put_async(self._store, _path(digest), content)
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


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"
