"""Setting the province up: bureaus' administrators, seals, employers. Repeats without harm."""

from dataclasses import dataclass
from typing import Any

from stdnum.cn import uscc

from deploy.local.demo.gateway import Account, Gateway, Refused

# The 17 prefecture cities and 济源: the notice's 18 bureaus.
BUREAUS = (*(f"41{number:02d}00" for number in range(1, 18)), "419001")
DIRECT = {"419001"}
SEALED = {"410100": "zhengzhou", "410300": "luoyang"}
ALREADY_THERE = 409
# A token lives ten minutes.
TOKEN_KEPT_SECONDS = 480


@dataclass(frozen=True)
class Bureau:
    """A bureau and its two administrators (two, because revoking takes two)."""

    code: str
    organisation_id: str
    name: str
    administrators: tuple[str, str]

    @property
    def place(self) -> str:
        """Return the place it is in charge of."""
        return self.name.removesuffix("人力资源和社会保障局")


@dataclass(frozen=True)
class Employer:
    """An employer and its administrator's log-in."""

    organisation_id: str
    name: str
    administrator: str


def credit_code(division: str, serial: int) -> str:
    """Return a well-formed 统一社会信用代码 of nobody (GB 32100, inner digit by GB 11714)."""
    inner = f"4158{serial:04d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(inner, weights, strict=True)) % 11
    body = f"12{division}{inner}{'X' if rest == 10 else rest % 11}"  # noqa: PLR2004 - the standard's X
    return body + uscc.calc_check_digit(body)


class Province:
    """What the provincial administrators do before anybody can register."""

    def __init__(self, gateway: Gateway, *, password: str, first_password: str) -> None:
        self._gateway = gateway
        self.password = password
        self._first_password = first_password
        self._signed_in: dict[str, Account] = {}

    async def provincial(self, number: int = 1) -> Account:
        """Return one of the two provincial administrators."""
        return await self._sign_in(f"province-admin-{number}", self._first_password)

    async def bureau(self, code: str) -> Bureau:
        """Return the bureau with its two administrators appointed."""
        found = await self._organisation(code)
        province = await self.provincial()
        usernames = (f"bureau-{code}-1", f"bureau-{code}-2")
        for username in usernames:
            await self._appoint(
                province,
                organisation=found["organisation_id"],
                role="bureau_administrator",
                username=username,
                name=f"{found['name']}管理员",
            )
        return Bureau(code, found["organisation_id"], found["name"], usernames)

    async def sign_in(self, username: str) -> Account:
        """Return an administrator this set-up appointed."""
        return await self._sign_in(username, self.password)

    def forget_tokens(self) -> None:
        """Have everybody sign in anew the next time: their tokens are not good any more."""
        self._signed_in.clear()

    async def _sign_in(self, username: str, password: str) -> Account:
        known = self._signed_in.get(username)
        if known is None or known.age_seconds() > TOKEN_KEPT_SECONDS:
            known = await self._gateway.sign_in(username, password)
            self._signed_in[username] = known
        return known

    async def activate_seal(self, bureau: Bureau) -> dict[str, Any]:
        """Apply, file (one provincial administrator) and approve (another); return the seal."""
        applicant = await self.sign_in(bureau.administrators[0])
        if active := await self._active_seal(applicant, bureau):
            return active
        seal = await applicant.post(
            "/api/certificates/v1/seals",
            {
                "office_id": bureau.organisation_id,
                "name": f"{bureau.place}专业技术人员继续教育专用章",
                "endpoint": SEALED[bureau.code],
                "credential_id": "seal",
            },
        )
        first, second = await self.provincial(1), await self.provincial(2)
        proposal = await first.post(f"/api/certificates/v1/seals/{seal['seal_id']}/filing")
        await second.post(f"/api/certificates/v1/approvals/{proposal['approval_id']}/approval")
        active = await self._active_seal(applicant, bureau)
        if active is None:
            raise LookupError(f"{bureau.code}: the filed seal is not active")
        return active

    async def employer(self, bureau: Bureau, name: str, *, serial: int) -> Employer:
        """Return the employer under the bureau, with its administrator."""
        administrator = await self.sign_in(bureau.administrators[0])
        username = f"employer-{bureau.code}-{serial}"
        found = await self._search(name)
        if found is None:
            found = await administrator.post(
                "/api/identity/v1/organisations",
                {
                    "parent_id": bureau.organisation_id,
                    "kind": "employer",
                    "name": name,
                    "code": credit_code(bureau.code, serial),
                },
            )
        await self._appoint(
            administrator,
            organisation=found["organisation_id"],
            role="employer_administrator",
            username=username,
            name=f"{name}管理员",
        )
        return Employer(found["organisation_id"], name, username)

    async def _appoint(
        self, by: Account, *, organisation: str, role: str, username: str, name: str
    ) -> None:
        body = {
            "organisation_id": organisation,
            "role": role,
            "username": username,
            "name": name,
            "password": self.password,
        }
        try:
            await by.post("/api/identity/v1/administrators", body)
        except Refused as refusal:
            if refusal.status != ALREADY_THERE:
                raise
            return
        await self._gateway.settle(username, self.password)

    async def _organisation(self, code: str) -> dict[str, Any]:
        kind = "direct_county" if code in DIRECT else "prefecture"
        page = await self._gateway.public.get("/api/identity/v1/organisations", kind=kind, limit=50)
        found: dict[str, Any] = next(item for item in page["items"] if item["code"] == code)
        return found

    async def _search(self, name: str) -> dict[str, Any] | None:
        page = await self._gateway.public.get("/api/identity/v1/organisations", q=name)
        return next((item for item in page["items"] if item["name"] == name), None)

    async def _active_seal(self, account: Account, bureau: Bureau) -> dict[str, Any] | None:
        page = await account.get("/api/certificates/v1/seals", office_id=bureau.organisation_id)
        return next((seal for seal in page["items"] if seal["state"] == "active"), None)
