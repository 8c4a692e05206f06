"""Every fault of the seal simulator, and where it ends: state, work list, sentence.

A fault without a row fails ``test_every_fault_has_its_row``. Faults that concern others' requests
(what a service lets pass) change nothing for us: the conformance suite finds them.
"""

import json
from dataclasses import dataclass
from datetime import timedelta

import pytest
from services.certificates.tests.service.seal_simulator import SealSimulator
from tests.kit.databases import migrated_database
from tests.kit.pki import ZHENGZHOU
from tests.kit.stack import ROOT

from certificates.settings import Settings
from certificates.usecases.compare_logs import compare_logs
from certificates.usecases.render import render_due
from certificates.usecases.seal import seal_due
from seal.simulator.faults import Fault

pytestmark = pytest.mark.infra
AWAY, REFUSES = "签章服务没有正常应答", "签章服务拒绝签章"
NOT_THEIRS = "签名值不是备案证书的密钥所签"
LOG_CHANGED = "签章服务的日志与以前读到的不一致"


@dataclass(frozen=True)
class Row:
    """What becomes of the work, on which list it stands, and the beginning of its sentence."""

    states: tuple[str, ...]
    work: str | None = None
    sentence: str = ""


WAITS = Row(("sealing",) * 3, "overdue", AWAY)
REFUSED = Row(("sealing",) * 3, "overdue", REFUSES)
QUARANTINED = Row(("quarantined",) * 3, "quarantined", NOT_THEIRS)
ONE_OF_THREE = Row(("issued", "quarantined", "quarantined"), "quarantined", NOT_THEIRS)
ISSUED = Row(("issued",) * 3)

SEALING = {
    Fault.SLOW: WAITS,
    Fault.ERROR_500: WAITS,
    Fault.TRUNCATED: WAITS,
    Fault.HALF_BATCH: WAITS,
    Fault.NO_ACTIVATION: WAITS,
    Fault.REFUSE: REFUSED,
    Fault.CLOCK_SKEW: REFUSED,
    Fault.WRONG_KEY: QUARANTINED,
    Fault.ALTERED_SIGNATURE: QUARANTINED,
    Fault.TRUNCATED_SIGNATURE: QUARANTINED,
    Fault.DUPLICATE: ONE_OF_THREE,
    Fault.SWAPPED: ONE_OF_THREE,
    # Refused together, it is asked one by one.
    Fault.SMALL_BATCH: ISSUED,
    Fault.OVERLOADED: ISSUED,
    Fault.SIGNS_AGAIN: ISSUED,
    # What it lets others do, or says of itself to nobody but the suite.
    **dict.fromkeys(
        (
            Fault.ANY_HASH,
            Fault.ANY_LENGTH,
            Fault.ANY_CREDENTIAL,
            Fault.ANY_ACTIVATION,
            Fault.ACTIVATION_REUSED,
            Fault.ANY_SECRET,
            Fault.NO_LOGIN,
            Fault.ANY_TOKEN,
            Fault.LONG_TOKEN,
            Fault.ETERNAL_TOKEN,
            Fault.UNLIMITED_HASHES,
            Fault.LARGE_BODIES,
            Fault.CRASHES,
            Fault.CHANGED_RESEND,
        ),
        ISSUED,
    ),
}
# The sentence is the seal's, on the page of the application.
APPLYING = {
    Fault.WRONG_CERTIFICATE: Row(("rejected",), None, "签章证书的单位名称与发证单位不一致。"),
    Fault.EXPIRED_CERTIFICATE: Row(("rejected",), None, "签章证书或其上级证书不在有效期内。"),
    Fault.UNREADABLE_CERTIFICATE: Row(("rejected",), None, "签章服务返回的证书无法读取。"),
    Fault.NO_SIGNING_USE: Row(("rejected",), None, "签章证书的用途不包括签名。"),
    Fault.BROKEN_CHAIN: Row(("rejected",), None, "签章证书链不完整或签名不正确。"),
    Fault.DISABLED: Row(("rejected",), None, "签章服务报告该签章密钥未启用。"),
    Fault.REFUSE_LOGIN: Row(("applied",), None, "certificates.seal_refused"),
    Fault.NO_SIGN_HASH: Row(("inspected",)),
    Fault.HIDDEN_CREDENTIAL: Row(("inspected",)),
    Fault.SCAL_1: Row(("inspected",)),
}
COMPARING = {
    Fault.NO_LOG: Row(("issued",), "logs", "签章服务的日志读不到"),
    Fault.LOG_UNCHAINED: Row(("issued",), "logs", LOG_CHANGED),
    Fault.LOG_REWRITTEN: Row(("issued",), "logs", LOG_CHANGED),
    Fault.LOG_MIXED: Row(("issued",), "logs", LOG_CHANGED),
    # A log that leaves something out hides nothing that we have: the conformance suite finds it.
    Fault.LOG_FORGETS: ISSUED,
    Fault.LOG_TIME: ISSUED,
    Fault.LOG_OPEN: ISSUED,
}


