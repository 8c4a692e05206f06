"""Every kind of issuing office, from its application to a certificate that it alone sealed."""

import io
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pikepdf
import pytest
from asn1crypto import cms
from services.certificates.tests.service.faults.seal_simulator import SealSimulator
from services.certificates.tests.service.office import PROVINCE
from services.certificates.tests.service.settings_of import settings_with

from certificates.subscribers import AffiliationState, OrganisationState

pytestmark = pytest.mark.infra
PROVINCE_NAME = "河南省人力资源和社会保障厅"


@dataclass(frozen=True)
class Kind:
    """An issuing office, and where the employer hangs below it."""

    office_id: UUID
    name: str
    code: str
    # Kinds of the organisations between the office and the employer, downwards.
    between: tuple[str, ...] = ()


KINDS = {
    "prefecture": Kind(uuid4(), "开封市人力资源和社会保障局", "410200", ("county",)),
    "direct_county": Kind(uuid4(), "巩义市人力资源和社会保障局", "410181"),
    "provincial_department": Kind(uuid4(), "河南省交通运输厅", "410000-jt", ("department",)),
    "province": Kind(PROVINCE, PROVINCE_NAME, "410000"),
}


@pytest.fixture(scope="module")
async def simulators(tmp_path_factory):
    running = {
        kind: SealSimulator(tmp_path_factory.mktemp(kind), office.name)
        for kind, office in KINDS.items()
    }
    for simulator in running.values():
        await simulator.start()
    yield running
    for simulator in running.values():
        await simulator.stop()


@pytest.fixture
async def settings(simulators, secret_files, fonts_dir, tmp_path):
    """Give every office a seal service of its own, each certified by another authority."""
    roots = tmp_path / "roots.pem"
    roots.write_text("".join(one.root_file.read_text() for one in simulators.values()))
    endpoints = {kind: one.endpoint(KINDS[kind].code) for kind, one in simulators.items()}
    files = {**secret_files, "trust_roots_file": roots}
    async with settings_with(endpoints, tmp_path, files, fonts_dir) as made:
        yield made


async def hear_of(office, parent, kind, name, *, organisation_id=None, code=None):
    """Hear of an organisation; return its path."""
    organisation_id = organisation_id or uuid4()
    path = f"{parent}{organisation_id}/"
    state = OrganisationState(
        organisation_id=organisation_id,
        parent_id=UUID(parent.strip("/").split("/")[-1]),
        path=path,
        kind=kind,
        name=name,
        code=code,
        active=True,
    )
    await office.hear(office.subscribers.on_organisation_changed, state)
    return path


async def employ(office, technician, kind):
    """Hear of the office, of what lies below it, and of somebody who works there."""
    given, path = KINDS[kind], f"/{PROVINCE}/"
    if kind != "province":
        own = {"organisation_id": given.office_id, "code": given.code}
        path = await hear_of(office, path, kind, given.name, **own)
    for between in given.between:
        path = await hear_of(office, path, between, "下属单位")
    employer = uuid4()
    await hear_of(office, path, "employer", "某某设计院", organisation_id=employer)
    tie = AffiliationState(
        affiliation_id=uuid4(),
        person_id=technician.person_id,
        organisation_id=employer,
        state="confirmed",
        starts_on=date(2020, 1, 1),
        ends_on=None,
    )
    await office.hear(office.subscribers.on_affiliation, tie)
    return employer


def signer_of(file: bytes) -> str:
    """Return the organisation in the certificate that sealed the file."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        contents = bytes(pdf.Root.AcroForm.Fields[0].V.Contents)
    signed = cms.ContentInfo.load(contents)["content"]
    serial = signed["signer_infos"][0]["sid"].chosen["serial_number"].native
    (signer,) = [one.chosen for one in signed["certificates"] if one.chosen.serial_number == serial]
    return signer.subject.native["organization_name"]


@pytest.mark.parametrize("kind", KINDS)
async def test_seals_from_its_application_to_a_certificate(office, simulators, kind):
    given = KINDS[kind]
    technician = await office.technician(name="张三")
    employer = await employ(office, technician, kind)
    own = office.administrator("bureau_administrator", given.office_id)
    application = {
        "office_id": str(given.office_id),
        "name": f"{given.name}专业技术人员继续教育专用章",
        "endpoint": kind,
        "credential_id": "seal",
    }

    applied = await office.apply_with(application, headers=own)
    assert applied.json()["state"] == "inspected", applied.text
    paper = await office.get(f"seals/{applied.json()['seal_id']}/application", own)
    seal_id = await office.file_seal(applied.json()["seal_id"])
    certificate = await office.issue(technician, employer_id=employer)

    assert paper.status_code == 200
    assert certificate["office_id"] == str(given.office_id)
    assert certificate["office_name"] == given.name
    (row,) = await office.rows("certificates")
    assert row["seal_id"] == seal_id
    path = f"certificates/{certificate['certificate_id']}/file"
    file = await office.get(path, office.holder(technician))
    assert signer_of(file.content) == given.name
    asked = {name: await one.signatures() for name, one in simulators.items()}
    assert asked[kind] == max(asked.values()) > 0


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "province"])
async def test_is_not_applied_for_by_another_office(office, kind):
    """The office in charge is the nearest: the bureau above or beside it has no say."""
    await employ(office, await office.technician(), kind)
    application = {
        "office_id": str(KINDS[kind].office_id),
        "name": "某某专业技术人员继续教育专用章",
        "endpoint": kind,
        "credential_id": "seal",
    }

    answer = await office.apply_with(application, headers=office.bureau("luoyang"))

    assert answer.status_code == 403


async def test_seal_of_one_office_is_not_applied_for_at_another_ones_service(office):
    given = KINDS["direct_county"]
    await employ(office, await office.technician(), "direct_county")
    application = {
        "office_id": str(given.office_id),
        "name": f"{given.name}专业技术人员继续教育专用章",
        "endpoint": "prefecture",
        "credential_id": "seal",
    }
    own = office.administrator("bureau_administrator", given.office_id)

    answer = await office.apply_with(application, headers=own)

    assert (answer.status_code, answer.json()["code"]) == (
        400,
        "certificates.seal_endpoint_of_other_office",
    )
