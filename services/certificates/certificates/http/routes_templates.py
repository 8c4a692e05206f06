"""Template versions: what is live, and the two people that make another one live."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from certificates.errors import (
    ProposalOpen,
    TemplateAltered,
    TemplateNotFound,
    TemplateStateConflict,
)
from certificates.http.deps import Data, Deps, Objects, Printing, answered_once
from certificates.http.schemas import Proposed
from certificates.http.schemas_templates import Picture, TemplateList, TemplateView
from certificates.store import templates
from certificates.usecases.templates import prepare_proposal, propose_release, province_of
from chassis.errors import Forbidden
from chassis.http import Caller, IdempotencyKey, responses

router = APIRouter(prefix="/api/certificates/v1/templates", tags=["templates"])
Form = Annotated[str, Path(max_length=40)]
Version = Annotated[str, Path(max_length=20)]


@router.get("", summary="各表单的样式版本及比对图", responses=responses(Forbidden))
async def list_templates(*, database: Data, caller: Caller) -> TemplateList:
    async with database.reading() as tx:
        await province_of(tx, caller)
        pictures = await templates.comparisons(tx)
        found = await templates.everything(tx)
    return TemplateList(items=[TemplateView.of(one, pictures) for one in found])


@router.post(
    "/{form}/{version}/proposal",
    summary="省厅提出启用新样式（先生成比对图），由省厅另一人批准后生效",
    status_code=202,
    responses=responses(
        TemplateNotFound, TemplateStateConflict, TemplateAltered, ProposalOpen, Forbidden
    ),
)
async def propose(
    *,
    form: Form,
    version: Version,
    database: Data,
    deps: Deps,
    objects: Objects,
    printing: Printing,
    caller: Caller,
    key: IdempotencyKey,
) -> Proposed:
    async with database.reading() as tx:
        await province_of(tx, caller)
    comparisons = await prepare_proposal(
        database, deps, printing, objects, form=form, version=version
    )
    shipped = await printing.shipped()
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            approval_id = await propose_release(
                tx, deps, caller, comparisons, form=form, version=version, shipped=shipped
            )
            return {"approval_id": str(approval_id)}

        request = {"release": f"{form}/{version}"}
        return Proposed(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )


@router.get(
    "/{form}/{version}/comparisons/{sample}/{picture}",
    summary="比对图：现用版本、新版本、差异",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}, **responses(TemplateNotFound, Forbidden)},
)
async def get_picture(
    *,
    form: Form,
    version: Version,
    sample: Annotated[str, Path(max_length=40)],
    picture: Picture,
    database: Data,
    objects: Objects,
    caller: Caller,
) -> Response:
    async with database.reading() as tx:
        await province_of(tx, caller)
        comparison = await templates.comparison(tx, form, version, sample)
    if comparison is None:
        raise TemplateNotFound
    content = await objects.get(getattr(comparison, f"{picture}_sha256"))
    name = f"{form}-{version}-{sample}-{picture}.png"
    disposition = f'attachment; filename="{name}"'
    return Response(content, media_type="image/png", headers={"content-disposition": disposition})
