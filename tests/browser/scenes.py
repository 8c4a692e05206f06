"""What the pictures show: one hospital in the middle of its year, made afresh for each taking."""

import asyncio
from dataclasses import dataclass
from typing import Any

from deploy.local.demo import evidence
from deploy.local.demo.people import Evidence, Technician, new_identity_number
from deploy.local.demo.province import Employer
from tests.browser.papers import forged
from tests.browser.people import LogIn, everybody
from tests.kit.world import YEAR, ZHENGZHOU, World
from weasyprint import HTML

HOSPITAL, HOSPITALS_NUMBER = "郑州市第一人民医院", 7001
# Subject, kind of activity, title, hours in tenths, first and last day.
COURSE = ("public", "accredited_class", "2026 年公需科目培训", 300, "03-02", "03-13")
CONFERENCE = ("professional", "academic_conference", "急危重症护理学术会议", 160, "05-16", "05-18")
TRAINING = ("professional", "training", "急诊分诊与抢救技能培训班", 240, "06-01", "06-12")
SEMINAR = ("professional", "training", "护理质量管理研修班", 200, "09-07", "09-18")


@dataclass(frozen=True)
class Scene:
    """Everybody who is seen, and the numbers that stand in addresses."""

    people: dict[str, LogIn]
    places: dict[str, str]
    holder: Technician
    pdf: bytes

    @property
    def forged(self) -> bytes:
        return forged(self.pdf)


async def scene(world: World) -> Scene:
    """Let a hospital's people file, be reviewed and be certified, as far as each picture needs."""
    hospital = await world.province.employer(
        world.bureaus[ZHENGZHOU], HOSPITAL, serial=HOSPITALS_NUMBER
    )
    desk = await world.province.sign_in(hospital.administrator)
    bureau = await world.province.sign_in(world.bureaus[ZHENGZHOU].administrators[0])
    people = await everybody(world) | {
        "hospital": LogIn(hospital.administrator, world.province.password)
    }
    await world.gateway.settle(hospital.administrator, world.province.password)
    holder, *others = [await _certified(world, hospital, one) for one in ("王小明", "欧阳若兰")]
    learner, returned = await _in_the_middle(world, hospital, desk, bureau)
    waiting = await _waiting(world, hospital, desk)
    await _asks(world, hospital)
    for name, who in (("holder", holder), ("learner", learner)):
        people[name] = LogIn(who.management_number, world.province.password)
    certificate = await world.people.certificate(holder, YEAR, seconds=180)
    other = await world.people.certificate(others[0], YEAR, seconds=180)
    await bureau.post(
        f"/api/certificates/v1/certificates/{other['certificate_id']}/revocation",
        {"reason_code": "evidence_false", "reason": "经核查，结业证明并非培训单位出具。"},
    )
    path = f"/api/certificates/v1/certificates/{certificate['certificate_id']}/file"
    seals = await bureau.get("/api/certificates/v1/seals", state="active")
    places = {
        "certificate": certificate["certificate_id"],
        "claim": returned,
        "employer_claim": waiting["employer"],
        "bureau_claim": waiting["bureau"],
        "seal": seals["items"][0]["seal_id"],
        "bureau": world.bureaus[ZHENGZHOU].organisation_id,
        "year": str(YEAR),
    }
    return Scene(people, places, holder, (await holder.account.download(path)).content)


async def _registered(world: World, hospital: Employer, name: str) -> Technician:
    return await world.people.register(
        name=name,
        identity_number=new_identity_number(),
        employer=hospital,
        bureau=world.bureaus[ZHENGZHOU],
    )


async def _certified(world: World, hospital: Employer, name: str) -> Technician:
    who = await _registered(world, hospital, name)
    claims = await world.people.file_year(
        who, year=YEAR, evidence=evidence.completion_certificate(name)
    )
    await world.people.review_year(who, claims)
    await world.people.certificate(who, YEAR, seconds=180)
    return who


