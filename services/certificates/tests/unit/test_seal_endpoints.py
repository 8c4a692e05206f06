"""What operations may write about a seal service, and how they are told what is wrong."""

import base64
import json
import subprocess
import sys

import pytest
from tests.kit.stack import ROOT

from certificates.domain.pace import Pace
from certificates.seal_endpoints import read_endpoints
from chassis.settings import SettingsWrong


@pytest.fixture
def entry(tmp_path):
    (tmp_path / "secret").write_text("s3cret\n")
    return {
        "office_code": "410100",
        "base_url": "https://seal.test/zhengzhou",
        "client_id": "certificates",
        "client_secret_file": str(tmp_path / "secret"),
        "credential_id": "seal",
    }


@pytest.fixture
def read(tmp_path):
    file = tmp_path / "endpoints.json"

    def reading(*, production=False, **entries):
        file.write_text(json.dumps(entries))
        return read_endpoints(file, production=production)

    return reading


def test_usual_pace_when_nothing_is_said(read, entry):
    endpoint = read(zhengzhou=entry)["zhengzhou"]
    assert endpoint.pace == Pace(concurrency=4, per_second=500, batch=None, linger_seconds=0.01)
    assert (endpoint.shape, endpoint.address.timeout_seconds) == ("csc", 5)


def test_each_endpoint_has_its_own(read, entry):
    slow = entry | {"concurrency": 1, "per_second": 0.5, "batch": 7, "linger_ms": 20}
    found = read(zhengzhou=entry, luoyang=slow)
    assert found["luoyang"].pace == Pace(1, 0.5, 7, 0.02)
    assert found["zhengzhou"].pace.concurrency == 4


def test_whole_documents_count_one_by_one(read, entry):
    pace = read(zhengzhou=entry | {"shape": "whole_pdf", "concurrency": 6})["zhengzhou"].pace
    assert (pace.batch, pace.by_document) == (6, True)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"linger_ms": 21}, "linger_ms is 21, not a number from 0 to 20"),
        ({"linger_ms": -1}, "linger_ms is -1, not a number from 0 to 20"),
        ({"concurrency": 0}, "concurrency is 0, not a whole number from 1 to 256"),
        ({"concurrency": 2.5}, "concurrency is 2.5, not a whole number from 1 to 256"),
        ({"concurrency": True}, "concurrency is True, not a whole number from 1 to 256"),
        ({"per_second": 0}, "per_second is 0, not a number from 0.01 to 10000"),
        ({"per_second": "50"}, "per_second is '50', not a number from 0.01 to 10000"),
        ({"batch": 0}, "batch is 0, not a whole number from 1 to 1000"),
        ({"timeout_seconds": 0}, "timeout_seconds is 0, not a number from 0.1 to 60"),
        ({"shape": "pdf"}, "shape is pdf, not one of csc, whole_pdf"),
        ({"concurency": 2}, "concurency is not known here"),
        ({"base_url": "seal.test"}, "base_url is seal.test, not an http address"),
        ({"base_url": "https://a:b@seal.test"}, "base_url has more than an address and a path"),
        ({"client_id": ""}, "client_id is missing"),
        ({"credential_id": None}, "credential_id is missing"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(read, entry, change, told):
    with pytest.raises(SettingsWrong) as refusal:
        read(zhengzhou=entry, luoyang=entry | change)
    line = str(refusal.value)
    assert line.endswith(f"luoyang: {told}")
    assert "\n" not in line
    assert "s3cret" not in line


def test_secret_that_is_not_there_is_named(read, entry, tmp_path):
    with pytest.raises(SettingsWrong, match=r"zhengzhou: .*nowhere"):
        read(zhengzhou=entry | {"client_secret_file": str(tmp_path / "nowhere")})


def test_production_sends_no_secret_in_clear(read, entry):
    read(production=True, zhengzhou=entry)
    with pytest.raises(SettingsWrong, match="https in production"):
        read(production=True, zhengzhou=entry | {"base_url": "http://seal.test"})


@pytest.mark.parametrize("content", ["{", "[]", '{"zhengzhou": 1}'])
def test_file_that_is_no_list_of_endpoints_is_refused(tmp_path, content):
    file = tmp_path / "endpoints.json"
    file.write_text(content)
    with pytest.raises(SettingsWrong, match=r"endpoints\.json"):
        read_endpoints(file, production=False)


@pytest.mark.parametrize("process", ["api", "worker"])
def test_processes_do_not_start_with_it(entry, tmp_path, process):
    file = tmp_path / "endpoints.json"
    file.write_text(json.dumps({"zhengzhou": entry | {"linger_ms": 500}}))
    keys = tmp_path / "bus-keys.json"
    keys.write_text(json.dumps({"current": 1, "keys": {"1": base64.b64encode(bytes(32)).decode()}}))
    environment = {
        "CERTIFICATES_BUS_KEYS_FILE": str(keys),
        "CERTIFICATES_CONTRACTS_DIR": str(ROOT / "contracts"),
        "CERTIFICATES_JWKS_URL": "http://127.0.0.1:1/jwks.json",
        "CERTIFICATES_API_PORT": "1",
        "CERTIFICATES_WORKER_PORT": "2",
        "CERTIFICATES_DATABASE_URL": "postgresql+asyncpg://nobody@127.0.0.1:1/nothing",
        "CERTIFICATES_OBJECTS_URL": tmp_path.as_uri(),
        "CERTIFICATES_PUBLIC_HOST": "https://certificates.test",
        "CERTIFICATES_SEAL_ENDPOINTS_FILE": str(file),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "certificates", process],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 2
    said = "zhengzhou: linger_ms is 500, not a number from 0 to 20"
    assert ended.stderr == f"certificates: seal_endpoints_file {file}: {said}\n"
