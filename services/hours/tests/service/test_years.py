"""The year account: completion, reopening, and what the technician is shown."""

from datetime import UTC, date, datetime, timedelta

from chassis.envelope import Event
from chassis.ids import uuid7
from hours import subscribers
from hours.store import accounts

COMPLETED, REOPENED = "hours.year.completed.v1", "hours.year.reopened.v1"


class TestCompletion:
    async def test_told_once_with_rule_employer_and_totals(self, hours) -> None:
        technician = await hours.technician()
        await hours.complete(technician)
        (event,) = await hours.told(COMPLETED)
        data = event["data"]
        assert data["person_id"] == str(technician.person)
        assert (data["completion"], data["state"]) == (1, "completed")
        assert (data["total_tenths"], data["public_tenths"], data["professional_tenths"]) == (
            900,
            300,
            600,
        )
        assert data["rule_version"] == 1
        assert data["title_level"] == "intermediate"
        assert datetime.fromisoformat(data["completed_at"]) == hours.clock.now()
        assert await hours.audited("year.completed") == 1

    async def test_further_hours_tell_no_second_completion(self, hours) -> None:
        technician = await hours.technician()
        await hours.complete(technician)
        await hours.approve(await technician.claim(credit_tenths=50))
        assert len(await hours.told(COMPLETED, REOPENED)) == 1
        year = (await technician.get("/years/2026")).json()
        assert year["counted"]["total_tenths"] == 950

    async def test_late_review_completes_at_the_end_of_its_year(self, hours) -> None:
        technician = await hours.technician()
        claims = [
            await technician.claim(subject_kind="public", credit_tenths=300),
            await technician.claim(subject_kind="professional", credit_tenths=600),
        ]
        hours.clock.advance(timedelta(days=90))  # February 2027
        # In January the person moved; the certificate belongs to the employer of the year.
        await hours.employ(technician.person, "factory", since=date(2027, 1, 4))
        await hours.approve(*claims)
        (event,) = await hours.told(COMPLETED)
        assert event["data"]["completed_at"] == "2026-12-31T15:59:59+00:00"
        detail = (await hours.employer_administrator().get(f"/claims/{claims[0]}")).json()
        assert event["data"]["employer_id"] == detail["organisation_id"]

    async def test_returned_claim_does_not_count(self, hours) -> None:
        technician = await hours.technician()
        await hours.approve(await technician.claim(subject_kind="public", credit_tenths=300))
        claim = await technician.claim(credit_tenths=600)
        await hours.employer_administrator().decide(
            claim, "employer", "return", reason_code="evidence_insufficient"
        )
        assert await hours.told(COMPLETED) == []


class TestReopen:
    async def test_withdrawn_approval_reopens_and_next_completion_is_the_second(
        self, hours
    ) -> None:
        technician = await hours.technician()
        _, professional = await hours.complete(technician)
        answer = await hours.bureau_administrator().post(
            f"/claims/{professional}/approval-withdrawal",
            {"reason_code": "approval_in_error", "reason": "材料系误认"},
        )
        assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
        (reopened,) = await hours.told(REOPENED)
        assert (reopened["data"]["state"], reopened["data"]["total_tenths"]) == ("open", 300)
        (first,) = await hours.told(COMPLETED)
        assert reopened["aggregateversion"] > first["aggregateversion"]
        await hours.approve(await technician.claim(credit_tenths=700))
        first, second = await hours.told(COMPLETED)
        assert [first["data"]["completion"], second["data"]["completion"]] == [1, 2]
        assert second["data"]["professional_tenths"] == 700

    async def test_only_an_approved_claim_and_only_with_a_reason(self, hours) -> None:
        technician = await hours.technician()
        claim = await technician.claim()
        bureau = hours.bureau_administrator()
        url = f"/claims/{claim}/approval-withdrawal"
        early = await bureau.post(url, {"reason_code": "approval_in_error"})
        assert (early.status_code, early.json()["code"]) == (409, "hours.claim_not_approved")
        await hours.approve(claim)
        for body, code in (
            ({}, "hours.remedy_missing"),
            ({"remedy": "补交"}, "hours.reason_missing"),
            ({"reason_code": "nonsense"}, "hours.reason_code_unknown"),
        ):
            answer = await bureau.post(url, body)
            assert (answer.status_code, answer.json()["code"]) == (400, code)


