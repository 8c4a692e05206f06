"""The profile for whole PDFs: a good bureau meets every requirement, and every one can fail."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pypdfium2
import pytest
from tests.kit.pki import LUOYANG, ZHENGZHOU, SealSigner, throw_away_pki
from tests.kit.ports import free_port
from tests.kit.stack import ROOT
from tests.kit.whole_pdf_bureau import WholePdfBureau

from chassis.clock import FrozenClock, SystemClock
from seal.conformance.deliveries import Deliveries, receiving
from seal.conformance.document_subject import DocumentSubject
from seal.conformance.documents import trial_page
from seal.conformance.examine import PROFILES, WHOLE_PDF, examine
from seal.conformance.report import Outcome
from seal.conformance.session import MARK, Terms
from seal.simulator.identity import Identity

SECRET = "a-secret-made-by-a-machine-0123456789"
# For each requirement one way to miss it; the suite must notice.
MODE_OF = {
    "login": "refuses_login",
    "secret_wrong": "any_secret",
    "token_required": "no_login",
    "token_invented": "any_token",
    "token_lifetime": "long_token",
    "token_expires": "eternal_token",
    "certificate": "unreadable_certificate",
    "chain": "broken_chain",
    "in_force": "expired",
    "key_usage": "encrypts",
    "office": "other_office",
    "clock": "clock_skew",
    "credential": "disabled",
    "sealed": "talks",
    "size": "heavy",
    "latency": "sluggish",
    "later": "dated",
    "asked_again": "seals_when_asked",
    "unknown_location": "crashes_when_asked",
    "delivery": "delivers_other",
    "resend_same": "signs_again",
    "resend_changed": "changed_resend",
    "document_login": "open_documents",
    "question_login": "open_questions",
    "credential_unknown": "any_credential",
    "not_a_pdf": "crashes_on_files",
    "malformed": "crashes",
    "large": "small_limit",
    "too_large": "unlimited",
    "side_by_side": "confused",
    "file_prefix": "saved_anew",
    "file_field": "other_field",
    "file_box": "other_box",
    "file_visible": "hidden",
    "file_only_seal": "font",
    "file_form": "adobe_signature",
    "file_certification": "permits_forms",
    "file_covered": "appended",
    "file_digest": "altered_after",
    "file_signature": "altered_signature",
    "file_signer": "wrong_certificate",
    "file_unchanged": "altered_page",
    "file_metadata": "stock_writer",
}
# What must be noticed too, though another mode already shows that the check can fail.
ALSO = [
    ("sealed", "away"),
    ("sealed", "refuses"),
    ("sealed", "no_location"),
    ("sealed", "elsewhere"),
    ("sealed", "lost"),
    ("side_by_side", "overloaded"),
    ("file_box", "link"),
    ("file_only_seal", "link"),
    ("file_only_seal", "script"),
    ("file_form", "sha512"),
    ("file_certification", "approval"),
    ("file_covered", "second_signature"),
    ("file_covered", "truncated"),
]


@pytest.fixture(scope="module")
def pki():
    return throw_away_pki()


def signer_for(pki, mode):
    now = SystemClock().now()
    if mode == "expired":
        return pki.issue(ZHENGZHOU, not_after=now - timedelta(minutes=1))
    if mode == "encrypts":
        made = Identity.new(ZHENGZHOU, now)
        return SealSigner(
            made.encryption_certificate, made.key, (made.issuing.certificate, made.root.certificate)
        )
    return pki.issue(LUOYANG if mode == "other_office" else ZHENGZHOU)


@asynccontextmanager
async def subject(pki, mode="sealed", **terms) -> AsyncIterator[DocumentSubject]:
    clock = FrozenClock(SystemClock().now())
    bureau = WholePdfBureau(
        signer_for(pki, mode), pki.issue(LUOYANG), mode=mode, secret=SECRET, clock=clock
    )
    usual = {
        "client_id": "certificates",
        "secret": SECRET,
        "office_name": ZHENGZHOU,
        "roots": (pki.root.certificate,),
        "longest_wait_seconds": 300,
        # A slow service is told from a usual one by its delay, never by this machine's.
        "slow_seconds": 0.05 if mode == "sluggish" else 60,
    }

    async def wait(seconds: float) -> None:
        # Its officials seal meanwhile; what it delivers by itself has time to come.
        clock.advance(timedelta(seconds=seconds))
        bureau.ready.set()
        await asyncio.gather(*bureau.deliveries)

    async with (
        bureau,
        listening(mode) as deliveries,
        httpx.AsyncClient(base_url=bureau.url, timeout=20) as http,
    ):
        yield DocumentSubject(http, Terms(**(usual | terms)), clock, wait, deliveries=deliveries)


@asynccontextmanager
async def listening(mode) -> AsyncIterator[Deliveries]:
    if not mode.startswith("delivers"):
        yield Deliveries()
        return
    deliveries = Deliveries(f"http://127.0.0.1:{free_port()}")
    async with receiving(deliveries):
        await reachable(deliveries.base_url)
        yield deliveries


async def reachable(url):
    async with httpx.AsyncClient() as http, asyncio.timeout(10):
        while True:
            try:
                return await http.post(f"{url}/nothing")
            except httpx.TransportError:
                await asyncio.sleep(0.02)


def outcomes(report):
    return {one.requirement.partition(".")[2]: one.outcome for one in report.findings}


def test_every_requirement_has_a_mode_that_it_must_notice():
    assert [f"whole_pdf.{name}" for name in MODE_OF] == [one.id for one in PROFILES[WHOLE_PDF]]


async def test_a_bureau_that_seals_at_once_is_fit(pki):
    async with subject(pki) as good:
        report = await examine(good, WHOLE_PDF)

    assert report.passed, report.as_text()
    unchecked = [one for one, found in outcomes(report).items() if found is not Outcome.MET]
    # They are about documents that are accepted for later.
    assert unchecked == ["later", "asked_again", "unknown_location", "delivery", "question_login"]


async def test_a_bureau_that_seals_later_is_fit(pki):
    async with subject(pki, "later") as good:
        report = await examine(good, WHOLE_PDF)

    assert report.passed, report.as_text()
    unchecked = [one for one, found in outcomes(report).items() if found is not Outcome.MET]
    assert unchecked == ["delivery"]


async def test_a_bureau_that_delivers_meets_everything(pki):
    async with subject(pki, "delivers") as good:
        report = await examine(good, WHOLE_PDF)

    assert set(outcomes(report).values()) == {Outcome.MET}, report.as_text()


@pytest.mark.parametrize(("requirement", "mode"), [*MODE_OF.items(), *ALSO])
async def test_it_notices(pki, requirement, mode):
    async with subject(pki, mode) as faulty:
        report = await examine(faulty, WHOLE_PDF, [f"whole_pdf.{requirement}"])

    [finding] = report.findings
    assert finding.outcome is Outcome.NOT_MET, report.as_text()
    assert not report.passed
    assert f"整改：{finding.remedy}" in report.as_text()


async def test_a_bureau_still_sealing_when_patience_ends_is_neither_praised_nor_blamed(pki):
    async with subject(pki, "later", patience_seconds=5) as slow:
        report = await examine(slow, WHOLE_PDF)

    found = outcomes(report)
    assert found["sealed"] is Outcome.NOT_CHECKED
    assert {found[name] for name in found if name.startswith("file_")} == {Outcome.NOT_CHECKED}
    assert report.count(Outcome.NOT_MET) == 0, report.as_text()


async def test_a_bureau_that_cannot_seal_is_not_praised_for_refusing(pki):
    async with subject(pki, "away") as broken:
        found = outcomes(await examine(broken, WHOLE_PDF))

    for name in ("credential_unknown", "not_a_pdf", "malformed", "too_large", "document_login"):
        assert found[name] is Outcome.NOT_CHECKED


async def test_everything_it_hands_in_is_marked_as_no_certificate(pki):
    async with subject(pki) as good:
        await examine(good, WHOLE_PDF)
        bureau_saw = await good.look()

    assert bureau_saw.is_success
    page = pypdfium2.PdfDocument(trial_page(f"{MARK}0123"))
    text = page[0].get_textpage().get_text_range()
    assert "本页仅供测试，不是证书，不证明任何事项" in text
    assert page.get_metadata_dict()["Subject"] == f"{MARK}0123"
    page.close()


async def test_the_command_prints_what_must_be_mended(pki, tmp_path):
    (tmp_path / "secret").write_text(SECRET)
    signer = pki.issue(ZHENGZHOU)
    bureau = WholePdfBureau(signer, signer, mode="delivers", secret=SECRET, retry_after="0")
    async with bureau:
        bureau.ready.set()
        usual = (
            *("--profile", "whole-pdf", "--client-id", "certificates"),
            *("--secret-file", tmp_path / "secret", "--office-name", ZHENGZHOU),
            *("--return-to", f"http://127.0.0.1:{free_port()}"),
        )
        good = await conformance(bureau.url, *usual)
        bureau.mode = "stock_writer"
        bad = await conformance(bureau.url, *usual, "--json")

    assert good[0] == 0, good
    assert "[通过] whole_pdf.delivery" in good[1]
    assert bad[0] == 1
    failed = [one for one in json.loads(bad[1])["findings"] if one["outcome"] == "not_met"]
    assert [one["requirement"] for one in failed] == ["whole_pdf.file_metadata"]
    assert "_update_meta" in failed[0]["remedy"]


async def conformance(*arguments):
    """Run the command as its user does; return exit code and what it printed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "seal", "conformance", *map(str, arguments)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        text, errors = await process.communicate()
    return process.returncode, text.decode(), errors.decode()
