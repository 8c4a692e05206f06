"""The client against a scripted service: order of calls, tokens, and which failures may pass.

The real service is exercised in the stack's tests; here its answers are chosen one by one.
"""

import base64
import json
from collections.abc import Callable
from urllib.parse import parse_qs

import httpx
import pytest

from certificates.sealing import SealRefused, SealUnavailable
from certificates.sealing.connection import SealAddress
from certificates.sealing.csc import CscSealService

ENDPOINT = SealAddress("http://seal.test/", "certificates", "s3cret", "seal")
DIGESTS = [b"a" * 32, b"b" * 32, b"c" * 32]
ECDSA = "1.2.840.10045.4.3.2"


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


class ScriptedService:
    """Answers like a well-behaved service unless a method's answer is replaced."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict, httpx.Headers]] = []
        self.replaced: dict[str, Callable[[], httpx.Response]] = {}
        self.tokens = 0
        self.algorithms = [ECDSA]

    async def handle(self, request: httpx.Request) -> httpx.Response:
        method = request.url.path.removeprefix("/csc/v1/")
        text = request.content.decode()
        form = method == "/oauth2/token"
        body = {k: v[0] for k, v in parse_qs(text).items()} if form else json.loads(text)
        self.calls.append((method, body, request.headers))
        if method in self.replaced:
            return self.replaced[method]()
        if form:
            self.tokens += 1
            return httpx.Response(
                200, json={"access_token": f"token-{self.tokens}", "expires_in": 300}
            )
        if request.headers["Authorization"] != f"Bearer token-{self.tokens}":
            return httpx.Response(401, json={"error": "invalid_token"})
        return httpx.Response(200, json=self._answer(method, body))

    def _answer(self, method: str, body: dict) -> dict:
        if method == "credentials/info":
            return {
                "key": {"status": "enabled", "algo": self.algorithms, "len": 256},
                "cert": {"certificates": [b64(b"leaf"), b64(b"issuer")]},
                "multisign": 50,
            }
        if method == "credentials/authorize":
            return {"SAD": "sad-1", "expiresIn": 60}
        return {"signatures": [b64(b"signed " + base64.b64decode(h)) for h in body["hash"]]}

    def names(self) -> list[str]:
        return [name for name, _, _ in self.calls]

    def body(self, method: str) -> dict:
        return next(body for name, body, _ in reversed(self.calls) if name == method)


class Hands:
    """A clock whose hands the test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def service():
    return ScriptedService()


@pytest.fixture
def hands():
    return Hands()


@pytest.fixture
async def client(service, hands):
    async with httpx.AsyncClient(transport=httpx.MockTransport(service.handle)) as http:
        yield CscSealService(http, ENDPOINT, hands)


async def test_credential_is_described(client):
    credential = await client.describe()
    assert (credential.certificate, credential.chain) == (b"leaf", (b"issuer",))
    assert credential.enabled
    assert credential.signatures_per_call == 50


async def test_all_digests_are_signed_in_one_call_and_in_order(client, service):
    signatures = await client.sign(DIGESTS, idempotency_key="key-1")
    assert signatures == [b"signed " + digest for digest in DIGESTS]
    assert service.names() == [
        "/oauth2/token",
        "credentials/info",
        "credentials/authorize",
        "signatures/signHash",
    ]
    authorised = service.body("credentials/authorize")
    assert (authorised["numSignatures"], authorised["hash"]) == (3, [b64(d) for d in DIGESTS])
    signed = service.body("signatures/signHash")
    assert (signed["SAD"], signed["signAlgo"], signed["clientData"]) == ("sad-1", ECDSA, "key-1")
    assert service.calls[-1][2]["Idempotency-Key"] == "key-1"


async def test_rsa_key_is_asked_for_rsa_signatures(client, service):
    service.algorithms = ["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11"]
    await client.sign(DIGESTS, idempotency_key="key-1")
    assert service.body("signatures/signHash")["signAlgo"] == "1.2.840.113549.1.1.11"


async def test_credentials_are_sent_in_the_form_and_nowhere_else(client, service):
    await client.describe()
    assert service.body("/oauth2/token") == {
        "grant_type": "client_credentials",
        "client_id": "certificates",
        "client_secret": "s3cret",
    }
    assert "s3cret" not in json.dumps(service.body("credentials/info"))


async def test_access_token_is_kept_until_it_nears_its_end(client, service, hands):
    await client.describe()
    hands.now += 200
    await client.describe()
    assert service.tokens == 1
    hands.now += 80  # 20 seconds before its end
    await client.describe()
    assert service.tokens == 2


async def test_forgotten_token_is_renewed_once(client, service):
    await client.describe()
    service.tokens += 1  # the service restarted and knows none of ours
    await client.describe()
    assert service.names().count("/oauth2/token") == 2


async def test_service_that_never_accepts_the_token_refuses(client, service):
    service.replaced["credentials/info"] = lambda: httpx.Response(401, json={"error": "no"})
    with pytest.raises(SealRefused):
        await client.describe()
    assert service.names().count("credentials/info") == 2


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
async def test_passing_failure_may_be_retried(client, service, status):
    service.replaced["signatures/signHash"] = lambda: httpx.Response(
        status, headers={"Retry-After": "7"}
    )
    with pytest.raises(SealUnavailable) as failure:
        await client.sign(DIGESTS, idempotency_key="key-1")
    assert failure.value.retry_after_seconds == 7


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout, httpx.ReadError])
async def test_silence_may_be_retried(client, service, error):
    def fail():
        raise error("gone")

    service.replaced["credentials/authorize"] = fail
    with pytest.raises(SealUnavailable):
        await client.sign(DIGESTS, idempotency_key="key-1")


async def test_refusal_carries_its_reason(client, service):
    service.replaced["signatures/signHash"] = lambda: httpx.Response(
        400,
        json={
            "error": "access_denied",
            "error_description": "签章证书已过期。",
            "code": "seal.certificate_not_in_force",
        },
    )
    with pytest.raises(SealRefused, match="签章证书已过期") as refusal:
        await client.sign(DIGESTS, idempotency_key="key-1")
    assert refusal.value.reason == "seal.certificate_not_in_force"


async def test_refusal_without_a_document_is_still_one(client, service):
    service.replaced["credentials/info"] = lambda: httpx.Response(404, text="<html>")
    with pytest.raises(SealRefused) as refusal:
        await client.describe()
    assert refusal.value.reason == "http_404"


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        {"signatures": "x"},
        {"signatures": ["***"]},
        {"signatures": [b64(b"only one")]},
    ],
)
async def test_answer_that_is_not_one_counts_as_silence(client, service, answer):
    service.replaced["signatures/signHash"] = lambda: httpx.Response(200, json=answer)
    with pytest.raises(SealUnavailable):
        await client.sign(DIGESTS, idempotency_key="key-1")
