"""What anybody may call: registering, logging in, looking up organisations, signing keys."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chassis.clock import legal_date
from chassis.http import IdempotencyKey, responses
from identity import errors
from identity.domain.id_numbers import IdNumber, parse_id_number
from identity.domain.names import accept_name
from identity.domain.organisations import Kind
from identity.domain.people import require_strong_password
from identity.http import cursors, schemas
from identity.http.deps import Inside
from identity.http.views import affiliation_view, organisation_view
from identity.store import organisations
from identity.usecases.register_person import Registration, register_person

router = APIRouter(prefix="/api/identity/v1", tags=["public"])


@router.post(
    "/registrations",
    summary="专业技术人员注册，生成证书管理号",
    status_code=201,
    response_model=schemas.RegistrationView,
    responses=responses(
        errors.IdNumberMalformed,
        errors.IdNumberCheckDigitWrong,
        errors.IdNumberTruncatedBySpreadsheet,
        errors.NameUnacceptable,
        errors.PasswordTooWeak,
        errors.EmployerUnknown,
        errors.StartsInTheFuture,
        errors.RegistrationRefused,
        errors.TooBusy,
    ),
)
async def register(body: schemas.RegistrationRequest, key: IdempotencyKey, inside: Inside) -> Any:
    number = parse_id_number(body.id_number, today=legal_date(inside.deps.clock.now()))
    name = accept_name(body.name)
    require_strong_password(body.password, name=name, id_number=number)
    hashed = await inside.passwords.hash(body.password)
    registration = _registration(body, number, name, hashed)
    async with inside.database.transaction() as tx:

        async def action() -> schemas.RegistrationView:
            done = await register_person(tx, inside.deps, registration)
            return schemas.RegistrationView(
                person_id=done.person.id,
                management_number=done.person.management_number,
                status=done.person.status,
                affiliation=affiliation_view(done.affiliation),
            )

        return await inside.once(
            tx, caller=None, key=key, action_name="register", request=body, action=action
        )


def _registration(
    body: schemas.RegistrationRequest, number: IdNumber, name: str, hashed: str
) -> Registration:
    return Registration(
        id_number=number,
        name=name,
        title_level=body.title_level,
        title_series=body.title_series,
        employer_id=body.employer_id,
        starts_on=body.starts_on,
        password_hash=hashed,
    )


@router.post(
    "/tokens",
    summary="登录",
    responses=responses(errors.LogInRefused, errors.LogInLocked, errors.TooBusy),
)
async def log_in(body: schemas.TokenRequest, inside: Inside) -> schemas.TokenView:
    token = await inside.log_in(body.login, body.password)
    return schemas.TokenView(access_token=token.access_token, expires_in=token.expires_in)


@router.get("/jwks.json", summary="访问令牌的验签公钥")
async def signing_keys(inside: Inside) -> schemas.KeySetView:
    return schemas.KeySetView(**inside.keys.published())


@router.get(
    "/organisations", summary="查找机构和用人单位", responses=responses(errors.CursorMalformed)
)
async def search_organisations(
    *,
    inside: Inside,
    q: Annotated[str | None, Query(max_length=100, description="名称中的字")] = None,
    kind: Kind | None = None,
    parent_id: UUID | None = None,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> schemas.OrganisationPage:
    after = cursors.decode_named(cursor)
    async with inside.database.reading() as tx:
        found = await organisations.search(
            tx, name_contains=q, kind=kind, parent_id=parent_id, after=after, limit=limit + 1
        )
        ids = [one.parent_id for one in found if one.parent_id]
        parents = await organisations.find_many(tx, ids)
    names = {one.id: one.name for one in parents.values()}
    items = [
        organisation_view(one, names.get(one.parent_id) if one.parent_id else None)
        for one in found[:limit]
    ]
    more = len(found) > limit
    last = items[-1] if more else None
    return schemas.OrganisationPage(
        items=items, next_cursor=cursors.encode(last.name, last.organisation_id) if last else None
    )
