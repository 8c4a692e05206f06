from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from certificates.domain.entities import Organisation, Person, Rollout, Seal
from certificates.domain.preflight import Situation, obstacle_of
from certificates.domain.states import SealState

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
PERSON = Person(uuid4(), "41002345678917", "张䶮", "410105********0020", "male", "proven")
OFFICE = Organisation(uuid4(), "/a/", "prefecture", "郑州市人社局", "410100", active=True)
EMPLOYER = Organisation(uuid4(), "/a/b/", "employer", "医院", None, active=True)
SEAL = Seal(
    id=uuid4(),
    aggregate_version=3,
    state=SealState.ACTIVE,
    state_reason=None,
    office_id=OFFICE.organisation_id,
    name="郑州市专业技术人员继续教育专用章",
    endpoint="zhengzhou",
    credential_id="seal",
    signer_certificate=b"der",
    chain=(),
    signer_sha256="0" * 64,
    valid_until=NOW + timedelta(days=1),
    development=True,
    last_error=None,
    created_at=NOW,
)
GOOD = Situation(
    person=PERSON,
    employer=EMPLOYER,
    office=OFFICE,
    rollout=Rollout(OFFICE.organisation_id, date(2017, 9, 15)),
    seal=SEAL,
    today=date(2026, 11, 23),
    now=NOW,
)


def every_glyph(_):
    return []


def code_of(situation, missing=every_glyph):
    found = obstacle_of(situation, missing)
    return found.code.removeprefix("certificates.") if found else None


def test_nothing_stands_in_the_way_of_a_good_one():
    assert code_of(GOOD) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"office": None}, "no_issuing_office"),
        ({"rollout": None}, "rollout_not_set"),
        ({"rollout": Rollout(uuid4(), date(2026, 11, 24))}, "rollout_not_started"),
        ({"rollout": Rollout(uuid4(), date(2026, 11, 23))}, None),
        ({"person": replace(PERSON, status="unproven")}, "person_unproven"),
        ({"person": replace(PERSON, status="closed")}, "person_closed"),
        ({"person": replace(PERSON, sex="unknown")}, "sex_unknown"),
        ({"person": replace(PERSON, name="长" * 64)}, None),
        ({"person": replace(PERSON, name="长" * 65)}, "text_too_long"),
        ({"employer": replace(EMPLOYER, name="长" * 129)}, "text_too_long"),
        ({"office": replace(OFFICE, name="长" * 65)}, "text_too_long"),
        ({"seal": None}, "seal_not_active"),
        ({"seal": replace(SEAL, valid_until=NOW)}, "seal_not_active"),
    ],
)
def test_obstacle(changes, code):
    assert code_of(replace(GOOD, **changes)) == code


@pytest.mark.parametrize("field", ["张䶮", "医院", "郑州市人社局"])
def test_every_printed_text_needs_its_glyphs(field):
    assert code_of(GOOD, lambda text: ["?"] if text == field else []) == "glyph_missing"


def test_task_names_the_day_and_no_person():
    waiting = replace(GOOD, rollout=Rollout(uuid4(), date(2027, 1, 2)))
    obstacle = obstacle_of(waiting, every_glyph)
    assert "2027年1月2日" in obstacle.task
    assert obstacle.passes_on == date(2027, 1, 2)
    missing = obstacle_of(GOOD, list)
    assert PERSON.name not in missing.task
