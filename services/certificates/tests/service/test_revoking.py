"""Suspending, reinstating and revoking a certificate."""

import asyncio
import json

import pytest

pytestmark = pytest.mark.infra
REASON = {"reason_code": "evidence_false", "reason": "经核查，申报材料不实。"}


def problem(answer):
    return answer.status_code, answer.json().get("code")


@pytest.fixture
async def issued(office):
    """Issue one certificate; return its holder and id."""
    await office.activate_seal()
    technician = await office.technician()
    certificate = await office.issue(technician)
    return technician, certificate["certificate_id"]


async def propose(office, certificate_id, name="first"):
    return await office.post(
        f"certificates/{certificate_id}/revocation", office.bureau(name=name), REASON
    )


class TestSuspension:
    async def test_and_reinstatement_take_one_person_and_are_told(self, office, issued):
        _, certificate_id = issued
        path = f"certificates/{certificate_id}"

        suspended = await office.post(f"{path}/suspension", office.bureau(), REASON)
        reinstated = await office.post(f"{path}/reinstatement", office.bureau(), REASON)

        assert suspended.json()["state"] == "suspended"
        assert reinstated.json()["state"] == "valid"
        rows = sorted(await office.rows("outbox"), key=lambda row: row["id"])
        told = [json.loads(row["body"]) for row in rows if ".certificate." in row["type"]]
        assert [
            (one["type"].split(".")[2], one["aggregateversion"], one["data"]["state_reason"])
            for one in told
        ] == [
            ("issued", 1, None),
            ("suspended", 2, "evidence_false"),
            ("reinstated", 3, None),
        ]
        assert len(await office.rows("ledger_entries")) == 3

    async def test_of_a_suspended_one_conflicts(self, office, issued):
        path = f"certificates/{issued[1]}/suspension"
        await office.post(path, office.bureau(), REASON)

        again = await office.post(path, office.bureau(), REASON)

        assert problem(again) == (409, "certificates.certificate_state_conflict")

    async def test_repeated_request_gets_the_first_answer(self, office, issued):
        path = f"certificates/{issued[1]}/suspension"
        first = await office.post(path, office.bureau(), REASON, key="one")

        again = await office.post(path, office.bureau(), REASON, key="one")

        assert (again.status_code, again.json()) == (first.status_code, first.json())
        assert len(await office.rows("ledger_entries")) == 2

    async def test_without_idempotency_key_is_refused(self, office, issued):
        answer = await office.http.post(
            f"/api/certificates/v1/certificates/{issued[1]}/suspension",
            json=REASON,
            headers=office.bureau(),
        )

        assert problem(answer) == (400, "chassis.idempotency_key_missing")

    async def test_with_a_malformed_reason_names_the_field(self, office, issued):
        answer = await office.post(
            f"certificates/{issued[1]}/suspension", office.bureau(), {"reason_code": "!"}
        )

        assert answer.status_code == 422
        assert answer.json()["fields"][0]["field"] == "/reason_code"

    async def test_suspended_version_is_superseded_by_the_next(self, office, issued):
        technician, certificate_id = issued
        await office.post(f"certificates/{certificate_id}/suspension", office.bureau(), REASON)

        second = await office.issue(technician, version=3, completion=2)

        assert second["supersedes"] == certificate_id
        states = sorted(row["state"] for row in await office.rows("certificates"))
        assert states == ["superseded", "valid"]


class TestRevocation:
    async def test_takes_effect_when_a_second_person_approves(self, office, issued):
        _, certificate_id = issued
        proposal = await propose(office, certificate_id)
        path = f"approvals/{proposal.json()['approval_id']}/approval"
        (before,) = await office.rows("certificates")

        alone = await office.post(path, office.bureau(name="first"))
        done = await office.post(path, office.bureau(name="second"))

        assert proposal.status_code == 202
        assert before["state"] == "valid"
        assert problem(alone) == (403, "chassis.approval_by_same_person")
        assert done.status_code == 200
        (after,) = await office.rows("certificates")
        assert (after["state"], after["state_reason"]) == ("revoked", "evidence_false")
        audit = [
            row for row in await office.rows("audit_rows") if row["action"] == "certificate.revoked"
        ]
        assert audit[0]["detail"]["reason"] == REASON["reason"]
        assert audit[0]["detail"]["proposer"] != audit[0]["actor"]

    async def test_is_listed_for_the_second_person(self, office, issued):
        proposal = await propose(office, issued[1])

        page = await office.get("approvals", office.bureau(name="second"))
        elsewhere = await office.get("approvals", office.bureau("luoyang"))

        (item,) = page.json()["items"]
        assert item["approval_id"] == proposal.json()["approval_id"]
        assert item["payload"]["reason_code"] == "evidence_false"
        assert elsewhere.json()["items"] == []

    async def test_is_final(self, office, issued):
        _, certificate_id = issued
        proposal = await propose(office, certificate_id)
        await office.post(
            f"approvals/{proposal.json()['approval_id']}/approval", office.bureau(name="second")
        )

        for action in ("suspension", "reinstatement", "revocation"):
            answer = await office.post(
                f"certificates/{certificate_id}/{action}", office.bureau(), REASON
            )
            assert problem(answer) == (409, "certificates.certificate_state_conflict")

    async def test_approved_twice_at_once_happens_once(self, office, issued):
        proposal = await propose(office, issued[1])
        path = f"approvals/{proposal.json()['approval_id']}/approval"

        answers = await asyncio.gather(
            *(office.post(path, office.bureau(name=f"approver {n}")) for n in range(6))
        )

        assert sorted(one.status_code for one in answers) == [200, 409, 409, 409, 409, 409]
        assert len(await office.rows("ledger_entries")) == 2

    async def test_revoked_year_completed_again_gets_a_new_valid_version(self, office, issued):
        technician, certificate_id = issued
        proposal = await propose(office, certificate_id)
        await office.post(
            f"approvals/{proposal.json()['approval_id']}/approval", office.bureau(name="second")
        )

        second = await office.issue(technician, version=3, completion=2)

        assert (second["version"], second["supersedes"]) == (2, None)

    async def test_of_ones_own_certificate_is_refused(self, office, issued):
        technician, certificate_id = issued
        office.administrators[f"bureau_administrator/{office.city('zhengzhou')}/himself"] = (
            technician.person_id
        )

        answer = await office.post(
            f"certificates/{certificate_id}/suspension", office.bureau(name="himself"), REASON
        )

        assert problem(answer) == (403, "certificates.own_certificate")
