"""Step 2: what may stand between a completed year and its certificate.

Each obstacle has a stable code and a task: what somebody has to do, in Chinese and without
personal data, because it is shown in work lists and travels in events.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from certificates.domain.entities import Organisation, Person, Rollout, Seal
from certificates.domain.presence import present

# Bounds of the canonical record (contracts/record/certificate.json).
_LONGEST = {"name": 64, "employer": 128, "office": 64}
_WHAT = {"name": "姓名", "employer": "用人单位名称", "office": "发证单位名称"}

SEAL_NOT_ACTIVE = "certificates.seal_not_active"
ROLLOUT_NOT_SET = "certificates.rollout_not_set"
ROLLOUT_NOT_STARTED = "certificates.rollout_not_started"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a certificate cannot be made now; ``passes_on`` is the day it goes away by itself."""

    code: str
    task: str
    passes_on: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the preflight looks at."""

    person: Person
    employer: Organisation
    office: Organisation | None
    rollout: Rollout | None
    seal: Seal | None
    today: date
    now: datetime


def obstacle_of(
    situation: Situation, missing_glyphs: Callable[[str], list[str]]
) -> Obstacle | None:
    """Return the first obstacle, or None when the certificate can be rendered and sealed."""
    return (
        _office(situation)
        or _rollout(situation)
        or _person(situation.person)
        or _texts(situation, missing_glyphs)
        or _seal(situation)
    )


def _office(situation: Situation) -> Obstacle | None:
    if situation.office is None:
        return Obstacle(
            "certificates.no_issuing_office",
            "用人单位的上级中没有发证单位，请省厅调整单位隶属关系后重试。",
        )
    return None


def _rollout(situation: Situation) -> Obstacle | None:
    rollout = situation.rollout
    if rollout is None:
        return Obstacle(ROLLOUT_NOT_SET, "发证单位所在地区尚未设置电子证书启用日期，请省厅设置。")
    if situation.today < rollout.starts_on:
        day = rollout.starts_on
        return Obstacle(
            ROLLOUT_NOT_STARTED,
            f"该地区自{day.year}年{day.month}月{day.day}日起启用电子证书，届时自动制证。",
            passes_on=day,
        )
    return None


def _person(person: Person) -> Obstacle | None:
    if person.status == "unproven":
        return Obstacle(
            "certificates.person_unproven", "持证人身份尚未核实，请用人单位确认后自动制证。"
        )
    if person.status != "proven":
        return Obstacle("certificates.person_closed", "持证人档案已关闭，请发证单位核实。")
    if person.sex not in {"male", "female"}:
        return Obstacle("certificates.sex_unknown", "持证人性别缺失，请核实并补录后自动制证。")
    return None


def _texts(situation: Situation, missing_glyphs: Callable[[str], list[str]]) -> Obstacle | None:
    texts = {
        "name": situation.person.name,
        "employer": situation.employer.name,
        "office": present(situation.office).name,
    }
    for field, text in texts.items():
        if len(text) > _LONGEST[field]:
            return Obstacle(
                "certificates.text_too_long",
                f"{_WHAT[field]}超过{_LONGEST[field]}个字，证书无法排版，请核实更正。",
            )
        if missing_glyphs(text):
            # The character itself may be part of a name: it is not put into the task.
            return Obstacle(
                "certificates.glyph_missing",
                f"{_WHAT[field]}中有字库暂缺的字，请联系运维补充字库后重试。",
            )
    return None


def _seal(situation: Situation) -> Obstacle | None:
    seal = situation.seal
    if seal is None or seal.valid_until is None or seal.valid_until <= situation.now:
        return Obstacle(SEAL_NOT_ACTIVE, "发证单位尚无启用的电子签章，请该单位申请启用。")
    return None
