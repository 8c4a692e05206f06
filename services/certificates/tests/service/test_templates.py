"""Template versions: two people of the province, with pictures of what changes."""

import io
from datetime import timedelta
from itertools import product

import pytest
from PIL import Image
from sqlalchemy import text

from certificates.printshop import Printshop
from certificates.rendering.versions import FOUNDING
from certificates.usecases.check import check_everything
from certificates.usecases.templates import register_shipped
from chassis.approvals import LAPSES_AFTER
from chassis.audit import InvariantBroken

pytestmark = pytest.mark.infra


@pytest.fixture(autouse=True)
def _shared_document_processes(office, workshop, settings):
    """Print in the processes that all tests share: starting them takes seconds."""
    office.app.state.printshop = Printshop(workshop, settings.fonts_dir, settings.contracts_dir)


NEXT = "2026.2"
PROPOSAL = f"templates/certificate/{NEXT}/proposal"


def problem(answer):
    return answer.status_code, answer.json().get("code")


async def register(office):
    shipped = await office.bench.workshop.templates()
    async with office.bench.database.transaction() as tx:
        await register_shipped(tx, office.bench.deps, shipped)


async def states(office):
    """Return the states of the certificate's first and second version; later ones are drafts."""
    page = await office.get("templates", office.province())
    own = [one for one in page.json()["items"] if one["form"] == "certificate"]
    assert all(one["state"] == "draft" for one in own if one["version"] > NEXT)
    return {one["version"]: one["state"] for one in own if one["version"] <= NEXT}


async def propose(office, name="first"):
    answer = await office.post(PROPOSAL, office.province(name))
    assert answer.status_code == 202, answer.text
    return answer.json()["approval_id"]


async def release(office):
    approval = await propose(office)
    answer = await office.post(f"approvals/{approval}/approval", office.province("second"))
    assert answer.status_code == 200, answer.text


class TestRegistry:
    async def test_begins_with_the_first_version_of_each_form_live(self, office):
        await register(office)
        page = (await office.get("templates", office.province())).json()["items"]
        live = {one["form"]: one["version"] for one in page if one["state"] == "live"}
        assert live == dict.fromkeys(("annex-2", "annex-3", "certificate", "extract"), FOUNDING)
        assert await states(office) == {FOUNDING: "live", NEXT: "draft"}

    async def test_is_the_same_when_registered_again(self, office):
        await register(office)
        await release(office)
        await register(office)
        assert await states(office) == {FOUNDING: "retired", NEXT: "live"}

    @pytest.mark.parametrize("statement", ["UPDATE template_versions SET digest = 'other'",
                                           "DELETE FROM template_versions"])  # fmt: skip
    async def test_never_changes_a_digest_or_forgets_a_version(self, office, statement):
        await register(office)
        with pytest.raises(Exception, match="never changed"):
            async with office.bench.database.transaction() as tx:
                await tx.execute(text(statement))


