"""The conformance suite against the simulator: every requirement holds, and every one can fail."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest

from chassis.clock import FrozenClock, SystemClock
from seal.conformance.examine import PROFILES, examine
from seal.conformance.report import Outcome, Report
from seal.conformance.session import MARK, Terms
from seal.conformance.subject import Subject
from seal.simulator.app import build_simulator
from seal.simulator.faults import Fault
from seal.simulator.identity import Identity
from seal.simulator.simulated import SimulatedSeal

OFFICE = "郑州市人力资源和社会保障局"
SECRET = "a-secret-made-by-a-machine-0123456789"

# For each requirement one way to miss it; the suite must notice.
FAULT_OF = {
    "core.info": Fault.NO_SIGN_HASH,
    "core.list": Fault.HIDDEN_CREDENTIAL,
    "core.credential": Fault.DISABLED,
    "core.certificate": Fault.UNREADABLE_CERTIFICATE,
    "core.chain": Fault.BROKEN_CHAIN,
    "core.in_force": Fault.EXPIRED_CERTIFICATE,
    "core.key_usage": Fault.NO_SIGNING_USE,
    "core.office": Fault.WRONG_CERTIFICATE,
    "core.scal2": Fault.SCAL_1,
    "core.authorise": Fault.NO_ACTIVATION,
    "core.sign_one": Fault.WRONG_KEY,
    "core.sign_batch": Fault.HALF_BATCH,
    "core.hash_not_authorised": Fault.ANY_HASH,
    "core.hash_length": Fault.ANY_LENGTH,
    "core.credential_unknown": Fault.ANY_CREDENTIAL,
    "core.sad_altered": Fault.ANY_ACTIVATION,
    "core.clock": Fault.CLOCK_SKEW,
    "core.latency": Fault.SLOW,
    "full.login": Fault.REFUSE_LOGIN,
    "full.secret_wrong": Fault.ANY_SECRET,
    "full.token_required": Fault.NO_LOGIN,
    "full.token_invented": Fault.ANY_TOKEN,
    "full.token_lifetime": Fault.LONG_TOKEN,
    "full.token_expires": Fault.ETERNAL_TOKEN,
    "full.sad_once": Fault.ACTIVATION_REUSED,
    "full.batch": Fault.SMALL_BATCH,
    "full.too_many_hashes": Fault.UNLIMITED_HASHES,
    "full.body_too_large": Fault.LARGE_BODIES,
    "full.malformed": Fault.CRASHES,
    "full.burst": Fault.OVERLOADED,
    "full.resend_same": Fault.SIGNS_AGAIN,
    "full.resend_changed": Fault.CHANGED_RESEND,
    "full.log_readable": Fault.NO_LOG,
    "full.log_login": Fault.LOG_OPEN,
    "full.log_matches": Fault.LOG_FORGETS,
    "full.resend_not_signed_again": Fault.SIGNS_AGAIN,
    "full.log_chained": Fault.LOG_UNCHAINED,
    "full.log_append_only": Fault.LOG_REWRITTEN,
    "full.log_time": Fault.LOG_TIME,
}
# What must be noticed too, though another fault already shows that the check can fail.
ALSO = [
    ("core.sign_one", Fault.ALTERED_SIGNATURE),
    ("core.sign_one", Fault.TRUNCATED_SIGNATURE),
    ("core.sign_one", Fault.ERROR_500),
    ("core.sign_one", Fault.REFUSE),
    ("core.sign_one", Fault.TRUNCATED),
    ("core.sign_one", Fault.WRONG_CERTIFICATE),
    ("core.sign_batch", Fault.DUPLICATE),
    ("core.sign_batch", Fault.SWAPPED),
    ("core.sign_batch", Fault.SMALL_BATCH),
    ("full.log_append_only", Fault.LOG_MIXED),
]
SEALING_IS_BROKEN = (Fault.ERROR_500, Fault.REFUSE, Fault.TRUNCATED, Fault.CLOCK_SKEW)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(SystemClock().now())


@pytest.fixture(scope="module")
def identity() -> Identity:
    return Identity.new(OFFICE, SystemClock().now())


@asynccontextmanager
async def subject(
    identity: Identity, clock: FrozenClock, *faults: Fault, **terms
) -> AsyncIterator[Subject]:
    seal = SimulatedSeal(identity, clock, SECRET, slow_seconds=0.03, faults=set(faults))
    usual = {
        "client_id": "certificates",
        "secret": SECRET,
        "office_name": OFFICE,
        "batch": 4,
        "samples": 2,
        "longest_wait_seconds": 300,
        # A slow service is told from a usual one by the fault's delay, never by this machine's.
        "slow_seconds": 0.02 if Fault.SLOW in faults else 60,
    }

    async def wait(seconds: float) -> None:
        clock.advance(timedelta(seconds=seconds))

    transport = httpx.ASGITransport(build_simulator(seal))
    async with httpx.AsyncClient(transport=transport, base_url="http://seal.test") as http:
        yield Subject(http, Terms(**(usual | terms)), clock, wait)


def outcomes(report: Report) -> dict[str, Outcome]:
    return {one.requirement: one.outcome for one in report.findings}


async def test_a_good_service_meets_every_requirement(identity, clock):
    roots = (identity.root.certificate,)
    async with subject(identity, clock, roots=roots) as good:
        report = await examine(good, "full")

    assert set(outcomes(report).values()) == {Outcome.MET}, report.as_text()
    assert report.passed


def test_every_requirement_has_a_fault_that_it_must_notice():
    assert set(FAULT_OF) == {one.id for one in PROFILES["full"]}


@pytest.mark.parametrize(
    ("requirement", "fault"),
    [*FAULT_OF.items(), *ALSO],
    ids=lambda one: getattr(one, "value", one),
)
async def test_it_notices(identity, clock, requirement, fault):
    async with subject(identity, clock, fault) as faulty:
        report = await examine(faulty, "full")

    assert outcomes(report)[requirement] is Outcome.NOT_MET
    assert not report.passed
    [finding] = [one for one in report.findings if one.requirement == requirement]
    assert f"[未通过] {requirement}" in report.as_text()
    assert f"整改：{finding.remedy}" in report.as_text()


@pytest.mark.parametrize("fault", SEALING_IS_BROKEN)
async def test_a_service_that_cannot_sign_is_not_praised_for_refusing(identity, clock, fault):
    async with subject(identity, clock, fault) as broken:
        found = outcomes(await examine(broken, "full"))

    for requirement in (
        "core.hash_not_authorised",
        "core.hash_length",
        "core.credential_unknown",
        "core.sad_altered",
        "full.sad_once",
        "full.body_too_large",
    ):
        assert found[requirement] is Outcome.NOT_CHECKED


async def test_a_stranger_to_the_given_roots_is_noticed(identity, clock):
    roots = (identity.stranger.certificate,)
    async with subject(identity, clock, roots=roots) as stranger:
        assert outcomes(await examine(stranger, "core"))["core.chain"] is Outcome.NOT_MET


async def test_nobody_there_is_a_report_too(identity, clock):
    def nobody(request):
        raise httpx.ConnectError("refused", request=request)

    transport = httpx.MockTransport(nobody)
    async with httpx.AsyncClient(transport=transport, base_url="http://seal.test") as http:
        report = await examine(Subject(http, Terms(credential="seal"), clock), "full")

    assert not report.passed
    assert report.count(Outcome.MET) == 0


async def test_without_a_client_login_is_not_checked(identity, clock):
    async with subject(identity, clock, Fault.NO_LOGIN, client_id=None) as open_to_all:
        report = await examine(open_to_all, "full")

    assert outcomes(report)["full.login"] is Outcome.NOT_CHECKED
    assert outcomes(report)["core.sign_one"] is Outcome.MET


async def test_what_it_has_signed_is_marked_as_no_certificate(identity, clock):
    async with subject(identity, clock) as good:
        await examine(good, "full")
        entries = await good.read_log(0, 1000)

    assert entries
    assert all(entry["request_key"].startswith(MARK) and entry["canary"] for entry in entries)


async def test_the_document_says_the_same_as_the_text(identity, clock):
    async with subject(identity, clock, Fault.SCAL_1) as faulty:
        report = await examine(faulty, "core")

    document = json.loads(json.dumps(report.as_document(), ensure_ascii=False))
    assert document["passed"] is False
    assert document["counts"] == {"met": 17, "not_met": 1, "not_checked": 0}
    assert [one["outcome"] for one in document["findings"]].count("not_met") == 1
    assert "结论：不符合" in report.as_text()
