"""What a document may load: images that are already in memory, and nothing else."""

from collections.abc import Collection, Mapping
from typing import Any

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse


class MemoryFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the given bytes by address; any other address ends the rendering."""

    def __init__(self, images: Mapping[str, tuple[bytes, str]]) -> None:
        super().__init__()
        self._images = images

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002 - its name
        """Return the image of that address."""
        if url not in self._images:
            raise FatalURLFetchingError(f"refused to load {url[:80]!r}")
        body, media_type = self._images[url]
        return URLFetcherResponse(url, body, {"Content-Type": media_type})


class OnlyTheseFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Loads the font files named at start and nothing else."""

    def __init__(self, addresses: Collection[str]) -> None:
        super().__init__(allowed_protocols=("file",))
        self._addresses = frozenset(addresses)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the file, if it is one of those."""
        if url not in self._addresses:
            raise FatalURLFetchingError(f"refused to load {url[:80]!r}")
        return super().fetch(url, headers)
