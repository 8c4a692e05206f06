"""Runs the examining process: one for each file, few at a time, killed when it takes too long."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from chassis.own_process import run_module
from verify.errors import ExaminerBusy
from verify.pictures import ASKED

_SECONDS = 10.0
# Each takes a processor for about a second.
_AT_ONCE = 2
_WAITING = 8
_DAMAGED = {"unreadable": "damaged"}


class Examiner:
    """Says what a file shows; a file that breaks its reader is "damaged", never a failure."""

    def __init__(self, roots: Sequence[bytes]) -> None:
        self._roots = json.dumps([root.hex() for root in roots]).encode() + b"\n"
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._present = 0

    @classmethod
    def load(cls, roots_file: Path | None) -> "Examiner":
        """Read the trust roots, PEM; without a file no chain is ever good."""
        pem = roots_file.read_bytes() if roots_file else b""
        roots = x509.load_pem_x509_certificates(pem) if pem else []
        return cls([root.public_bytes(Encoding.DER) for root in roots])

    async def examine(self, pdf: bytes, *, pictures: bool = False) -> dict[str, Any]:
        """Return what the process says of ``pdf``; raise ``ExaminerBusy`` when too many wait."""
        if self._present >= _AT_ONCE + _WAITING:
            raise ExaminerBusy(retry_after_seconds=10)
        self._present += 1
        try:
            async with self._turns:
                return await self._run(pdf, [ASKED] if pictures else [])
        finally:
            self._present -= 1

    async def _run(self, pdf: bytes, arguments: Sequence[str]) -> dict[str, Any]:
        try:
            code, output = await run_module(
                "verify.examining", self._roots + pdf, seconds=_SECONDS, arguments=arguments
            )
        except TimeoutError:
            return {"unreadable": "too_slow"}
        try:
            answer: dict[str, Any] = json.loads(output)
        except ValueError:
            return _DAMAGED
        return _DAMAGED if code else answer
