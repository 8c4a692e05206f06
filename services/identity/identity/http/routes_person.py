"""What a logged-in person or administrator sees and asks for himself."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chassis.clock import legal_date
from chassis.errors import Forbidden, NotFound, Unauthenticated
from chassis.http import Caller, IdempotencyKey, responses
from identity import errors
from identity.domain.ids import PersonId
from identity.domain.messages import Template, text_of
from identity.http import cursors, schemas
from identity.http.deps import Inside
from identity.http.views import affiliation_view, profile_view
from identity.store import messages
from identity.usecases.read_profile import read_profile
from identity.usecases.request_affiliation import EmploymentClaim, request_affiliation

router = APIRouter(prefix="/api/identity/v1", tags=["person"])
_MOST_UNREAD = 100


@router.get("/me", summary="我的信息", responses=responses(Unauthenticated, NotFound))
async def me(caller: Caller, inside: Inside) -> schemas.ProfileView:
    async with inside.database.reading() as tx:
        return profile_view(await read_profile(tx, caller))


@router.post(
    "/affiliations",
    summary="申请在用人单位任职（换单位、被退回后再申请）",
    status_code=201,
    response_model=schemas.AffiliationView,
    responses=responses(
        Unauthenticated,
        Forbidden,
        errors.EmployerUnknown,
        errors.StartsInTheFuture,
        errors.AffiliationOpen,
    ),
)
async def ask_employer(
    body: schemas.AffiliationRequest, caller: Caller, key: IdempotencyKey, inside: Inside
) -> Any:
    person_id = PersonId(caller.require_person())
    today = legal_date(inside.deps.clock.now())
    claim = EmploymentClaim(body.employer_id, body.title_level, body.starts_on or today)
    async with inside.database.transaction() as tx:

        async def action() -> schemas.AffiliationView:
            return affiliation_view(await request_affiliation(tx, inside.deps, person_id, claim))

        return await inside.once(
            tx, caller=caller, key=key, action_name="ask", request=body, action=action
        )


@router.get(
    "/messages",
    summary="我的消息，新的在前",
    responses=responses(Unauthenticated, Forbidden, errors.CursorMalformed),
)
async def my_messages(
    caller: Caller,
    inside: Inside,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> schemas.MessagePage:
    person_id: UUID = caller.require_person()
    before = cursors.decode_id(cursor)
    async with inside.database.reading() as tx:
        rows = await messages.list_of_person(tx, person_id, before=before, limit=limit + 1)
    items = [
        schemas.MessageView(
            message_id=row["id"],
            template=row["template"],
            year=row["year"],
            subject_id=row["subject_id"],
            text=text_of(Template(row["template"]), year=row["year"], task=row["task"]),
            created_at=row["created_at"],
            read_at=row["read_at"],
        )
        for row in rows[:limit]
    ]
    more = len(rows) > limit
    return schemas.MessagePage(
        items=items, next_cursor=cursors.encode(items[-1].message_id) if more else None
    )


@router.get(
    "/messages/unread", summary="未读消息数", responses=responses(Unauthenticated, Forbidden)
)
async def unread(caller: Caller, inside: Inside) -> schemas.UnreadView:
    caller.require_account()
    # Whoever is no technician has no messages; a bell need not know that.
    if caller.person_id is None:
        return schemas.UnreadView(unread=0)
    async with inside.database.reading() as tx:
        count = await messages.count_unread(tx, caller.person_id, most=_MOST_UNREAD)
    return schemas.UnreadView(unread=count)


@router.post(
    "/messages/read",
    summary="把消息标为已读",
    response_model=schemas.UnreadView,
    responses=responses(Unauthenticated, Forbidden),
)
async def mark_read(
    body: schemas.ReadRequest, caller: Caller, key: IdempotencyKey, inside: Inside
) -> Any:
    person_id = caller.require_person()
    async with inside.database.transaction() as tx:

        async def action() -> schemas.UnreadView:
            now = inside.deps.clock.now()
            await messages.mark_read(tx, person_id, body.message_ids, now=now)
            count = await messages.count_unread(tx, person_id, most=_MOST_UNREAD)
            return schemas.UnreadView(unread=count)

        return await inside.once(
            tx, caller=caller, key=key, action_name="read", request=body, action=action
        )
