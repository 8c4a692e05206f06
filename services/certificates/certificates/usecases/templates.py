"""Template versions: which is live, and how another one comes to be."""

from collections.abc import Sequence
from uuid import UUID

import structlog

from certificates.domain.entities import Comparison, RegisteredTemplate
from certificates.errors import (
    TemplateAltered,
    TemplateNotFound,
    TemplateStateConflict,
)
from certificates.printshop import Printshop
from certificates.store import copies, templates
from certificates.usecases import SYSTEM, Dependencies
from certificates.usecases.authority import PROVINCE
from certificates.usecases.propose import TEMPLATE_RELEASE, put_forward
from certificates.workshop import Shipped
from chassis.approvals import Proposal
from chassis.auth import Principal
from chassis.db import Database, Transaction
from chassis.errors import Forbidden
from chassis.objects import ObjectStore

_log = structlog.get_logger()


async def register_shipped(tx: Transaction, deps: Dependencies, shipped: Shipped) -> None:
    """Take the versions of this build into the registry, as drafts.

    A form that has no live version yet begins with its first one: there is nothing that a second
    person could compare it with.
    """
    now = deps.clock.now()
    rows = [
        {
            "form": form,
            "version": version,
            "digest": digest,
            "state": "draft",
            "created_at": now,
            "changed_at": now,
        }
        for (form, version), digest in sorted(shipped.items())
    ]
    await templates.add_unknown(tx, rows)
    for form in sorted({form for form, _ in shipped}):
        await _found(tx, deps, form)


async def _found(tx: Transaction, deps: Dependencies, form: str) -> None:
    versions = await templates.lock_form(tx, form)
    if any(one.live_since for one in versions):
        return
    first, now = versions[0], deps.clock.now()
    await templates.change(tx, first, "live", now, live_since=now)
    await templates.complete_digests(tx, form, first)
    await deps.audit.record(
        tx,
        actor=SYSTEM,
        action="template.founded",
        subject=_subject(first.form, first.version),
        detail={"digest": first.digest},
    )


async def live_template(
    tx: Transaction, deps: Dependencies, form: str, shipped: Shipped
) -> RegisteredTemplate:
    """Return the live version; raise ``TemplateAltered`` if this build has not its very files."""
    live = await templates.live(tx, form)
    if live is None:
        await register_shipped(tx, deps, shipped)
        live = await templates.live(tx, form)
    if live is None:
        raise TemplateNotFound
    if shipped.get((form, live.version)) != live.digest:
        _log.error("template_altered", form=form, version=live.version)
        raise TemplateAltered
    return live


async def prepare_proposal(
    database: Database,
    deps: Dependencies,
    printshop: Printshop,
    objects: ObjectStore,
    *,
    form: str,
    version: str,
) -> list[Comparison]:
    """Make and store the pictures of the version beside the live one; takes seconds.

    In no transaction but for a moment to look up which version is live.
    """
    shipped = await printshop.shipped()
    if (form, version) not in shipped:
        raise TemplateNotFound
    async with database.transaction() as tx:
        await register_shipped(tx, deps, shipped)
        live = await live_template(tx, deps, form, shipped)
    if live.version == version:
        raise TemplateStateConflict
    return [
        Comparison(
            form=form,
            version=version,
            sample=one.sample,
            against=live.version,
            before_sha256=await objects.put(one.before),
            after_sha256=await objects.put(one.after),
            difference_sha256=await objects.put(one.difference),
            changed_pixels=one.changed_pixels,
            pixels=one.pixels,
        )
        for one in await printshop.compare(form, live.version, version)
    ]


async def province_of(tx: Transaction, caller: Principal) -> UUID:
    """Return the province whose administrator the caller is; the forms are the province's."""
    for organisation_id in caller.require(PROVINCE):
        organisation = await copies.organisation(tx, organisation_id)
        if organisation and organisation.kind == "province":
            return organisation_id
    raise Forbidden


async def propose_release(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    comparisons: Sequence[Comparison],
    *,
    form: str,
    version: str,
    shipped: Shipped,
) -> UUID:
    """Propose that the version goes live; what is approved is its digest and the pictures."""
    province = await province_of(tx, caller)
    template = await templates.lock(tx, form, version)
    live = await templates.live(tx, form)
    if template is None or live is None:
        raise TemplateNotFound
    if shipped.get((form, version)) != template.digest:
        raise TemplateAltered
    if template.state == "live" or any(one.against != live.version for one in comparisons):
        raise TemplateStateConflict
    proposal = await put_forward(
        tx,
        deps,
        caller,
        kind=TEMPLATE_RELEASE,
        subject=_subject(form, version),
        organisation_id=province,
        payload={
            "form": form,
            "version": version,
            "digest": template.digest,
            "replaces": live.version,
            "pictures": {one.sample: one.difference_sha256 for one in comparisons},
        },
    )
    await templates.keep_comparisons(tx, template, comparisons)
    await templates.change(tx, template, "proposed", deps.clock.now())
    return proposal


async def release(
    tx: Transaction, deps: Dependencies, caller: Principal, proposal: Proposal
) -> None:
    """Put the approved version live and retire the one before it, which keeps its certificates."""
    form, version = proposal.payload["form"], proposal.payload["version"]
    template = await templates.lock(tx, form, version)
    live = await templates.live(tx, form)
    now = deps.clock.now()
    if template is None or live is None:
        raise TemplateNotFound
    # Another version may have gone live since: the approver has seen other pictures.
    approved = (proposal.payload["digest"], proposal.payload["replaces"])
    if template.state != "proposed" or approved != (template.digest, live.version):
        raise TemplateStateConflict
    await templates.change(tx, live, "retired", now)
    await templates.change(tx, template, "live", now, live_since=now)
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action="template.live",
        subject=_subject(form, version),
        detail={
            "approval": str(proposal.id),
            "proposer": proposal.proposer,
            "digest": template.digest,
            "retired": live.version,
        },
    )


async def withdraw(tx: Transaction, deps: Dependencies, proposal: Proposal) -> None:
    """Take a refused version back to what it was before it was proposed."""
    template = await templates.lock(tx, proposal.payload["form"], proposal.payload["version"])
    if template and template.state == "proposed":
        state = "retired" if template.live_since else "draft"
        await templates.change(tx, template, state, deps.clock.now())


def _subject(form: str, version: str) -> str:
    return f"template:{form}/{version}"
