"""Correction with no gap: asked for by a person, and the old one valid until the new one is."""

import asyncio
from datetime import timedelta

import pytest
from services.certificates.tests.service.office import HOSPITAL, PATH

from certificates.subscribers import OrganisationState
from certificates.usecases.render import render_due
from certificates.usecases.seal import seal_due
from certificates.workshop import Workshop

pytestmark = pytest.mark.infra
RENAMED = {"reason_code": "name_changed"}


def problem(answer):
    return answer.status_code, answer.json().get("code")


async def rename(office, technician, name="张三丰", version=2):
    await office.technician(name=name, person_id=technician.person_id, version=version)
    (row,) = await office.rows("persons", person_id=technician.person_id)
    assert row["name"] == name


async def rename_hospital(office, name="郑州大学第一医院", version=2):
    place = HOSPITAL["zhengzhou"]
    state = OrganisationState(
        organisation_id=place,
        parent_id=office.county,
        path=PATH[place],
        kind="employer",
        name=name,
        code=None,
        active=True,
    )
    await office.hear(office.subscribers.on_organisation_changed, state, version)


async def states_of(office, technician):
    rows = await office.rows("certificates", person_id=technician.person_id)
    return {row["version"]: row["state"] for row in rows}


async def newest_intent(office, technician):
    rows = await office.rows("intents", person_id=technician.person_id)
    return max(rows, key=lambda row: row["correction"])


@pytest.fixture
async def issued(office):
    """Issue one certificate; return its holder, the way to ask for a correction, and the seal."""
    seal_id = await office.activate_seal()
    technician = await office.technician()
    certificate = await office.issue(technician)
    return technician, f"certificates/{certificate['certificate_id']}/reissue", seal_id


class TestAskedFor:
    async def test_by_the_holder_supersedes_when_the_new_one_is_published(self, office, issued):
        technician, path, seal_id = issued
        await rename(office, technician)

        asked = await office.post(path, office.holder(technician), RENAMED)
        await render_due(office.bench)
        before = await states_of(office, technician)
        await seal_due(office.bench, seal_id)

        assert asked.status_code == 202
        assert asked.json()["corrections"] == ["management_number", "name"]
        assert before == {1: "valid"}
        assert await states_of(office, technician) == {1: "superseded", 2: "valid"}
        first, second = sorted(
            await office.rows("certificates", person_id=technician.person_id),
            key=lambda row: row["version"],
        )
        assert second["name"] == "张三丰"
        assert second["supersedes"] == first["certificate_id"]
        assert second["completion"] == first["completion"]
        # One transaction: the same instant for both.
        assert second["issued_at"] == first["changed_at"]

    async def test_by_the_office_after_the_employer_was_renamed(self, office, issued):
        technician, path, _ = issued
        await rename_hospital(office)

        asked = await office.post(path, office.bureau(), {"reason_code": "employer_renamed"})
        await office.work()

        assert asked.json()["corrections"] == ["employer_name"]
        rows = await office.rows("certificates", person_id=technician.person_id, state="valid")
        assert [row["employer_name"] for row in rows] == ["郑州大学第一医院"]

    async def test_several_times_gives_one_version_each(self, office, issued):
        technician, path, _ = issued
        await rename(office, technician)
        await office.post(path, office.holder(technician), RENAMED)
        await office.work()
        await rename(office, technician, name="张无忌", version=3)
        (second,) = await office.rows("certificates", state="valid")

        path = f"certificates/{second['certificate_id']}/reissue"
        asked = await office.post(path, office.holder(technician), RENAMED)
        await office.work()

        assert asked.status_code == 202
        assert await states_of(office, technician) == {1: "superseded", 2: "superseded", 3: "valid"}

    async def test_twice_with_one_key_plans_once(self, office, issued):
        technician, path, _ = issued
        await rename(office, technician)

        holder = office.holder(technician)
        first = await office.post(path, holder, RENAMED, key="one")
        again = await office.post(path, holder, RENAMED, key="one")

        assert first.json() == again.json()
        assert len(await office.rows("intents", person_id=technician.person_id)) == 2

    async def test_by_many_at_once_plans_once(self, office, issued):
        technician, path, _ = issued
        await rename(office, technician)

        answers = await asyncio.gather(
            *(office.post(path, office.holder(technician), RENAMED) for _ in range(5))
        )

        assert sorted(one.status_code for one in answers) == [202, 409, 409, 409, 409]


class TestNever:
    async def test_by_itself(self, office, issued):
        technician, _, _ = issued
        await rename(office, technician)
        await rename_hospital(office)
        await office.work()

        assert await states_of(office, technician) == {1: "valid"}
        assert len(await office.rows("intents", person_id=technician.person_id)) == 1

    async def test_when_nothing_printed_would_change(self, office, issued):
        technician, path, _ = issued

        answer = await office.post(path, office.holder(technician), RENAMED)

        assert problem(answer) == (409, "certificates.nothing_to_correct")
        assert answer.json()["remedy"]

    async def test_while_suspended(self, office, issued):
        technician, path, _ = issued
        await rename(office, technician)
        reason = {"reason_code": "under_review"}
        await office.post(path.replace("reissue", "suspension"), office.bureau(), reason)

        answer = await office.post(path, office.holder(technician), RENAMED)

        assert problem(answer) == (409, "certificates.certificate_state_conflict")

    async def test_while_the_year_is_reopened(self, office, issued):
        technician, path, _ = issued
        await rename(office, technician)
        await office.reopen_year(technician)

        answer = await office.post(path, office.holder(technician), RENAMED)

        assert problem(answer) == (409, "certificates.year_under_review")

    async def test_for_a_reason_nobody_knows(self, office, issued):
        technician, path, _ = issued

        answer = await office.post(path, office.holder(technician), {"reason_code": "for_fun"})

        assert problem(answer) == (400, "certificates.reason_unknown")


