"""Fonts of the certificate: ``python -m certificates.fonts build --output DIR``, and coverage."""

from pathlib import Path


class Coverage:
    """Which characters the built fonts can print."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def missing(self, text: str) -> list[str]:
        """Return the characters of ``text`` that no font has, each once, in order."""
        raise NotImplementedError
