"""One short value for the content of files and folders: equal means nothing has changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path


def fingerprint(*places: Path) -> str:
    """Depends on every file's name and content, and on nothing else; a missing place is empty."""
    digest = hashlib.sha256()
    for place in places:
        for file in _files(place):
            digest.update(f"{file.relative_to(place.parent)}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    elif place.is_dir():
        for file in sorted(place.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file