def test_every_fault_has_its_row():
    rows = [*SEALING, *APPLYING, *COMPARING]
    assert sorted(rows) == sorted(Fault)
    for row in (*SEALING.values(), *APPLYING.values(), *COMPARING.values()):
        assert bool(row.sentence) == (
            row.work is not None or row.states[0] in {"rejected", "applied"}
        )


@pytest.fixture(scope="session")
async def simulator(tmp_path_factory):
    running = SealSimulator(tmp_path_factory.mktemp("simulator"), ZHENGZHOU)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture(autouse=True)
async def _behaves(simulator):
    await simulator.set_faults()
    yield
    await simulator.set_faults()


@pytest.fixture
async def settings(simulator, secret_files, fonts_dir, tmp_path):
    """Give the office of Zhengzhou the simulator for a seal service."""
    endpoints = tmp_path / "endpoints.json"
    endpoints.write_text(json.dumps({"zhengzhou": simulator.endpoint("410100")}))
    files = {**secret_files, "trust_roots_file": simulator.root_file}
    async with migrated_database("certificates") as url:
        yield Settings(
            api_port=1,
            worker_port=2,
            contracts_dir=ROOT / "contracts",
            database_url=url.render_as_string(hide_password=False),
            objects_url=(tmp_path / "objects").as_uri(),
            public_host="http://127.0.0.1:21000",
            seal_endpoints_file=endpoints,
            fonts_dir=fonts_dir,
            **files,
        )


async def rendered(office, count=3):
    technicians = [await office.technician() for _ in range(count)]
    for technician in technicians:
        await office.complete_year(technician)
    while await render_due(office.bench):
        continue
    return technicians


async def states_of(office, technicians):
    return tuple(sorted([(await office.intent(one))["state"] for one in technicians]))


async def listed(office, kind):
    office.clock.advance(office.bench.deps.rules.deadline + timedelta(minutes=1))
    answer = await office.get("work", office.bureau(), kind=kind)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


@pytest.mark.parametrize("fault", SEALING)
async def test_while_sealing(office, simulator, fault):
    row = SEALING[fault]
    seal_id = await office.activate_seal()
    technicians = await rendered(office)
    await simulator.set_faults(fault)

    await seal_due(office.bench, seal_id)

    assert await states_of(office, technicians) == row.states
    assert len(await office.rows("certificates")) == row.states.count("issued")
    items = await listed(office, row.work or "overdue")
    assert len(items) == (3 - row.states.count("issued"))
    for item in items:
        assert item["task"].startswith(row.sentence) or row.sentence in item["task"]


@pytest.mark.parametrize("fault", APPLYING)
async def test_while_applying(office, simulator, fault):
    row = APPLYING[fault]
    await simulator.set_faults(fault)

    await office.apply()

    (seal,) = await office.rows("seals")
    shown = await office.get(f"seals/{seal['id']}", office.bureau())
    assert (shown.json()["state"],) == row.states
    assert row.sentence in {shown.json()["state_reason"], shown.json()["last_error"], ""}


@pytest.mark.parametrize("fault", COMPARING)
async def test_while_comparing_logs(office, simulator, fault):
    row = COMPARING[fault]
    seal_id = await office.activate_seal()
    # Two turns: what changes its past shows when it is asked for again.
    for turn in range(2):
        technicians = await rendered(office)
        if turn:
            await simulator.set_faults(fault)
        await seal_due(office.bench, seal_id)
        assert set(await states_of(office, technicians)) == {"issued"}
        await compare_logs(office.bench)
    await compare_logs(office.bench)

    items = await listed(office, "logs")
    assert [item["endpoint"] for item in items] == (["zhengzhou"] if row.work else [])
    for item in items:
        assert item["task"].startswith(row.sentence)
    outcomes = {one["outcome"] for one in await office.rows("seal_log_entries")}
    assert outcomes - {"earlier", "canary"} == {"matched"}, "nothing false is believed of a log"