class TestOldOneStays:
    async def test_valid_when_the_new_one_parks(self, office, issued):
        technician, path, _ = issued
        await rename(office, technician, name="张\U00032000")
        await office.post(path, office.holder(technician), RENAMED)

        await office.work()

        assert (await newest_intent(office, technician))["state"] == "parked"
        assert await states_of(office, technician) == {1: "valid"}

    async def test_valid_when_the_new_one_is_quarantined(self, office, issued, monkeypatch):
        technician, path, _ = issued
        await rename(office, technician)
        await office.post(path, office.holder(technician), RENAMED)
        finish = Workshop.finish

        async def swapped(self, prepared, *arguments, **named):
            report = await finish(self, prepared, *arguments, **named)
            return type(report)(False, report.file, report.rendered_length, "x", report.checks)

        monkeypatch.setattr(Workshop, "finish", swapped)
        await office.work()

        assert (await newest_intent(office, technician))["state"] == "quarantined"
        assert await states_of(office, technician) == {1: "valid"}

    async def test_suspended_when_suspended_while_the_new_one_was_under_way(self, office, issued):
        technician, path, seal_id = issued
        await rename(office, technician)
        await office.post(path, office.holder(technician), RENAMED)
        await render_due(office.bench)
        reason = {"reason_code": "under_review"}
        await office.post(path.replace("reissue", "suspension"), office.bureau(), reason)

        await seal_due(office.bench, seal_id)

        assert await states_of(office, technician) == {1: "suspended"}
        intent = await newest_intent(office, technician)
        assert (intent["state"], intent["last_error"]) == (
            "cancelled",
            "certificates.correction_overtaken",
        )

    async def test_valid_when_the_year_is_reopened_and_the_signature_comes_late(
        self, office, issued, monkeypatch
    ):
        technician, path, seal_id = issued
        await rename(office, technician)
        await office.post(path, office.holder(technician), RENAMED)
        await render_due(office.bench)
        finish = Workshop.finish

        async def reopened_meanwhile(*arguments, **named):
            await office.reopen_year(technician)
            return await finish(*arguments, **named)

        monkeypatch.setattr(Workshop, "finish", reopened_meanwhile)
        await seal_due(office.bench, seal_id)

        assert (await newest_intent(office, technician))["state"] == "cancelled"
        assert await states_of(office, technician) == {1: "valid"}

    async def test_until_another_worker_ends_what_a_killed_one_began(
        self, office, issued, new_bench
    ):
        technician, path, seal_id = issued
        await rename(office, technician)
        await office.post(path, office.holder(technician), RENAMED)
        await render_due(office.bench)

        class Killed(BaseException):
            pass

        put = office.bench.objects.put

        async def killed(content):
            await put(content)
            raise Killed

        office.bench.objects.put = killed
        with pytest.raises((Killed, BaseExceptionGroup)):
            await seal_due(office.bench, seal_id)
        assert await states_of(office, technician) == {1: "valid"}

        office.clock.advance(office.bench.deps.rules.lease + timedelta(seconds=1))
        await seal_due(new_bench(), seal_id)

        assert await states_of(office, technician) == {1: "superseded", 2: "valid"}


class TestHistory:
    async def test_tells_kinds_and_reasons_and_no_names(self, office, issued):
        technician, path, _ = issued
        for action, code in (("suspension", "under_review"), ("reinstatement", "review_passed")):
            await office.post(
                path.replace("reissue", action), office.bureau(), {"reason_code": code}
            )
        await rename(office, technician)
        await office.post(path, office.holder(technician), RENAMED)
        await office.work()

        answer = await office.get(path.replace("reissue", "history"), office.holder(technician))

        told = [
            (one["state"], one["actor_kind"], one["reason_code"]) for one in answer.json()["items"]
        ]
        assert told == [
            ("valid", "platform", None),
            ("suspended", "office", "under_review"),
            ("valid", "office", "review_passed"),
            ("superseded", "holder", "name_changed"),
        ]
        assert "person:" not in answer.text

    async def test_shows_a_revocation_for_fraud(self, office, issued):
        technician, path, _ = issued
        proposal = await office.post(
            path.replace("reissue", "revocation"),
            office.bureau(name="first"),
            {"reason_code": "evidence_false", "fraud": True},
        )
        approval = proposal.json()["approval_id"]
        await office.post(f"approvals/{approval}/approval", office.bureau(name="second"))

        answer = await office.get(path.replace("reissue", "history"), office.holder(technician))

        last = answer.json()["items"][-1]
        assert (last["state"], last["fraud"], last["reason_text"]) == (
            "revoked",
            True,
            "申报材料不实",
        )


class TestWork:
    async def test_lists_what_is_late_parked_and_quarantined(self, office, issued):
        late, waiting = await office.technician(), await office.technician()
        await office.complete_year(late)
        await office.complete_year(waiting)
        await office.park((await office.intent(waiting))["id"])
        office.clock.advance(office.bench.deps.rules.deadline + timedelta(seconds=1))

        pages = {
            kind: (await office.get("work", office.bureau(), kind=kind)).json()["items"]
            for kind in ("overdue", "parked", "quarantined", "orphans")
        }

        assert [one["intent_id"] for one in pages["overdue"]] == [
            str((await office.intent(late))["id"])
        ]
        assert [one["task"] for one in pages["parked"]] == ["请核实。"]
        assert pages["quarantined"] == pages["orphans"] == []
        elsewhere = await office.get("work", office.bureau("luoyang"), kind="overdue")
        assert elsewhere.json()["items"] == []
