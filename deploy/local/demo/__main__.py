"""`make demo`: walk the main job once, through the gateway only, and report."""

import asyncio
import sys
from pathlib import Path
from urllib.parse import urlsplit

from chassis.clock import SystemClock, legal_date
from deploy.local.checkout import Checkout
from deploy.local.demo import document, evidence
from deploy.local.demo.gateway import Gateway, Refused
from deploy.local.demo.observer import NeverHappened, Observer, observing
from deploy.local.demo.people import People, Technician, new_identity_number
from deploy.local.demo.province import BUREAUS, SEALED, Bureau, Province
from deploy.local.demo.report import Report
from deploy.local.secret_files import read_secret

UNSEALED = "410200"  # 开封: no active seal, so a completion there parks visibly


class Demo:
    """One run of the main job."""

    def __init__(self, gateway: Gateway, observer: Observer, checkout: Checkout) -> None:
        self._gateway = gateway
        self._observer = observer
        self._checkout = checkout
        self._folder = checkout.state / "demo"
        self._folder.mkdir(exist_ok=True)
        self.province = Province(
            gateway,
            password=read_secret(checkout, "demo-password"),
            first_password=read_secret(checkout, "first-administrator-password"),
        )
        self.people = People(gateway, self.province, observer)
        self.report = Report(gateway_url=gateway.url)
        self._year = legal_date(SystemClock().now()).year

    async def run(self) -> None:
        """Walk the path; every step is a fact of the report."""
        report = self.report
        with report.step("十八个发证单位及其管理员"):
            bureaus = {code: await self.province.bureau(code) for code in BUREAUS}
        with report.step("郑州、洛阳电子签章备案启用"):
            for code in SEALED:
                await self.province.activate_seal(bureaus[code])
        with report.step("注册、确认、申报、两级审核"):
            holder = await self._completed("张䶮", bureaus["410100"])
        with report.step("自动生成、签章、发布"):
            certificate = await self.people.certificate(holder, self._year)
        with report.step("下载并用独立工具检验"):
            await self._download(holder, certificate["certificate_id"])
        with report.step("扫描二维码核验"):
            report.verify_state = await self.verified(report.verify_url, "valid")
        with report.step("另一证书签发后撤销"):
            await self._revoked(bureaus["410300"])
        with report.step("无签章单位的证书进入等待办理清单"):
            await self._parked(bureaus[UNSEALED])
        self._accounts(holder)

    async def verified(self, url: str, state: str) -> str:
        """Open the QR's address through the gateway until it shows ``state``."""
        path = urlsplit(url).path

        async def look() -> str | None:
            answer = await self._gateway.client.get(path, headers={"accept": "application/json"})
            found = str(answer.json().get("state", ""))
            return found if found == state else None

        found = await self._observer.until(f"the public answer is {state}", look)
        page = await self._gateway.client.get(path)
        page.raise_for_status()
        (self._folder / f"verify-{state}.html").write_bytes(page.content)
        return found

    async def _completed(self, name: str, bureau: Bureau) -> Technician:
        employer = await self.province.employer(bureau, f"{bureau.place}演示医院", serial=1)
        technician = await self.people.register(
            name=name,
            identity_number=new_identity_number(),
            employer=employer,
            bureau=bureau,
        )
        proof = evidence.photograph() if name == "张䶮" else evidence.completion_certificate(name)
        claims = await self.people.file_year(technician, year=self._year, evidence=proof)
        await self.people.review_year(technician, claims)
        return technician

    async def _download(self, holder: Technician, certificate_id: str) -> None:
        file, checked = await self._file(holder, certificate_id)
        self.report.management_number = holder.management_number
        self.report.year = self._year
        self.report.certificate_pdf = str(file)
        self.report.certificate_picture = str(checked.picture)
        self.report.verify_url = checked.qr_url
        self.report.checks = {
            "pyHanko": checked.pyhanko,
            "pdfsig": checked.pdfsig,
            "qpdf": checked.qpdf,
        }

    async def _file(self, holder: Technician, certificate_id: str) -> tuple[Path, document.Checked]:
        answer = await holder.account.download(
            f"/api/certificates/v1/certificates/{certificate_id}/file"
        )
        file = self._folder / f"{holder.management_number}-{self._year}.pdf"
        file.write_bytes(answer.content)
        return file, await document.check(file, root=self._checkout.pki / "root.pem")

    async def _revoked(self, bureau: Bureau) -> None:
        holder = await self._completed("王小明", bureau)
        certificate = await self.people.certificate(holder, self._year)
        _, checked = await self._file(holder, certificate["certificate_id"])
        await self.verified(checked.qr_url, "valid")
        await self.people.revoke(holder, certificate["certificate_id"])
        self.report.revoked_verify_url = checked.qr_url
        self.report.revoked_verify_state = await self.verified(checked.qr_url, "revoked")

    async def _parked(self, bureau: Bureau) -> None:
        holder = await self._completed("李𩽾", bureau)
        parked = await self.people.parked(holder, self._year)
        self.report.parked_task = parked["task"]

    def _accounts(self, holder: Technician) -> None:
        self.report.accounts = {
            "省厅": "province-admin-1",
            "郑州市局": holder.bureau.administrators[0],
            "用人单位": holder.employer.administrator,
            "专业技术人员": holder.management_number,
            "省厅密码": str(self._checkout.secrets / "first-administrator-password"),
            "其他密码": str(self._checkout.secrets / "demo-password"),
        }


def gateway_url(checkout: Checkout) -> str:
    """Return the platform's one public address."""
    return f"http://127.0.0.1:{checkout.ports['GATEWAY']}"


def broker_url(checkout: Checkout) -> str:
    """Return where the bus can be watched, as administrator: the demo only listens."""
    password = read_secret(checkout, "rabbitmq-admin")
    return f"amqp://yuzheng_admin:{password}@127.0.0.1:{checkout.ports['RABBITMQ']}/yuzheng"


async def main() -> int:
    """Run the demo against the running stack; return the exit code."""
    checkout = Checkout.from_environment()
    async with (
        Gateway(gateway_url(checkout)) as gateway,
        observing(broker_url(checkout)) as observer,
    ):
        demo = Demo(gateway, observer, checkout)
        try:
            await demo.run()
        except (Refused, NeverHappened, document.DocumentBad) as failure:
            print(f"✗ {type(failure).__name__}: {failure}", file=sys.stderr)
            return 1
        demo.report.write(checkout.state / "demo" / "report.json")
        print(demo.report.text())
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
