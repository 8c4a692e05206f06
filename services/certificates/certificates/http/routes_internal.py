"""What other services call; the gateway routes none of it."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from certificates.forms.errors import (
    FormDataInvalid,
    FormGlyphMissing,
    FormPrintingFailed,
    FormTooLong,
    FormUnknown,
)
from certificates.http.deps import Data, Deps, Printing
from certificates.usecases.templates import live_template
from chassis.errors import BodyTooLarge, Forbidden, Unauthenticated
from chassis.http import Caller, responses

router = APIRouter(prefix="/internal", tags=["internal"])
FORMS_SCOPE = "certificates.forms"
# An impression of 700 KB is the most that any form's data holds.
_MOST_BYTES = 1024 * 1024


@router.post(
    "/forms/{form}",
    summary="按表单数据生成 PDF（数据格式见 contracts/forms）",
    response_class=Response,
    responses={
        200: {"content": {"application/pdf": {}}},
        **responses(
            Unauthenticated,
            Forbidden,
            FormUnknown,
            FormDataInvalid,
            FormGlyphMissing,
            FormTooLong,
            BodyTooLarge,
            FormPrintingFailed,
        ),
    },
)
async def print_form(
    *,
    form: Annotated[str, Path(max_length=40)],
    body: dict[str, Any],
    request: Request,
    database: Data,
    deps: Deps,
    printing: Printing,
    caller: Caller,
) -> Response:
    caller.require_scope(FORMS_SCOPE)
    if len(await request.body()) > _MOST_BYTES:
        raise BodyTooLarge
    shipped = await printing.shipped()
    if form not in {name for name, _ in shipped} - {"certificate"}:
        raise FormUnknown
    async with database.transaction() as tx:
        template = await live_template(tx, deps, form, shipped)
    pdf = await printing.print_form(form, body, template.version)
    headers = {
        "content-disposition": f'attachment; filename="{form}.pdf"',
        # What the caller keeps with the file: which form it was made with.
        "yuzheng-template": f"{form}/{template.version}",
        "yuzheng-template-digest": template.digest,
    }
    return Response(pdf, media_type="application/pdf", headers=headers)
