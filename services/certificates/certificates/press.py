"""Step 3 in a document process: which path a record takes, and what the process keeps for it."""

import logging
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from certificates.record import CertificateRecord
from certificates.rendering import Renderer
from certificates.rendering.compiled import (
    Lettering,
    SealStamp,
    Shell,
    ShellUnusable,
    compile_shell,
    goes_fast,
    write_prepared,
)
from certificates.sealing.appearance import SealFace, SealImage, image_of
from certificates.sealing.prepare import PreparedDocument, prepare

_log = logging.getLogger(__name__)


class Press:
    """Prints certificates with room for the seal's signature; one per process, not thread-safe."""

    def __init__(self, fonts_dir: Path) -> None:
        self._fonts_dir = fonts_dir
        self._renderer = Renderer(fonts_dir)
        self._lettering = Lettering(fonts_dir)
        self._shells: dict[tuple[str, str], Shell | None] = {}
        self._image = lru_cache(maxsize=256)(self._draw)
        self._stamp = lru_cache(maxsize=256)(self._pack)

    def prepare(
        self,
        record: CertificateRecord,
        qr_url: str,
        seal: SealFace,
        signer: tuple[bytes, tuple[bytes, ...]],
        *,
        signed_at: datetime,
        may_be_fast: bool,
    ) -> PreparedDocument:
        """Return the document waiting for its signature; the same input gives the same bytes.

        ``seal`` is how it looks, ``signer`` certificate and chain. A service that seals whole
        documents needs one without a signature field: it forbids the fast path, whose documents
        are born with theirs.
        """
        if may_be_fast and goes_fast(record, self._lettering.printable):
            shell = self._shell(record.template_version, qr_url)
            if shell is not None:
                stamp = self._stamp(seal, signer)
                return write_prepared(
                    shell, self._lettering, record, qr_url, stamp, signed_at=signed_at
                )
        pdf = self._renderer.render(record, qr_url)
        return prepare(pdf, self._image(seal), *signer, signed_at=signed_at)

    def _shell(self, template_version: str, qr_url: str) -> Shell | None:
        """Return the compiled page; None, told once, when this version cannot be compiled."""
        address = urlsplit(qr_url)
        key = (template_version, f"{address.scheme}://{address.netloc}")
        if key not in self._shells:
            try:
                self._shells[key] = compile_shell(self._renderer.render, *key)
            except ShellUnusable:
                # Slower, not wrong: every certificate is then rendered in full.
                _log.exception("template %s cannot be compiled", template_version)
                self._shells[key] = None
        return self._shells[key]

    def _draw(self, seal: SealFace) -> SealImage:
        return image_of(seal, self._fonts_dir)

    def _pack(self, seal: SealFace, signer: tuple[bytes, tuple[bytes, ...]]) -> SealStamp:
        return SealStamp.of(self._image(seal), *signer)
