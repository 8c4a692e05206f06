"""What other services call; the gateway routes none of it."""

from typing import Annotated

from fastapi import APIRouter, Form

from chassis.errors import Forbidden, Unauthenticated
from chassis.http import Caller, responses
from identity import errors
from identity.http import schemas
from identity.http.deps import Inside
from identity.usecases.resolve_people import resolve_people

router = APIRouter(prefix="/internal", tags=["internal"])


@router.post(
    "/tokens",
    summary="服务之间的访问令牌（client credentials）",
    responses=responses(errors.ClientRefused, errors.TooBusy),
)
async def service_token(
    inside: Inside,
    grant_type: Annotated[str, Form()],
    client_id: Annotated[str, Form(max_length=100)],
    client_secret: Annotated[str, Form(max_length=200)],
) -> schemas.TokenView:
    if grant_type != "client_credentials":
        raise errors.ClientRefused
    client = await inside.clients.authenticate(client_id, client_secret)
    token = inside.issuer.for_service(client.name, client.scopes)
    return schemas.TokenView(access_token=token.access_token, expires_in=token.expires_in)


@router.post(
    "/resolve",
    summary="证件号码对应的人员",
    responses=responses(Unauthenticated, Forbidden, errors.TooManyIdNumbers),
)
async def resolve(
    body: schemas.ResolveRequest, caller: Caller, inside: Inside
) -> schemas.ResolveView:
    async with inside.database.transaction() as tx:
        answers = await resolve_people(
            tx, inside.deps, caller, purpose=body.purpose, id_numbers=body.id_numbers
        )
    return schemas.ResolveView(
        people=[
            schemas.ResolvedView(person_id=one.person_id, problem=one.problem) for one in answers
        ]
    )
