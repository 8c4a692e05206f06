"""A technician's year: register, be confirmed, file hours, have them reviewed, be certified."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from stdnum.cn import ric

from deploy.local.demo.gateway import Account, Gateway, Refused
from deploy.local.demo.observer import Observer
from deploy.local.demo.province import Bureau, Employer, Province

# 90 学时: 30 公需 and 60 专业, in tenths (the province's default rule).
CLAIMS = (
    ("public", "accredited_class", "2026 年公需科目培训", 300),
    ("professional", "training", "急危重症护理新进展研修班", 600),
)


def new_identity_number() -> str:
    """Return a well-formed ID number of nobody: random birthday and serial, right check digit."""
    birth = date(1955, 1, 1) + timedelta(days=secrets.randbelow(16_000))
    body = f"410105{birth:%Y%m%d}{secrets.randbelow(999) + 1:03d}"
    return body + str(ric.calc_check_digit(body + "0"))


@dataclass(frozen=True)
class Evidence:
    """A file that proves the hours."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Technician:
    """A registered person, with what only the person knows."""

    name: str
    management_number: str
    account: Account
    employer: Employer
    bureau: Bureau


class People:
    """Lets people register and file, and their employers and bureaus review."""

    def __init__(self, gateway: Gateway, province: Province, observer: Observer) -> None:
        self._gateway = gateway
        self._province = province
        self._observer = observer

    async def register(
        self, *, name: str, identity_number: str, employer: Employer, bureau: Bureau
    ) -> Technician:
        """Register the person and have the employer confirm."""
        answer = await self._gateway.public.post(
            "/api/identity/v1/registrations",
            {
                "id_type": "resident_identity_card",
                "id_number": identity_number,
                "name": name,
                "employer_id": employer.organisation_id,
                "title_level": "intermediate",
                "password": self._province.password,
            },
        )
        number = answer["management_number"]
        administrator = await self._province.sign_in(employer.administrator)
        affiliation = answer["affiliation"]["affiliation_id"]
        await administrator.post(f"/api/identity/v1/affiliations/{affiliation}/confirmation")
        account = await self._gateway.sign_in(number, self._province.password)
        return Technician(name, number, account, employer, bureau)

    async def file_year(
        self, technician: Technician, *, year: int, evidence: Evidence
    ) -> list[str]:
        """File the year's claims with their evidence; return the claims' ids."""
        claims = []
        stored = await technician.account.upload(
            "/api/hours/v1/evidence", evidence.name, evidence.content, evidence.media_type
        )
        for subject_kind, activity_kind, title, tenths in CLAIMS:
            body = {
                "year": year,
                "subject_kind": subject_kind,
                "activity_kind": activity_kind,
                "title": title,
                "credit_tenths": tenths,
                "started_on": f"{year}-03-02",
                "ended_on": f"{year}-03-13",
                "evidence_ids": [stored["evidence_id"]],
            }
            claim = await self._observer.until(
                "the hours service knows the person",
                partial(self._file_when_known, technician.account, body),
            )
            claims.append(claim["claim_id"])
        return claims

    async def _file_when_known(self, account: Account, body: dict[str, Any]) -> Any:
        try:
            return await account.post("/api/hours/v1/claims", body)
        except Refused as refusal:
            # The registration is on its way from identity to hours.
            if refusal.code in {
                "hours.person_unknown",
                "hours.affiliation_missing",
                "hours.person_unproven",
            }:
                return None
            raise

    async def review_year(self, technician: Technician, claims: list[str]) -> None:
        """Have every claim approved by the employer, then by the bureau."""
        employer = await self._province.sign_in(technician.employer.administrator)
        bureau = await self._province.sign_in(technician.bureau.administrators[0])
        for step, reviewer in (("employer", employer), ("bureau", bureau)):
            for claim in claims:
                await reviewer.post(
                    f"/api/hours/v1/claims/{claim}/decisions", {"step": step, "outcome": "approve"}
                )

    async def certificate(
        self, technician: Technician, year: int, *, state: str = "valid", seconds: float = 60
    ) -> dict[str, Any]:
        """Wait until the year's certificate is in ``state``; return it."""

        async def look() -> dict[str, Any] | None:
            page = await technician.account.get("/api/certificates/v1/certificates")
            found = (item for item in page["items"] if item["year"] == year)
            return next((item for item in found if item["state"] == state), None)

        return await self._observer.until(f"certificate {year} {state}", look, seconds=seconds)

    async def parked(self, technician: Technician, year: int) -> dict[str, Any]:
        """Wait until the year's certificate stands on the visible parking list."""
        bureau = await self._province.sign_in(technician.bureau.administrators[0])

        async def look() -> dict[str, Any] | None:
            page = await bureau.get("/api/certificates/v1/intents", state="parked")
            mine = (item for item in page["items"] if item["year"] == year)
            return next(mine, None)

        return await self._observer.until("the intent is parked", look)

    async def revoke(self, technician: Technician, certificate_id: str) -> None:
        """Have one official of the bureau propose the revocation and another approve it."""
        first, second = [
            await self._province.sign_in(username) for username in technician.bureau.administrators
        ]
        proposal = await first.post(
            f"/api/certificates/v1/certificates/{certificate_id}/revocation",
            {"reason_code": "evidence_false", "reason": "经核查，申报材料不实。"},
        )
        await second.post(f"/api/certificates/v1/approvals/{proposal['approval_id']}/approval")
