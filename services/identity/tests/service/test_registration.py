"""Registering: one person, one number, whatever is retried or raced."""

import asyncio
import io
import logging
from uuid import UUID, uuid4

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.kit.contracts import contracts

from chassis import telemetry
from chassis.settings import Keyring
from identity import tables
from identity.domain.id_numbers import IdNumber
from identity.domain.numbering import draw_management_number, is_management_number
from identity.store import people

WRITTEN = (
    tables.people,
    tables.management_numbers,
    tables.id_documents,
    tables.accounts,
    tables.affiliations,
    tables.idempotency_keys,
    tables.outbox,
)


async def test_a_person_gets_a_number_and_waits_for_the_employer(shared_house):
    body = shared_house.registration()
    answer = await shared_house.public.post("registrations", body)
    assert answer.status_code == 201
    made = answer.json()
    assert is_management_number(made["management_number"])
    assert made["status"] == "unproven"
    assert made["affiliation"]["state"] == "requested"
    assert made["affiliation"]["starts_on"] == "2026-11-23"


async def test_what_is_stored_shows_no_id_number_and_opens_in_its_row(house):
    body = house.registration()
    answer = await house.public.post("registrations", body)
    person_id = UUID(answer.json()["person_id"])
    (document,) = await house.rows(tables.id_documents)
    vault = house.core.deps.vault
    assert vault.open(document["sealed_number"], person_id) == IdNumber(body["id_number"])
    for table in tables.metadata.sorted_tables:
        stored = str(await house.rows(table))
        assert body["id_number"] not in stored, table.name
        assert body["password"] not in stored, table.name


async def test_the_event_follows_its_contract_and_is_unreadable_on_the_bus(house):
    body = house.registration()
    made = (await house.public.post("registrations", body)).json()
    (event,) = await house.outgoing()
    assert event["type"] == "identity.person.registered.v1"
    assert event["aggregateid"] == made["person_id"]
    assert body["name"] not in str(event)
    assert made["management_number"] not in str(event)
    cipher = house.core.bus_cipher
    for name in contracts()[event["type"]].personal_fields:
        event["data"][name] = cipher.decrypt(event["data"][name], f"{event['id']}/{name}")
    contracts()[event["type"]].validate(event["data"])
    assert event["data"]["name"] == body["name"]
    assert event["data"]["sex"] == ("male" if int(body["id_number"][16]) % 2 else "female")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"id_number": "110105194912310021"}, "identity.id_number_check_digit_wrong", "/id_number"),
        ({"id_number": "12345"}, "identity.id_number_malformed", "/id_number"),
        (
            {"id_number": "410100199003070000"},
            "identity.id_number_truncated_by_spreadsheet",
            "/id_number",
        ),
        ({"employer_id": str(uuid4())}, "identity.employer_unknown", "/employer_id"),
        ({"name": "张\ue000"}, "identity.name_unacceptable", "/name"),
        ({"password": "short"}, "identity.password_too_weak", "/password"),
        ({"starts_on": "2026-11-24"}, "identity.starts_in_the_future", "/starts_on"),
    ],
)
async def test_bad_input_is_named_and_leaves_nothing(shared_house, changes, code, field):
    before = [await shared_house.rows(table) for table in WRITTEN]
    answer = await shared_house.public.post("registrations", shared_house.registration(**changes))
    problem = answer.json()
    assert answer.status_code == 400
    assert (problem["code"], problem["field"]) == (code, field)
    assert problem["detail"]
    assert problem["remedy"]
    assert [await shared_house.rows(table) for table in WRITTEN] == before


async def test_a_bureau_is_no_employer(shared_house):
    body = shared_house.registration(employer_id=str(shared_house.places["zhengzhou"].id))
    answer = await shared_house.public.post("registrations", body)
    assert answer.json()["code"] == "identity.employer_unknown"


async def test_unknown_and_missing_fields_are_refused_without_being_repeated(shared_house):
    body = shared_house.registration(surprise=1)
    del body["title_level"]
    answer = await shared_house.public.post("registrations", body)
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["fields"]} == {"/title_level", "/surprise"}
    assert body["id_number"] not in answer.text