async def _files(world: World, who: Technician, claim: tuple[Any, ...]) -> str:
    subject, activity, title, tenths, first, last = claim
    paper = await asyncio.to_thread(_proof, who.name, title, tenths // 10)
    stored = await who.account.upload(
        "/api/hours/v1/evidence", paper.name, paper.content, paper.media_type
    )
    body = {
        "year": YEAR,
        "subject_kind": subject,
        "activity_kind": activity,
        "title": title,
        "credit_tenths": tenths,
        "started_on": f"{YEAR}-{first}",
        "ended_on": f"{YEAR}-{last}",
        "evidence_ids": [stored["evidence_id"]],
    }

    async def file() -> Any:
        return await world.people._file_when_known(who.account, body)

    filed = await world.observer.until("the hours service knows the person", file)
    return str(filed["claim_id"])


_PROOF = """<html lang="zh"><style>
@page {{ size: A4; margin: 0 }}
body {{ margin: 16mm; padding: 22mm 20mm; border: 1.2mm double #9b2c1f; height: 221mm;
  font: 15pt/2.2 'Noto Serif CJK SC' }}
h1 {{ margin: 18mm 0 16mm; text-align: center; font-size: 30pt; letter-spacing: .3em }}
p {{ text-indent: 2em }} .end {{ margin-top: 40mm; text-align: right; text-indent: 0 }}</style>
<h1>学习证明</h1><p>{name} 于 {year} 年参加“{title}”，完成规定的全部学习内容，
共 {hours} 学时，经考核成绩合格，特此证明。</p>
<p class="end">河南省护理学会<br>{year} 年</p></html>"""


def _proof(name: str, title: str, hours: int) -> Evidence:
    """Return the paper that an organiser hands out for what was learned."""
    text = _PROOF.format(name=name, year=YEAR, title=title, hours=hours)
    return Evidence("学习证明.pdf", HTML(string=text).write_pdf(), "application/pdf")


async def _decide(by: Any, claim: str, step: str, outcome: str = "approve", **more: Any) -> None:
    body = {"step": step, "outcome": outcome, **more}
    await by.post(f"/api/hours/v1/claims/{claim}/decisions", body)


async def _in_the_middle(
    world: World, hospital: Employer, desk: Any, bureau: Any
) -> tuple[Technician, str]:
    """Return somebody with hours counted, waiting and returned; and the returned claim."""
    who = await _registered(world, hospital, "李雨桐")
    counted, waiting, returned = [
        await _files(world, who, one) for one in (COURSE, TRAINING, CONFERENCE)
    ]
    for claim in (counted, waiting):
        await _decide(desk, claim, "employer")
    await _decide(bureau, counted, "bureau")
    await _decide(desk, returned, "employer", "return", reason_code="evidence_unreadable")
    return who, returned


async def _waiting(world: World, hospital: Employer, desk: Any) -> dict[str, str]:
    """Fill both queues; return a claim that waits at each step."""
    found: dict[str, str] = {}
    for name in ("陈嘉禾", "赵明轩", "司马若兰"):
        who = await _registered(world, hospital, name)
        found["bureau"] = await _files(world, who, COURSE)
        await _decide(desk, found["bureau"], "employer")
        found["employer"] = await _files(world, who, SEMINAR)
        await _files(world, who, TRAINING)
    return found


async def _asks(world: World, hospital: Employer) -> None:
    """Let two new people ask the hospital to confirm them."""
    for name, level in (("刘思远", "junior"), ("诸葛明", "senior_associate")):
        await world.gateway.public.post(
            "/api/identity/v1/registrations",
            {
                "id_number": new_identity_number(),
                "name": name,
                "employer_id": hospital.organisation_id,
                "title_level": level,
                "password": world.province.password,
            },
        )


async def cleared(world: World) -> None:
    """Withdraw what the pictures proposed, so that nobody meets it afterwards."""
    bureau = await world.province.sign_in(world.bureaus[ZHENGZHOU].administrators[0])
    for account in (bureau, await world.province.provincial(1)):
        page = await account.get("/api/certificates/v1/approvals", limit=50)
        for one in page["items"]:
            if one["kind"] in {"certificate.revocation", "template.release"}:
                await account.post(f"/api/certificates/v1/approvals/{one['approval_id']}/refusal")