class TestYearPage:
    async def test_nothing_filed_shows_what_is_required_and_missing(self, hours) -> None:
        year = (await (await hours.technician()).get("/years/2026")).json()
        assert year["state"] == "open"
        assert year["required"] == {
            "total_tenths": 900,
            "by_subject": {"public": 300, "professional": 600},
        }
        assert year["missing"] == year["required"]
        assert year["counted"]["by_subject"] == {"public": 0, "professional": 0}
        assert year["rule"]["unconfirmed"] is True

    async def test_blocking_claims_name_their_holder_and_age(self, hours) -> None:
        technician = await hours.technician()
        at_employer = await technician.claim(credit_tenths=100)
        hours.clock.advance(timedelta(hours=1))
        at_bureau = await technician.claim(credit_tenths=200)
        await hours.employer_administrator().decide(at_bureau, "employer")
        sent_back = await technician.claim(credit_tenths=300)
        await hours.employer_administrator().decide(
            sent_back, "employer", "return", reason_code="wrong_year"
        )
        year = (await technician.get("/years/2026")).json()
        shown = {one["claim_id"]: one for one in year["open_claims"]}
        assert shown[at_employer]["holder"] == "hospital-name"
        assert shown[at_employer]["age_seconds"] == 3600
        assert shown[at_bureau]["holder"] == "jinshui-name"
        assert shown[sent_back]["holder"] == "本人"
        assert shown[sent_back]["remedy"]

    async def test_certificate_state_and_parking_task_are_shown(self, hours) -> None:
        technician = await hours.technician()
        await hours.complete(technician)
        async with hours.database.reading() as tx:
            account = await accounts.find(tx, technician.person, 2026)
        certificates = _Certificates(hours, technician.person)
        await certificates.parked("发证单位尚无启用的电子签章", at=1)
        page = (await technician.get("/years/2026")).json()
        assert page["certificate"] is None
        assert page["certificate_waits"]["task"] == "发证单位尚无启用的电子签章"
        await certificates.changed("valid", version=1, at=2)
        page = (await technician.get("/years/2026")).json()
        assert page["certificate_waits"] is None
        assert page["certificate"]["state"] == "valid"
        await certificates.changed("revoked", version=3, at=4)
        await certificates.changed("suspended", version=2, at=3)  # comes late, changes nothing
        page = (await technician.get("/years/2026")).json()
        assert page["certificate"]["state"] == "revoked"
        assert page["completion"] == account.completion == 1

    async def test_year_out_of_range_is_unprocessable(self, hours) -> None:
        technician = await hours.technician()
        assert (await technician.get("/years/1999")).status_code == 422
        assert (await technician.get("/years/2016")).json()["code"] == "hours.rule_missing"

    async def test_administrator_has_no_year(self, hours) -> None:
        assert (await hours.employer_administrator().get("/years/2026")).status_code == 403


class TestReference:
    async def test_seeds_are_there_with_source_and_mark(self, hours) -> None:
        technician = await hours.technician()
        rules = (await technician.get("/rules")).json()
        assert [(rule["total_tenths"], rule["in_force"]) for rule in rules] == [
            (900, True),
            (560, False),
            (640, False),
        ]
        assert all(rule["source_note"] and rule["unconfirmed"] for rule in rules)
        kinds = (await technician.get("/activity-kinds")).json()
        assert len(kinds) == 13
        assert [kind["code"] for kind in kinds if not kind["evidence_required"]] == [
            "accredited_class"
        ]
        assert all(code["remedy"] for code in (await technician.get("/reason-codes")).json())

    async def test_other_rule_judges_once_it_is_in_force(self, hours) -> None:
        await hours.run("UPDATE rules SET in_force = (total_tenths <> 900)")
        technician = await hours.technician(level="junior")
        await hours.approve(await technician.claim(credit_tenths=560))
        (event,) = await hours.told(COMPLETED)
        assert event["data"]["total_tenths"] == 560


class _Certificates:
    """The certificates service, telling about one person's 2026."""

    def __init__(self, hours, person) -> None:
        self._hours, self._person, self._id, self._intent = hours, person, uuid7(), uuid7()

    async def changed(self, state: str, *, version: int, at: int) -> None:
        data = subscribers.CertificateChanged(
            certificate_id=self._id,
            person_id=self._person,
            year=2026,
            version=1,
            state=state,
            office_name="郑州市人力资源和社会保障局",
            issued_on="2026-11-23",
        )
        async with self._hours.database.transaction() as tx:
            event = _event(self._id, version, data, at)
            await subscribers.on_certificate_changed(tx, event)

    async def parked(self, task: str, *, at: int) -> None:
        data = subscribers.CertificateParked(
            intent_id=self._intent,
            person_id=self._person,
            year=2026,
            reason_code="certificates.seal_not_active",
            task=task,
        )
        async with self._hours.database.transaction() as tx:
            await subscribers.on_certificate_parked(tx, _event(self._intent, 1, data, at))


def _event(aggregate, version, data, second):
    return Event(
        id=uuid7(),
        type="test",
        time=datetime(2026, 11, 23, 3, 0, second, tzinfo=UTC),
        aggregate_id=aggregate,
        aggregate_version=version,
        correlation_id="test",
        data=data,
    )
