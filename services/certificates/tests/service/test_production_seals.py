"""In production a development seal is worth nothing, wherever it turns up."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from services.certificates.tests import impressions
from services.certificates.tests.service.impressing import hand_in
from services.certificates.tests.service.office import Office
from sqlalchemy import text
from tests.kit.pki import throw_away_pki

from certificates.printshop import Printshop
from certificates.sealing import SealCredential
from certificates.sealing.csc import CscSealService
from certificates.usecases.render import render_due
from certificates.usecases.seal import seal_due
from certificates.worker import build_bench
from chassis.db import Database

pytestmark = pytest.mark.infra


@pytest.fixture
def live(settings):
    """Say production; but for that the seal services of tests, which speak plain HTTP, are kept."""
    made = settings.model_copy(update={"environment": "production"})
    made.__dict__["seal_endpoints"] = settings.seal_endpoints
    return made


@pytest.fixture
async def bench(live, clock, workshop):
    """Have the worker's tools of a production installation."""
    database = Database(live.database, pool_size=5)
    made = replace(build_bench(live, database, clock), workshop=workshop)
    assert made.deps.rules.production
    yield made
    await made.seal_services.close()
    await made.authorities.close()
    await database.close()


@pytest.fixture
async def office(bench, live, clock, workshop):
    async with Office.open(bench, live, clock) as opened:
        opened.app.state.printshop = Printshop(workshop, live.fonts_dir, live.contracts_dir)
        yield opened


@pytest.fixture
def real_certificate(monkeypatch):
    """Have the seal service present the certificate of a real seal."""
    signer = throw_away_pki().issue(mark="")

    async def describe(_):
        return SealCredential(
            credential_id="seal",
            certificate=signer.certificate.public_bytes(Encoding.DER),
            chain=tuple(one.public_bytes(Encoding.DER) for one in signer.authorities),
            enabled=True,
            signatures_per_call=10,
        )

    monkeypatch.setattr(CscSealService, "describe", describe)


def problem(answer):
    return answer.status_code, answer.json()["code"]


async def let_in(office, state="active"):
    """Make the office's seal a development seal: a copied database, say."""
    async with office.bench.database.transaction() as tx:
        await tx.execute(text("ALTER TABLE seals DISABLE TRIGGER stays"))
        change = text("UPDATE seals SET development = true, state = :state")
        await tx.execute(change, {"state": state})
        await tx.execute(text("ALTER TABLE seals ENABLE TRIGGER stays"))


async def test_is_refused_at_the_application(office):
    answer = await office.apply()

    assert problem(answer) == (409, "certificates.seal_not_trusted")
    assert "正式环境" in answer.json()["detail"]
    (seal,) = await office.rows("seals")
    assert (seal["state"], seal["drawing_sha256"]) == ("rejected", None)


@pytest.mark.usefixtures("real_certificate")
class TestRealSeals:
    async def test_are_filed_and_bear_no_mark(self, office):
        applied = (await office.apply()).json()
        await office.file_seal(applied["seal_id"])

        (seal,) = await office.rows("seals")
        assert (seal["state"], seal["development"]) == ("active", False)
        (drawing,) = await office.rows("seal_drawings", sha256=seal["drawing_sha256"])
        assert not drawing["development"]
        assert drawing["operators"].count(b" cm ") == 1 + len(seal["name"])

    async def test_traced_bear_no_mark(self, office):
        applied = (await office.apply(face="impression")).json()
        seal = (await hand_in(office, applied["seal_id"], impressions.clean())).json()
        (drawing,) = await office.rows("seal_drawings", sha256=seal["drawing_sha256"])
        assert drawing["operators"].count(b" cm ") == 1

    async def test_development_seal_is_not_proposed(self, office):
        applied = (await office.apply()).json()
        await let_in(office, "inspected")
        answer = await office.post(f"seals/{applied['seal_id']}/filing", office.province())
        assert problem(answer) == (409, "certificates.seal_not_trusted")

    async def test_development_seal_is_not_activated(self, office):
        applied = (await office.apply()).json()
        filing = await office.post(f"seals/{applied['seal_id']}/filing", office.province())
        await let_in(office, "inspected")

        path = f"approvals/{filing.json()['approval_id']}/approval"
        answer = await office.post(path, office.province("second"))

        assert problem(answer) == (409, "certificates.seal_not_trusted")
        (seal,) = await office.rows("seals")
        assert seal["state"] == "inspected"

    async def test_development_seal_is_not_reinstated(self, office):
        applied = (await office.apply()).json()
        await office.file_seal(applied["seal_id"])
        await let_in(office, "suspended")
        path = f"seals/{applied['seal_id']}/reinstatement"
        answer = await office.post(path, office.province())
        assert problem(answer) == (409, "certificates.seal_not_trusted")

    async def test_development_seal_in_a_copied_database_seals_nothing(self, office):
        applied = (await office.apply()).json()
        await office.file_seal(applied["seal_id"])
        await let_in(office)
        technician = await office.technician()
        await office.complete_year(technician)

        await render_due(office.bench)

        intent = await office.intent(technician)
        assert (intent["state"], intent["reason_code"]) == (
            "parked",
            "certificates.seal_not_active",
        )


async def test_is_refused_at_the_gate(new_bench, settings, clock, workshop):
    """What was prepared with a development seal is not issued by a production worker."""
    trial = new_bench()
    async with Office.open(trial, settings, clock) as office:
        seal_id = await office.activate_seal()
        technician = await office.technician(name="张三")
        await office.complete_year(technician)
        await render_due(trial)
        rules = replace(trial.deps.rules, production=True, revocation_max_age=None)
        live = replace(trial, deps=replace(trial.deps, rules=rules), workshop=workshop)

        await seal_due(live, seal_id)

        intent = await office.intent(technician)
        assert intent["state"] == "quarantined"
        (quarantine,) = await office.rows("quarantines")
        assert "development" in str(dict(quarantine))
        assert await office.rows("certificates") == []
