"""From the application for a seal to its use, suspension and replacement."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from tests.kit.pki import throw_away_pki

from certificates.sealing import SealCredential
from certificates.sealing.csc import CscSealService
from certificates.usecases.render import render_due
from certificates.usecases.seal import seal_due

pytestmark = pytest.mark.infra


def problem(answer):
    return answer.status_code, answer.json().get("code")


@pytest.fixture
def present_instead(monkeypatch):
    """Have the seal services present another signer."""

    def present(signer, *, enabled=True):
        async def describe(_):
            return SealCredential(
                credential_id="seal",
                certificate=signer.certificate.public_bytes(Encoding.DER),
                chain=tuple(one.public_bytes(Encoding.DER) for one in signer.authorities),
                enabled=enabled,
                signatures_per_call=10,
            )

        monkeypatch.setattr(CscSealService, "describe", describe)

    return present


class TestApplying:
    async def test_answers_with_the_inspected_certificate(self, office):
        answer = await office.apply()

        assert answer.status_code == 201
        seal = answer.json()
        assert seal["state"] == "inspected"
        assert seal["development"] is True
        assert len(seal["signer_sha256"]) == 64

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"endpoint": "kaifeng"}, "certificates.seal_endpoint_unknown"),
            ({"credential_id": "other"}, "certificates.seal_endpoint_unknown"),
            ({"endpoint": "luoyang"}, "certificates.seal_endpoint_of_other_office"),
            ({"name": "郑州市公章"}, "certificates.seal_name_wrong"),
        ],
    )
    async def test_refuses_what_does_not_fit(self, office, changes, code):
        answer = await office.apply(**changes)

        assert problem(answer) == (400, code)
        assert await office.rows("seals") == []

    async def test_refuses_an_office_that_does_not_issue(self, office):
        answer = await office.apply(office_id=str(office.county))

        assert problem(answer) == (400, "certificates.office_does_not_issue")

    @pytest.mark.parametrize(
        ("signer", "part"),
        [
            ("expired", "有效期"),
            ("stranger", "受信任"),
            ("other_office", "不一致"),
        ],
    )
    async def test_refuses_a_wrong_certificate(self, office, present_instead, signer, part):
        present_instead(getattr(throw_away_pki(), signer))

        answer = await office.apply()

        assert problem(answer) == (409, "certificates.seal_not_trusted")
        assert part in answer.json()["detail"]
        (seal,) = await office.rows("seals")
        assert (seal["state"], seal["signer_certificate"]) == ("rejected", None)

    async def test_refuses_a_real_seal_in_development(self, office, present_instead):
        present_instead(throw_away_pki().issue(mark=""))

        answer = await office.apply()

        assert problem(answer) == (409, "certificates.seal_not_trusted")
        assert "测试环境" in answer.json()["detail"]

    async def test_refuses_a_disabled_key(self, office, present_instead):
        present_instead(throw_away_pki().good, enabled=False)

        assert problem(await office.apply()) == (409, "certificates.seal_not_trusted")

    async def test_waits_for_a_service_that_is_away(self, office, seal_servers):
        await seal_servers["zhengzhou"].stop()

        answer = await office.apply()

        assert answer.status_code == 201
        seal = answer.json()
        assert seal["state"] == "applied"
        assert seal["last_error"] == "certificates.seal_unavailable"
        filing = await office.post(f"seals/{seal['seal_id']}/filing", office.province())
        assert problem(filing) == (409, "certificates.seal_not_inspected")

    async def test_repeated_request_applies_once(self, office):
        body = {
            "office_id": str(office.city("zhengzhou")),
            "name": "郑州市专业技术人员继续教育专用章",
            "endpoint": "zhengzhou",
            "credential_id": "seal",
        }
        first = await office.apply_with(body, key="same")
        again = await office.apply_with(body, key="same")

        assert first.json()["seal_id"] == again.json()["seal_id"]
        assert len(await office.rows("seals")) == 1


class TestFiling:
    async def test_takes_two_people_of_the_province(self, office):
        seal_id = (await office.apply()).json()["seal_id"]
        filing = await office.post(f"seals/{seal_id}/filing", office.province("first"))
        approval = filing.json()["approval_id"]

        alone = await office.post(f"approvals/{approval}/approval", office.province("first"))
        bureau = await office.post(f"approvals/{approval}/approval", office.bureau())

        assert problem(alone) == (403, "chassis.approval_by_same_person")
        assert problem(bureau) == (403, "chassis.forbidden")
        (seal,) = await office.rows("seals")
        assert seal["state"] == "inspected"
        done = await office.post(f"approvals/{approval}/approval", office.province("second"))
        assert done.json()["outcome"] == "approved"
        (seal,) = await office.rows("seals")
        assert seal["state"] == "active"
        types = [row["type"] for row in await office.rows("outbox")]
        assert types.count("certificates.seal.activated.v1") == 1

    async def test_lapses_after_seven_days(self, office):
        seal_id = (await office.apply()).json()["seal_id"]
        filing = await office.post(f"seals/{seal_id}/filing", office.province("first"))
        office.clock.advance(timedelta(days=7))

        late = await office.post(
            f"approvals/{filing.json()['approval_id']}/approval", office.province("second")
        )

        assert problem(late) == (410, "chassis.approval_lapsed")

    async def test_second_proposal_of_the_same_is_refused(self, office):
        seal_id = (await office.apply()).json()["seal_id"]
        await office.post(f"seals/{seal_id}/filing", office.province("first"))

        again = await office.post(f"seals/{seal_id}/filing", office.province("second"))

        assert problem(again) == (409, "certificates.proposal_open")

    async def test_refused_proposal_may_be_made_again(self, office):
        seal_id = (await office.apply()).json()["seal_id"]
        filing = await office.post(f"seals/{seal_id}/filing", office.province("first"))
        path = f"approvals/{filing.json()['approval_id']}"
        await office.post(f"{path}/refusal", office.province("second"))

        after = await office.post(f"{path}/approval", office.province("second"))
        again = await office.post(f"seals/{seal_id}/filing", office.province("first"))

        assert problem(after) == (409, "chassis.approval_decided")
        assert again.status_code == 202


class TestSuspending:
    async def test_stops_the_lane_and_loses_nothing(self, office):
        seal_id = await office.activate_seal()
        technician = await office.technician()
        await office.complete_year(technician)
        await render_due(office.bench)

        answer = await office.post(
            f"seals/{seal_id}/suspension", office.bureau(), {"reason_code": "key_in_doubt"}
        )

        assert answer.json()["state"] == "suspended"
        assert await seal_due(office.bench, seal_id) == 0
        assert (await office.intent(technician))["state"] == "rendered"

    async def test_during_sealing_the_certificate_is_not_published(self, office, monkeypatch):
        seal_id = await office.activate_seal()
        technician = await office.technician()
        await office.complete_year(technician)
        await render_due(office.bench)
        sign = CscSealService.sign

        async def suspended_meanwhile(self, digests, *, idempotency_key):
            await office.post(
                f"seals/{seal_id}/suspension", office.bureau(), {"reason_code": "key_in_doubt"}
            )
            return await sign(self, digests, idempotency_key=idempotency_key)

        monkeypatch.setattr(CscSealService, "sign", suspended_meanwhile)
        await seal_due(office.bench, seal_id)

        intent = await office.intent(technician)
        assert (intent["state"], intent["last_error"]) == (
            "sealing",
            "certificates.seal_not_active",
        )
        assert await office.rows("certificates") == []

    async def test_reinstating_takes_two_people(self, office):
        seal_id = await office.activate_seal()
        await office.post(
            f"seals/{seal_id}/suspension", office.bureau(), {"reason_code": "key_in_doubt"}
        )
        proposal = await office.post(f"seals/{seal_id}/reinstatement", office.province("first"))
        path = f"approvals/{proposal.json()['approval_id']}/approval"

        alone = await office.post(path, office.province("first"))
        done = await office.post(path, office.province("second"))

        assert problem(alone) == (403, "chassis.approval_by_same_person")
        assert done.status_code == 200
        (seal,) = await office.rows("seals")
        assert seal["state"] == "active"


class TestReplacing:
    async def test_prepared_certificates_are_made_anew_for_the_new_seal(self, office):
        first = await office.activate_seal()
        technician = await office.technician()
        await office.complete_year(technician)
        await render_due(office.bench)

        second = await office.activate_seal()
        await office.work()

        states = {row["id"]: row["state"] for row in await office.rows("seals")}
        assert states == {first: "replaced", second: "active"}
        (certificate,) = await office.rows("certificates")
        assert certificate["seal_id"] == second
        assert (await office.intent(technician))["state"] == "issued"
