"""Document work in processes of its own: rendering, preparing, assembling and checking.

All of it is CPU-bound (about 0.1 s a certificate), so on the event loop it would stall consumers,
lanes and health checks. The processes hold no secrets: tokens and payload signatures come in with
the order, signatures come in with the sealed document.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from certificates.document_processes import Bounds, DocumentProcesses, Run
from certificates.record import parse_record
from certificates.sealing import GateCheck, GateRefused, SealedDocument
from certificates.sealing.material import (
    NOTHING_KNOWN,
    Extension,
    Known,
    Material,
    Revised,
    RevisionExpectation,
)

# (form, version) → digest of its files.
Shipped = Mapping[tuple[str, str], str]
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Order:
    """Step 3: what to render and whose seal to prepare it for."""

    record: bytes
    qr_url: str
    seal_name: str
    development: bool
    certificate: bytes
    chain: tuple[bytes, ...]
    signed_at: datetime
    # The filed drawing of the seal; None: drawn from its name, as seals were before.
    drawing: bytes | None = None
    # A service that seals whole documents is given one without a signature field.
    whole_document: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """Step 3: the prepared document and the digest that goes to the seal service."""

    prepared: bytes
    digest_to_sign: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """Step 5: the assembled file and the gate's report; ``passed`` decides."""

    passed: bool
    file: bytes
    rendered_length: int
    code: str
    checks: tuple[GateCheck, ...]

    @property
    def failed(self) -> list[tuple[str, str]]:
        """Return name and detail of every check that failed."""
        return [(check.name, check.detail) for check in self.checks if not check.passed]


class Workshop:
    """Bounded document processes; what nobody waits for has one of its own, of low priority.

    Else every certificate would wait behind the later revisions of those before it.
    """

    def __init__(
        self,
        fonts_dir: Path,
        *,
        processes: int,
        documents_per_process: int,
        timeout_seconds: float,
        megabytes_per_process: int = 512,
        start_seconds: float = 0.0,
    ) -> None:
        self._fonts_dir = fonts_dir
        self._processes = processes
        bounds = Bounds(
            processes, documents_per_process, megabytes_per_process, timeout_seconds, start_seconds
        )
        self._foreground = DocumentProcesses(bounds, self._warm)
        self._background = DocumentProcesses(replace(bounds, processes=1, background=True))
        self._latest: Order | None = None
        self._template_version: str | None = None
        self._templates: Shipped | None = None

    async def produce(self, order: Order) -> Draft:
        """Render and prepare one certificate; the same order gives the same bytes."""
        draft = await self._run(_produce, self._fonts_dir, order)
        self._latest = order
        return draft

    async def finish(
        self,
        prepared: bytes,
        signature: bytes | SealedDocument,
        *,
        record: bytes,
        pinned: bytes,
        at: datetime,
        crls: Sequence[bytes] = (),
        known: Known = NOTHING_KNOWN,
    ) -> Sealed:
        """Embed the signature, unless the seal service did, and take the file through the gate.

        Never raises for a bad file.
        """
        question = _Question(record, pinned, at, tuple(crls), known)
        return await self._run(_finish, prepared, signature, question)

    async def rendered(self, prepared: bytes) -> bytes:
        """Return the document as rendered: what a service that seals whole PDFs is given."""
        return await self._run(_rendered, prepared)

    async def check(
        self, file: bytes, *, rendered_length: int, record: bytes, pinned: bytes, at: datetime
    ) -> Sealed:
        """Take a stored file through the gate again."""
        return await self._background.run(
            _check, file, rendered_length, _Question(record, pinned, at)
        )

    async def examine(
        self,
        prepared: bytes,
        file: bytes,
        *,
        record: bytes,
        pinned: bytes,
        at: datetime,
        crls: Sequence[bytes] = (),
        known: Known = NOTHING_KNOWN,
    ) -> Sealed:
        """Take a quarantined file through the gate again, beside what was prepared for it."""
        question = _Question(record, pinned, at, tuple(crls), known)
        return await self._background.run(_examine, prepared, file, question)

    async def draw_seal(self, title: str, *, development: bool) -> bytes:
        """Return a seal drawn from its name; ``SealTextUnprintable``."""
        drawing = partial(_draw_seal, self._fonts_dir, title, development=development)
        return await self._run(drawing)

    async def extend(self, file: bytes, material: Material) -> Extension:
        """Append validation material to a file, with room for a timestamp over everything."""
        return await self._background.run(_extend, file, material)

    async def complete(
        self, previous: bytes, extension: Extension, token: bytes, expectation: RevisionExpectation
    ) -> Revised:
        """Put the timestamp in and check the whole revision; never raises for a bad one."""
        return await self._background.run(_complete, previous, extension, token, expectation)

    async def check_revision(
        self, previous: bytes, file: bytes, expectation: RevisionExpectation
    ) -> Revised:
        """Check a stored revision against the one before it again."""
        return await self._background.run(_check_revision, previous, file, expectation)

    async def run(
        self,
        work: Callable[Parameters, Result],
        *arguments: Parameters.args,
        **named: Parameters.kwargs,
    ) -> Result:
        """Run any other document work: a module-level function and what can be pickled."""
        return await self._run(work, *arguments, **named)

    async def templates(self) -> Shipped:
        """Return every template version of this build with its digest; asked for once."""
        if self._templates is None:
            self._templates = await self._run(_shipped)
        return self._templates

    async def template_version(self) -> str:
        """Return the version of the form that the document processes render.

        The first call starts them and loads the fonts: the worker does it before it takes work.
        """
        if self._template_version is None:
            versions = await asyncio.gather(
                *(self._run(_warm, self._fonts_dir) for _ in range(self._processes))
            )
            self._template_version = versions[0]
        return self._template_version

    def close(self) -> None:
        """End the processes without waiting for what they are doing: it is all repeatable."""
        self._foreground.close()
        self._background.close()

    async def _warm(self, run: Run) -> None:
        """Have each new process make the latest document again: page and seal are then at hand."""
        work = (
            (_produce, self._fonts_dir, self._latest) if self._latest else (_warm, self._fonts_dir)
        )
        await asyncio.gather(*(run(*work) for _ in range(self._processes)))

    async def _run(
        self,
        work: Callable[Parameters, Result],
        *arguments: Parameters.args,
        **_: Parameters.kwargs,
    ) -> Result:
        return await self._foreground.run(work, *arguments)


