"""Annex 2: an office's application to start up its seal, printed once and kept."""

from dataclasses import dataclass

from certificates.domain.entities import Organisation, RegisteredTemplate, Seal
from certificates.domain.presence import present
from certificates.errors import OrganisationNotFound, SealNotDrawn
from certificates.printshop import Printshop
from certificates.store import copies, seal_faces
from certificates.store.seal_faces import Application
from certificates.usecases import Dependencies
from certificates.usecases.templates import live_template
from chassis.clock import legal_date
from chassis.db import Database
from chassis.objects import ObjectStore

_FORM = "annex-2"


@dataclass(frozen=True, slots=True)
class _Matter:
    """What the form says and shows."""

    office: Organisation
    template: RegisteredTemplate
    operators: bytes


async def application_file(
    database: Database, deps: Dependencies, printshop: Printshop, objects: ObjectStore, seal: Seal
) -> tuple[str, bytes]:
    """Return SHA-256 and bytes of the application; printed when it is first asked for.

    From then on it is that very file, whatever happens to templates and names. An impression
    handed in anew makes a new one.
    """
    if seal.drawing_sha256 is None:
        raise SealNotDrawn
    printed = await _printed(database, seal)
    if printed is None:
        await _print(database, deps, printshop, objects, seal)
        printed = present(await _printed(database, seal))
    return printed.file_sha256, await objects.get(printed.file_sha256)


async def _printed(database: Database, seal: Seal) -> Application | None:
    async with database.reading() as tx:
        return await seal_faces.application(tx, seal.id, present(seal.drawing_sha256))


async def _print(
    database: Database, deps: Dependencies, printshop: Printshop, objects: ObjectStore, seal: Seal
) -> None:
    """Print and store the form in no transaction; the first of two at the same time counts."""
    drawing, shipped = present(seal.drawing_sha256), await printshop.shipped()
    async with database.transaction() as tx:
        office = await copies.organisation(tx, seal.office_id)
        if office is None:
            raise OrganisationNotFound
        template = await live_template(tx, deps, _FORM, shipped)
        matter = _Matter(office, template, await seal_faces.drawing(tx, drawing))
    picture = await objects.get(seal.impression_sha256) if seal.impression_sha256 else None
    data = {
        "office_name": matter.office.name,
        "applied_on": legal_date(seal.created_at).isoformat(),
    }
    pdf = await printshop.print_application(
        data, template.version, picture=picture, operators=matter.operators
    )
    printed = Application(
        seal_id=seal.id,
        drawing_sha256=drawing,
        file_sha256=await objects.put(pdf),
        template_version=template.version,
        template_digest=template.digest,
        printed_at=deps.clock.now(),
    )
    async with database.transaction() as tx:
        await seal_faces.keep_application(tx, printed)