async def test_a_second_registration_gets_one_wording_however_it_is_typed(house):
    number = "410105194912310020"
    await house.register(id_number=number)
    answers = [
        await house.public.post("registrations", house.registration(id_number=typed, name=name))
        for typed, name in [(number, "张䶮"), ("410105491231002", "李四"), (f" {number} ", "王五")]
    ]
    assert {one.status_code for one in answers} == {409}
    assert {one.json()["code"] for one in answers} == {"identity.registration_refused"}
    assert len({one.json()["detail"] for one in answers}) == 1
    assert len(await house.rows(tables.management_numbers)) == 1


async def test_fifty_at_once_give_one_number_and_forty_nine_conflicts(house):
    body = house.registration()
    answers = await asyncio.gather(*(house.public.post("registrations", body) for _ in range(50)))
    statuses = sorted(one.status_code for one in answers)
    assert statuses == [201] + [409] * 49
    conflicts = {one.json()["code"] for one in answers if one.status_code == 409}
    assert conflicts == {"identity.registration_refused"}
    for table in (tables.people, tables.management_numbers, tables.id_documents, tables.accounts):
        assert len(await house.rows(table)) == 1, table.name
    assert len(await house.outgoing()) == 1


async def test_a_retry_with_the_same_key_gets_the_first_answer(house):
    body, key = house.registration(), str(uuid4())
    first, *repeats = await asyncio.gather(
        *(house.public.post("registrations", body, key=key) for _ in range(5))
    )
    assert first.status_code == 201
    assert all(one.json() == first.json() for one in repeats)
    other = await house.public.post("registrations", house.registration(), key=key)
    assert other.json()["code"] == "chassis.idempotency_key_reused"


async def test_a_number_is_never_taken_back_or_given_on(house):
    await house.register()
    for statement in (
        "DELETE FROM management_numbers",
        "UPDATE management_numbers SET person_id = gen_random_uuid()",
        "TRUNCATE management_numbers",
    ):
        with pytest.raises(DBAPIError, match="for life"):
            async with house.core.database.transaction() as tx:
                await tx.execute(text(statement))


@pytest.fixture
def log_lines():
    """Return the log as it is written in production, at its most talkative."""
    root, stream = logging.getLogger(), io.StringIO()
    before, level = list(root.handlers), root.level
    telemetry._configure_logs("identity", "test", "debug")
    (handler,) = root.handlers
    handler.setStream(stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


async def test_logs_hold_no_personal_data(house, log_lines):
    body = house.registration()
    made = (await house.public.post("registrations", body)).json()
    await house.public.post("registrations", body)
    await house.log_in(body["id_number"], "a wrong password")
    await house.log_in(made["management_number"])
    bad = await house.public.post("registrations", body | {"title_level": body["name"]})
    assert bad.status_code == 422
    try:
        async with house.core.database.transaction() as tx:
            await tx.execute(tables.people.insert().values(id=uuid4(), name=body["name"]))
    except DBAPIError:
        # What an unforeseen failure of the database would leave in the log.
        structlog.get_logger().exception("request_failed")
    lines = log_lines.getvalue()
    assert "request_refused" in lines
    assert "request_failed" in lines
    for secret in (body["id_number"], body["name"], body["password"], made["management_number"]):
        assert secret not in lines


async def test_a_number_that_is_taken_is_drawn_again(house, monkeypatch):
    taken = (await house.register())["management_number"]
    draws = iter([taken, taken, draw_management_number()])
    monkeypatch.setattr(people, "draw_management_number", lambda: next(draws))
    made = await house.register()
    assert made["management_number"] != taken
    assert next(draws, None) is None


async def test_after_a_change_of_the_index_key_nobody_registers_twice(house):
    body = house.registration()
    await house.public.post("registrations", body)
    old, new = house.core.settings.index_keys.current_key, bytes(32)
    vault = house.core.deps.vault
    vault._index_keys = Keyring(current=2, keys={1: old, 2: new})
    again = await house.public.post("registrations", body)
    assert (again.status_code, again.json()["code"]) == (409, "identity.registration_refused")
    assert (await house.log_in(body["id_number"])).status_code == 200