# WeasyPrint and pyHanko are imported by the document processes only: they are half of what
# would otherwise be the memory of every process of this service.
@cache
def _press(fonts_dir: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202 - imported inside
    from certificates.press import Press

    return Press(fonts_dir)


def _warm(fonts_dir: Path) -> str:
    from certificates.rendering.renderer import TEMPLATE_VERSION

    _press(fonts_dir)
    return TEMPLATE_VERSION


def _shipped() -> dict[tuple[str, str], str]:
    from certificates.rendering.versions import digest_of, shipped

    return {(one.form, one.version): digest_of(one) for one in shipped()}


def _produce(fonts_dir: Path, order: Order) -> Draft:
    from certificates.sealing.appearance import SealFace

    prepared = _press(fonts_dir).prepare(
        parse_record(order.record),
        order.qr_url,
        SealFace(order.seal_name, order.development, order.drawing),
        (order.certificate, order.chain),
        signed_at=order.signed_at,
        may_be_fast=not order.whole_document,
    )
    return Draft(prepared.to_bytes(), prepared.digest_to_sign)


def _draw_seal(fonts_dir: Path, title: str, *, development: bool) -> bytes:
    from certificates.sealing.seal_drawing import draw_from_name

    return draw_from_name(title, fonts_dir, development=development)


@dataclass(frozen=True, slots=True)
class _Question:
    """What the gate is asked about a file."""

    record: bytes
    pinned: bytes
    at: datetime
    crls: tuple[bytes, ...] = ()
    known: Known = NOTHING_KNOWN


def _rendered(prepared_bytes: bytes) -> bytes:
    from certificates.sealing.prepare import PreparedDocument

    return PreparedDocument.from_bytes(prepared_bytes).rendered


def _finish(
    prepared_bytes: bytes, signature: bytes | SealedDocument, question: _Question
) -> Sealed:
    from certificates.sealing.prepare import (
        PreparedDocument,
        SignatureMismatch,
        assemble,
        embed,
    )

    prepared = PreparedDocument.from_bytes(prepared_bytes)
    if isinstance(signature, SealedDocument):
        return _gate(signature.file, prepared.rendered, question)
    try:
        file = assemble(prepared, signature)
    except SignatureMismatch as error:
        # Kept for the investigation as it would have been read, with what the gate says of it.
        file = embed(prepared, signature) if prepared.has_room(signature) else prepared.document
        judged = _gate(file, prepared.rendered, question, one_revision=prepared.one_revision)
        return replace(judged, passed=False, code=error.code)
    # Our bytes as stored in step 3, not as they came back: that is what the gate is for.
    return _gate(file, prepared.rendered, question, one_revision=prepared.one_revision)


def _examine(prepared_bytes: bytes, file: bytes, question: _Question) -> Sealed:
    from certificates.sealing.prepare import PreparedDocument

    prepared = PreparedDocument.from_bytes(prepared_bytes)
    return _gate(file, prepared.rendered, question, one_revision=prepared.one_revision)


def _extend(file: bytes, material: Material) -> Extension:
    from certificates.sealing.validation import extend

    return extend(file, material)


def _complete(
    previous: bytes, extension: Extension, token: bytes, expectation: RevisionExpectation
) -> Revised:
    from certificates.sealing.validation import complete

    return complete(previous, extension, token, expectation)


def _check_revision(previous: bytes, file: bytes, expectation: RevisionExpectation) -> Revised:
    from certificates.sealing.validation import check_revision

    return check_revision(previous, file, expectation)


def _check(file: bytes, rendered_length: int, question: _Question) -> Sealed:
    whole = rendered_length == len(file)
    # The auditor asks somebody who has not written the file.
    return _gate(file, file[:rendered_length], question, one_revision=whole, audit=True)


def _gate(
    file: bytes,
    rendered: bytes,
    question: _Question,
    *,
    one_revision: bool = False,
    audit: bool = False,
) -> Sealed:
    from certificates.sealing.gate import (
        GateExpectation,
        check_sealed,
    )

    record = parse_record(question.record)
    expectation = GateExpectation(
        rendered,
        record,
        [question.pinned],
        question.at,
        crls=question.crls,
        ocsp_responses=question.known.ocsp_answers,
        authorities=question.known.authorities,
        revocation_max_age=question.known.max_age,
        production=question.known.production,
        one_revision=one_revision,
        independent_reader=audit,
    )
    try:
        checks = check_sealed(file, expectation)
    except GateRefused as error:
        return Sealed(False, file, len(rendered), error.code, error.checks)
    return Sealed(True, file, len(rendered), "", tuple(checks))
