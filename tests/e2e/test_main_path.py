"""The main job through the gateway, on every real part: from registration to public answer."""

import asyncio
import json
import secrets
import time
from pathlib import Path
from typing import Any

import pytest
from deploy.local.demo import document, evidence
from deploy.local.demo.gateway import Refused
from deploy.local.demo.people import Technician, new_identity_number
from tests.kit.faults import rows
from tests.kit.stack import stack
from tests.kit.world import KAIFENG, LUOYANG, YEAR, ZHENGZHOU, World

pytestmark = pytest.mark.e2e


async def downloaded(technician: Technician, certificate_id: str, folder: Path) -> document.Checked:
    answer = await technician.account.download(
        f"/api/certificates/v1/certificates/{certificate_id}/file"
    )
    assert answer.headers["content-type"] == "application/pdf"
    file = folder / f"{certificate_id}.pdf"
    file.write_bytes(answer.content)
    return await document.check(file, root=stack().checkout.pki / "root.pem")


async def from_the_compiled_template(certificate_id: str) -> bool:
    """Whether the rendering took the fast path: the seal is then in the one first revision."""
    (row,) = await rows(
        "certificates",
        "SELECT rendered_length = file_bytes AS whole FROM certificates WHERE certificate_id = :id",
        id=certificate_id,
    )
    return bool(row["whole"])


class TestMainJob:
    @pytest.mark.parametrize(
        ("name", "masked", "usual"), [("张䶮", "张*", False), ("王小明", "王**", True)]
    )
    async def test_completed_year_becomes_a_sealed_certificate_that_anybody_can_check(
        self, world: World, tmp_path: Path, name: str, masked: str, usual
    ) -> None:
        technician = await world.completed(name)
        certificate = await world.people.certificate(technician, YEAR)
        assert await from_the_compiled_template(certificate["certificate_id"]) is usual
        checked = await downloaded(technician, certificate["certificate_id"], tmp_path)
        answer = await world.public_state(checked.qr_url, "valid")
        assert answer["management_number"] == technician.management_number
        assert answer["year"] == YEAR
        assert masked in json.dumps(answer, ensure_ascii=False)
        assert name not in json.dumps(answer, ensure_ascii=False)

    async def test_each_bureau_seals_with_its_own_key(self, world: World, tmp_path: Path) -> None:
        signers = set()
        for code in (ZHENGZHOU, LUOYANG):
            technician = await world.completed("王𫖯", code=code)
            certificate = await world.people.certificate(technician, YEAR)
            checked = await downloaded(technician, certificate["certificate_id"], tmp_path)
            (row,) = await rows(
                "certificates",
                "SELECT encode(sha256(signer_certificate), 'hex') AS signer"
                " FROM certificates WHERE certificate_id = :id",
                id=certificate["certificate_id"],
            )
            signers.add(row["signer"])
            assert checked.pyhanko
        assert len(signers) == 2

    async def test_completion_without_an_active_seal_parks_visibly(self, world: World) -> None:
        technician = await world.completed("李𩽾", code=KAIFENG)
        parked = await world.people.parked(technician, YEAR)
        assert parked["reason_code"] == "certificates.seal_not_active"
        assert "签章" in parked["task"]

    async def test_revoked_certificate_shows_revoked(self, world: World, tmp_path: Path) -> None:
        technician = await world.completed("赵𠅤", code=LUOYANG)
        certificate = await world.people.certificate(technician, YEAR)
        checked = await downloaded(technician, certificate["certificate_id"], tmp_path)
        await world.public_state(checked.qr_url, "valid")
        await world.people.revoke(technician, certificate["certificate_id"])
        await world.public_state(checked.qr_url, "revoked")
        page = await world.gateway.client.get(checked.qr_url.partition("#")[0])
        assert "已撤销" in page.text


class TestBadInput:
    async def test_same_person_registering_twice_is_refused(self, world: World) -> None:
        number = new_identity_number()
        employer = world.employers[ZHENGZHOU]
        register = world.people.register
        first = await register(
            name="张三", identity_number=number, employer=employer, bureau=world.bureaus[ZHENGZHOU]
        )
        with pytest.raises(Refused) as caught:
            await register(
                name="张三",
                identity_number=number,
                employer=employer,
                bureau=world.bureaus[ZHENGZHOU],
            )
        assert (caught.value.status, caught.value.code) == (409, "identity.registration_refused")
        assert first.management_number.startswith("41")

    async def test_reviewer_outside_the_subtree_is_refused(self, world: World) -> None:
        technician = await world.technician("张三")
        claims = await world.people.file_year(technician, year=YEAR, evidence=evidence.photograph())
        stranger = await world.province.sign_in(world.employers[LUOYANG].administrator)
        with pytest.raises(Refused) as caught:
            await stranger.post(
                f"/api/hours/v1/claims/{claims[0]}/decisions",
                {"step": "employer", "outcome": "approve"},
            )
        assert caught.value.status in {403, 404}

    @pytest.mark.parametrize("damage", ["truncated", "altered", "invented"])
    async def test_bad_token_is_not_found_whatever_is_wrong(self, world: World, damage) -> None:
        token = {"truncated": "abc", "altered": "0" * 36, "invented": secrets.token_hex(18)}[damage]
        answer = await world.gateway.client.get(
            f"/v/{token}", headers={"accept": "application/json"}
        )
        assert answer.status_code == 404
        assert answer.json()["code"] == "verify.token_invalid"

    async def test_internal_addresses_are_not_reachable(self, world: World) -> None:
        for path in ("/internal/resolve", "/api/identity/v1/../../internal/resolve"):
            answer = await world.gateway.client.post(path, json={})
            assert answer.status_code in {400, 401, 403, 404}, path


class TestTrace:
    async def test_one_trace_leads_from_the_last_approval_to_the_public_projection(
        self, world: World
    ) -> None:
        technician = await world.technician("张䶮")
        claims = await world.people.file_year(technician, year=YEAR, evidence=evidence.photograph())
        await world.people.review_year(technician, claims[:1])
        employer = await world.province.sign_in(technician.employer.administrator)
        decision = f"/api/hours/v1/claims/{claims[1]}/decisions"
        await employer.post(decision, {"step": "employer", "outcome": "approve"})
        bureau = await world.province.sign_in(technician.bureau.administrators[0])
        before = time.time_ns()
        await bureau.post(decision, {"step": "bureau", "outcome": "approve"})
        await world.people.certificate(technician, YEAR)

        # Which processes one story passes through, by the spans they exported themselves.
        wanted = {
            "gateway ingress",
            "hours POST /api/hours/v1/claims/{claim_id}/decisions",
            "certificates process hours.year.completed.v1",
            "verify process certificates.certificate.issued.v1",
        }

        async def story() -> set[str] | None:
            by_trace: dict[str, set[str]] = {}
            for span in await asyncio.to_thread(spans, since=before):
                by_trace.setdefault(span["trace_id"], set()).add(
                    f"{span['service']} {span['name']}"
                )
            return next((names for names in by_trace.values() if wanted <= names), None)

        await world.observer.until("one trace holds the whole story", story)


def spans(*, since: int) -> list[dict[str, Any]]:
    """Return the spans the collector has received that started after ``since`` (nanoseconds)."""
    file = stack().checkout.state / "spans.jsonl"
    read = [json.loads(line) for line in file.read_text().splitlines() if line.endswith("}")]
    return [span for span in read if span["start"] >= since]
