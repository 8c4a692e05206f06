"""The conformance suite as a bureau runs it: against our service and against somebody else's."""

import asyncio
import json
import sys
from datetime import timedelta

import pytest
from services.seal.tests.service.csc_dummy import csc_dummy
from tests.kit.pki import ZHENGZHOU, throw_away_pki
from tests.kit.stack import ROOT

from seal.conformance.examine import PROFILES, examine
from seal.conformance.report import Outcome
from seal.conformance.session import Terms
from seal.conformance.subject import Subject

pytestmark = pytest.mark.infra
SECRET = "a-secret-made-by-a-machine-0123456789"


async def conformance(*arguments):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "seal", "conformance", *map(str, arguments)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    return process.returncode, output.decode(), errors.decode()


@pytest.fixture
def secret_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\n")
    return path


async def test_core_holds_for_a_server_that_we_did_not_write(tmp_path):
    async with csc_dummy(tmp_path) as url:
        for credential in ("ca/seal", "ca/seal-rsa"):
            code, text, _ = await conformance(
                url, "--credential", credential, "--office-name", ZHENGZHOU, "--json"
            )
            report = json.loads(text)
            assert code == 0, text
            assert report["counts"] == {
                "met": len(PROFILES["core"]),
                "not_met": 0,
                "not_checked": 0,
            }

        code, text, _ = await conformance(url, "--credential", "ca/seal", "--profile", "full")

    # It has no login, no log, no protection against resending: the suite must say so.
    assert code == 1
    assert "[未检] full.login" in text
    assert "[未通过] full.sad_once" in text
    assert "[未通过] full.log_readable" in text
    assert "结论：不符合" in text


async def test_full_holds_for_our_service_as_a_process(live, secret_file, tmp_path):
    url = str(live.certificates.http.base_url)
    roots = throw_away_pki().write_roots(tmp_path / "roots.pem")

    code, text, errors = await conformance(
        *(url, "--profile", "full", "--client-id", "certificates", "--secret-file", secret_file),
        *("--office-name", ZHENGZHOU, "--roots", roots),
    )

    assert code == 0, text + errors
    assert [line for line in text.splitlines() if "[未检]" in line] == [
        "[未检] full.token_expires  过期的令牌被拒绝：须等待 300 秒；用 --wait 300 检查"
    ]
    assert "结论：符合" in text


async def test_a_token_ends_in_our_service(service):
    async def wait(seconds):
        service.clock.advance(timedelta(seconds=seconds))

    terms = Terms(client_id="certificates", secret=SECRET, longest_wait_seconds=300)
    subject = Subject(service.certificates.http, terms, service.clock, wait)
    report = await examine(subject, "full")

    found = {one.requirement: one.outcome for one in report.findings}
    assert found["full.token_expires"] is Outcome.MET, report.as_text()
    assert report.count(Outcome.NOT_MET) == 0, report.as_text()


async def test_nobody_there_ends_with_a_report_and_a_code():
    code, text, _ = await conformance("http://127.0.0.1:9", "--credential", "seal")

    assert code == 1
    assert "连接失败" in text


async def test_one_requirement_may_be_examined_alone():
    code, text, errors = await conformance("http://127.0.0.1:9", "--only", "core.info")
    assert (code, text.count("[未通过]"), errors) == (1, 1, "")

    code, text, errors = await conformance("http://127.0.0.1:9", "--only", "core.nonsense")
    assert (code, text) == (2, "")
    assert "core.nonsense" in errors


async def test_half_a_login_is_a_wrong_question(secret_file):
    code, text, errors = await conformance("http://127.0.0.1:9", "--secret-file", secret_file)

    assert (code, text) == (2, "")
    assert "--client-id" in errors
