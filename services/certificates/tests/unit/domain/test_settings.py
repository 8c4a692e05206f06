import json
from datetime import timedelta

import pytest

from certificates.settings import Settings


@pytest.fixture
def make(tmp_path):
    def making(**changes):
        usual = {
            "api_port": 1,
            "worker_port": 2,
            "database_url": "postgresql+asyncpg://nobody@127.0.0.1:1/nothing",
            "objects_url": tmp_path.as_uri(),
            "public_host": "https://certificates.test",
        }
        return Settings(**(usual | changes))

    return making


def test_rules_follow_the_settings(make):
    rules = make(environment="production", lease_seconds=7).rules
    assert rules.production
    assert rules.lease == timedelta(seconds=7)


def test_endpoints_carry_office_and_secret(make, tmp_path):
    (tmp_path / "secret").write_text("s3cret\n")
    entry = {
        "office_code": "410100",
        "base_url": "http://127.0.0.1:1",
        "client_id": "certificates",
        "client_secret_file": str(tmp_path / "secret"),
        "credential_id": "seal",
    }
    file = tmp_path / "endpoints.json"
    file.write_text(json.dumps({"zhengzhou": entry}))
    endpoint = make(seal_endpoints_file=file).seal_endpoints["zhengzhou"]
    assert endpoint.office_code == "410100"
    assert endpoint.address.client_secret == "s3cret"


@pytest.mark.parametrize("name", ["token_keys", "qr_signer", "trust_roots"])
def test_worker_names_the_key_file_it_misses(make, name):
    with pytest.raises(ValueError, match="needed by the worker"):
        getattr(make(), name)