class TestApproval:
    async def test_by_another_provincial_administrator_puts_it_live(self, office):
        await release(office)
        assert await states(office) == {FOUNDING: "retired", NEXT: "live"}

    async def test_by_the_proposer_is_refused(self, office):
        approval = await propose(office)
        answer = await office.post(f"approvals/{approval}/approval", office.province("first"))
        assert problem(answer) == (403, "chassis.approval_by_same_person")
        assert await states(office) == {FOUNDING: "live", NEXT: "proposed"}

    @pytest.mark.parametrize(
        ("role", "place"),
        [
            *product(["bureau_administrator"], ["province", "zhengzhou"]),
            ("provincial_administrator", "zhengzhou"),
            ("operator", "province"),
            ("technician", "province"),
        ],
    )
    async def test_nobody_else_proposes_or_approves(self, office, role, place):
        headers = office.administrator(role, office.place(place))
        proposed = await office.post(PROPOSAL, headers)
        approval = await propose(office)
        approved = await office.post(f"approvals/{approval}/approval", headers)
        listed = await office.get("templates", headers)
        assert [one.status_code for one in (proposed, approved, listed)] == [403, 403, 403]
        assert await states(office) == {FOUNDING: "live", NEXT: "proposed"}

    async def test_refused_goes_back_to_draft(self, office):
        approval = await propose(office)
        answer = await office.post(f"approvals/{approval}/refusal", office.province("second"))
        assert answer.status_code == 200
        assert await states(office) == {FOUNDING: "live", NEXT: "draft"}

    async def test_a_lapsed_proposal_can_be_made_again(self, office):
        approval = await propose(office)
        office.clock.advance(LAPSES_AFTER + timedelta(seconds=1))
        late = await office.post(f"approvals/{approval}/approval", office.province("second"))
        assert problem(late) == (410, "chassis.approval_lapsed")
        await release(office)
        assert (await states(office))[NEXT] == "live"

    async def test_a_second_proposal_conflicts(self, office):
        await propose(office)
        again = await office.post(PROPOSAL, office.province("second"))
        assert problem(again) == (409, "certificates.proposal_open")

    async def test_of_the_live_version_conflicts(self, office):
        answer = await office.post(f"templates/certificate/{FOUNDING}/proposal", office.province())
        assert problem(answer) == (409, "certificates.template_state_conflict")

    async def test_of_an_unknown_version_is_not_found(self, office):
        answer = await office.post("templates/certificate/2031.7/proposal", office.province())
        assert problem(answer) == (404, "certificates.template_not_found")

    async def test_a_retired_version_can_come_back_by_two_people(self, office):
        await release(office)
        back = await office.post(f"templates/certificate/{FOUNDING}/proposal", office.province())
        approval = back.json()["approval_id"]
        await office.post(f"approvals/{approval}/approval", office.province("second"))
        assert await states(office) == {FOUNDING: "live", NEXT: "retired"}


class TestPictures:
    async def test_show_both_versions_and_where_they_differ(self, office):
        await propose(office)
        page = (await office.get("templates", office.province("second"))).json()["items"]
        proposed = next(one for one in page if one["state"] == "proposed")
        assert {one["sample"] for one in proposed["comparisons"]} == {"usual", "long", "portrait"}
        for one in proposed["comparisons"]:
            assert 0 < one["changed_pixels"] < one["pixels"] / 10
            for picture in ("before", "after", "difference"):
                answer = await office.http.get(one[picture], headers=office.province("second"))
                assert answer.headers["content-type"] == "image/png"
                assert Image.open(io.BytesIO(answer.content)).size == (827, 1170)

    async def test_are_for_the_province_alone(self, office):
        await propose(office)
        path = f"templates/certificate/{NEXT}/comparisons/usual/difference"
        assert (await office.get(path, office.bureau())).status_code == 403
        assert (await office.get(path.replace("usual", "no"), office.province())).status_code == 404


class TestCertificates:
    async def test_keep_the_version_they_were_made_with(self, office):
        await office.activate_seal()
        first = await office.issue(await office.technician())
        await release(office)
        second = await office.issue(await office.technician())

        rows = {str(row["certificate_id"]): row for row in await office.rows("certificates")}
        versions = {
            str(row["version"]): row["digest"]
            for row in await office.rows("template_versions")
            if row["form"] == "certificate"
        }
        for issued, version in ((first, FOUNDING), (second, NEXT)):
            row = rows[issued["certificate_id"]]
            assert row["template_version"] == version
            assert row["template_digest"] == versions[version]
        checked = await check_everything(
            office.bench.database,
            office.bench.objects,
            office.bench.workshop,
            office.bench.deps.audit,
        )
        assert checked.template_versions >= 5

    async def test_are_not_made_from_altered_files(self, office, monkeypatch):
        await office.activate_seal()
        await register(office)
        shipped = dict(await office.bench.workshop.templates())
        shipped["certificate", FOUNDING] = "0" * 64
        monkeypatch.setattr(office.bench.workshop, "_templates", shipped)
        await office.complete_year(await office.technician())
        await office.work()

        (intent,) = await office.rows("intents")
        assert (intent["state"], intent["last_error"]) == (
            "planned",
            "certificates.template_altered",
        )
        with pytest.raises(InvariantBroken, match="not those registered"):
            await check_everything(
                office.bench.database,
                office.bench.objects,
                office.bench.workshop,
                office.bench.deps.audit,
            )
