"""Log-in of clients, and what happens without it."""

import base64
from datetime import timedelta

import pytest

pytestmark = pytest.mark.infra

SECRET = "a-secret-made-by-a-machine-0123456789"


@pytest.fixture
def database_url(shared_database_url):
    return shared_database_url


class TestLogIn:
    async def ask(self, service, headers=None, **form):
        usual = {"grant_type": "client_credentials", "client_id": "certificates"}
        return await service.certificates.http.post(
            "/oauth2/token", data=usual | {"client_secret": SECRET} | form, headers=headers
        )

    async def test_a_short_lived_bearer_token_is_given(self, service):
        answer = await self.ask(service)

        assert answer.status_code == 200
        assert answer.json()["token_type"] == "Bearer"
        assert answer.json()["expires_in"] == 300
        assert answer.headers["cache-control"] == "no-store"

    async def test_the_secret_may_come_as_http_basic(self, service):
        basic = base64.b64encode(f"certificates:{SECRET}".encode()).decode()

        answer = await self.ask(
            service, {"authorization": f"Basic {basic}"}, client_id="", client_secret=""
        )

        assert answer.status_code == 200

    @pytest.mark.parametrize(
        "form",
        [
            {"client_secret": "wrong"},
            {"client_secret": ""},
            {"client_id": "nobody"},
            {"client_id": "auditor"},
            {"client_id": ""},
        ],
    )
    async def test_a_wrong_client_or_secret_is_refused_alike(self, service, form):
        answer = await self.ask(service, **form)

        assert answer.status_code == 401
        assert answer.json()["error"] == "invalid_client"
        assert answer.json()["code"] == "seal.client_not_recognised"
        assert "www-authenticate" in answer.headers

    @pytest.mark.parametrize("authorization", ["Basic !!!", "Bearer abc", "Basic /w=="])
    async def test_unreadable_authorisation_is_refused(self, service, authorization):
        answer = await self.ask(service, {"authorization": authorization})

        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")

    async def test_another_grant_type_is_refused(self, service):
        answer = await self.ask(service, grant_type="password")

        assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")

    async def test_a_form_without_grant_type_is_refused(self, service):
        answer = await service.certificates.http.post("/oauth2/token", data={"client_id": "x"})

        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


class TestToken:
    @pytest.mark.parametrize(
        "path",
        [
            "credentials/list",
            "credentials/info",
            "credentials/authorize",
            "signatures/signHash",
        ],
    )
    @pytest.mark.parametrize("header", [{}, {"authorization": "Bearer invented"}])
    async def test_nothing_is_done_without_a_good_token(self, service, path, header):
        answer = await service.certificates.http.post(
            f"/csc/v1/{path}", json={"credentialID": "seal"}, headers=header
        )

        assert answer.status_code == 401
        assert answer.json()["error"] == "invalid_token"
        assert "invalid_token" in answer.headers["www-authenticate"]

    async def test_the_log_is_closed_without_a_token(self, service):
        assert (await service.certificates.http.get("/log")).status_code == 401

    async def test_a_token_ends(self, service):
        service.clock.advance(timedelta(seconds=300))

        answer = await service.certificates.post("credentials/list", {})

        assert (answer.status_code, answer.json()["code"]) == (401, "seal.access_token_invalid")

    async def test_a_token_of_a_removed_client_is_refused(self, service, start, tmp_path):
        digest = base64.b16encode(b"x" * 32).decode()
        (tmp_path / "clients.json").write_text(f'{{"someone": {{"secrets_sha256": ["{digest}"]}}}}')
        url = service.settings.database_url

        async with start(database_url=url, clients_file=tmp_path / "clients.json") as again:
            again.certificates.token = service.certificates.token
            answer = await again.certificates.post("credentials/list", {})

        assert answer.status_code == 401
