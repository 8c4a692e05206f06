"""Settings that contradict each other, and files that are not what they should be."""

import hashlib
import json

import pytest
from pydantic import ValidationError

from seal.clients import Clients
from seal.errors import InvalidClient, Misconfigured
from seal.settings import SealSettings

DIGEST = hashlib.sha256(b"right").hexdigest()


def settings(**changes):
    usual = {
        "api_port": 1,
        "worker_port": 2,
        "database_url": "postgresql+asyncpg://nobody@127.0.0.1/nothing",
        "office_name": "某市人力资源和社会保障局",
        "certificate_chain_file": "/chain.pem",
        "clients_file": "/clients.json",
    }
    return SealSettings(**(usual | changes))


class TestSettings:
    def test_a_token_is_enough(self):
        chosen = settings(pkcs11_token_label="seal", pkcs11_pin_file="/pin")

        assert chosen.token.key_label == "seal"

    @pytest.mark.parametrize("changes", [{}, {"pkcs11_token_label": "seal", "key_file": "/key"}])
    def test_no_key_or_two_keys_are_refused(self, changes):
        with pytest.raises(ValidationError, match="either"):
            settings(**changes)

    def test_production_refuses_a_key_file(self):
        settings(key_file="/key")
        with pytest.raises(ValidationError, match="PKCS#11"):
            settings(key_file="/key", environment="production")

    def test_a_token_without_pin_file_is_refused_when_it_is_used(self):
        with pytest.raises(ValueError, match="pkcs11_pin_file"):
            _ = settings(pkcs11_token_label="seal").token


class TestClients:
    def clients(self, tmp_path, content):
        path = tmp_path / "clients.json"
        path.write_text(json.dumps(content))
        return Clients.load(path)

    def test_both_secrets_open_while_one_is_being_replaced(self, tmp_path):
        later = hashlib.sha256(b"new").hexdigest()
        clients = self.clients(tmp_path, {"a": {"secrets_sha256": [DIGEST, later]}})

        assert clients.authenticate("a", "right") == "a"
        assert clients.authenticate("a", "new") == "a"

    @pytest.mark.parametrize(("client", "secret"), [("a", "wrong"), ("b", "right"), ("", "")])
    def test_a_wrong_secret_and_a_wrong_name_fail_alike(self, tmp_path, client, secret):
        clients = self.clients(tmp_path, {"a": {"secrets_sha256": [DIGEST]}})

        with pytest.raises(InvalidClient):
            clients.authenticate(client, secret)

    def test_a_secret_with_an_all_zero_digest_opens_nothing_unknown(self, tmp_path):
        clients = self.clients(tmp_path, {"a": {"secrets_sha256": [DIGEST]}})

        assert "b" not in clients
        assert "a" in clients

    @pytest.mark.parametrize(
        "content", [{}, {"a": {"secrets_sha256": []}}, {"a": {"secrets_sha256": ["abcd"]}}]
    )
    def test_a_file_without_usable_clients_is_refused(self, tmp_path, content):
        with pytest.raises(Misconfigured):
            self.clients(tmp_path, content)
