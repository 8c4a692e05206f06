"""Nothing personal in logs, traces or queues after a whole story."""

import asyncio
from pathlib import Path

import pytest
from deploy.local.demo import document, evidence
from deploy.local.demo.people import new_identity_number
from tests.kit.stack import stack
from tests.kit.world import YEAR, ZHENGZHOU, World

pytestmark = pytest.mark.e2e
# A name nobody else in the stack bears, so that a hit is a leak and no coincidence.
NAME = "㛃𬀩𫓧"


def written() -> list[Path]:
    """Return every file in which a process of the stack writes for operators."""
    state = stack().checkout.state
    return [*state.glob("logs/*"), *state.glob("spans.jsonl*"), *state.glob("rabbitmq/**/*.log")]


def hits(needles: dict[str, str]) -> list[str]:
    found = []
    for file in written():
        text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
        found += [f"{what} in {file.name}" for what, needle in needles.items() if needle in text]
    return found


class TestPrivacy:
    async def test_no_name_number_or_token_in_logs_and_spans(self, world: World, tmp_path) -> None:
        identity_number = new_identity_number()
        bureau = world.bureaus[ZHENGZHOU]
        technician = await world.people.register(
            name=NAME,
            identity_number=identity_number,
            employer=world.employers[ZHENGZHOU],
            bureau=bureau,
        )
        claims = await world.people.file_year(
            technician, year=YEAR, evidence=evidence.completion_certificate(NAME)
        )
        await world.people.review_year(technician, claims)
        certificate = await world.people.certificate(technician, YEAR)
        answer = await technician.account.download(
            f"/api/certificates/v1/certificates/{certificate['certificate_id']}/file"
        )
        file = tmp_path / "certificate.pdf"
        file.write_bytes(answer.content)
        checked = await document.check(file, root=stack().checkout.pki / "root.pem")
        await world.public_state(checked.qr_url, "valid")
        path = checked.qr_url.partition("#")[0]
        page = await world.gateway.client.post(path, data={"name": NAME})
        assert "与登记的姓名一致" in page.text
        # A number already taken is the failure whose details databases like to write down.
        refused = await world.gateway.client.post(
            "/api/identity/v1/registrations",
            headers={"idempotency-key": "privacy"},
            json={
                "id_number": identity_number,
                "name": NAME,
                "employer_id": world.employers[ZHENGZHOU].organisation_id,
                "title_level": "junior",
                "password": world.province.password,
            },
        )
        assert refused.status_code == 409
        needles = {
            "name": NAME,
            "ID number": identity_number,
            "management number": technician.management_number,
            "QR token": checked.qr_url.partition("#")[0].rpartition("/")[2],
            "password": world.province.password,
        }
        assert len(written()) > 10
        assert await asyncio.to_thread(hits, needles) == []

    async def test_the_check_would_see_a_leak(self) -> None:
        assert await asyncio.to_thread(hits, {"a word every log has": "consumer_started"})
