"""The HTTP factory: problems, limits, identity of the caller."""

import base64
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import anyio
import httpx
import pytest
from fastapi import APIRouter, Request
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey
from pydantic import BaseModel
from tests.kit.tokens import access_token, bearer, signing_key, verifier

from chassis.errors import NotFound
from chassis.http import Caller, IdempotencyKey, create_app
from chassis.settings import ServiceSettings


class Thing(BaseModel):
    size: int


def settings() -> ServiceSettings:
    return ServiceSettings(
        api_port=1,
        worker_port=2,
        database_url="postgresql+asyncpg://x@127.0.0.1/x",
        request_timeout_seconds=0.3,
        request_body_limit_bytes=1000,
    )


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/who")
    async def who(caller: Caller) -> dict[str, str]:
        return {"actor": caller.actor}

    @router.post("/things")
    async def make(thing: Thing, key: IdempotencyKey) -> dict[str, object]:
        return {"size": thing.size, "key": key}

    @router.get("/missing")
    async def missing() -> None:
        raise NotFound(field="/id")

    @router.get("/broken")
    async def broken() -> None:
        raise ValueError("410105199001010019")

    @router.get("/slow")
    async def slow() -> None:
        await anyio.sleep(5)

    @router.post("/raw")
    async def raw(request: Request) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    return router


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(service="test", settings=settings(), routers=[routes()], verifier=verifier())
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as made:
        yield made


class TestProblems:
    async def test_service_error_becomes_a_problem_document(self, client) -> None:
        answer = await client.get("/missing", headers={"x-request-id": "r-1"})
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
        body = answer.json()
        assert body["code"] == "chassis.not_found"
        assert body["type"] == "urn:yuzheng:problem:chassis.not_found"
        assert (body["field"], body["request_id"]) == ("/id", "r-1")

    async def test_unknown_error_tells_nothing(self, client) -> None:
        answer = await client.get("/broken")
        assert answer.status_code == 500
        assert answer.json()["code"] == "chassis.internal"
        assert "4101" not in answer.text

    async def test_shape_error_names_the_field_but_not_the_value(self, client) -> None:
        answer = await client.post(
            "/things", json={"size": "41010X"}, headers={"idempotency-key": "k"}
        )
        assert answer.status_code == 422
        assert answer.json()["fields"] == [{"field": "/size", "reason": "int_parsing"}]
        assert "41010X" not in answer.text

    async def test_unknown_address_is_a_problem_too(self, client) -> None:
        answer = await client.get("/nowhere")
        assert (answer.status_code, answer.json()["code"]) == (404, "chassis.not_found")

    async def test_write_without_idempotency_key_is_refused(self, client) -> None:
        answer = await client.post("/things", json={"size": 1})
        assert (answer.status_code, answer.json()["code"]) == (
            400,
            "chassis.idempotency_key_missing",
        )


class TestLimits:
    async def test_declared_large_body_is_refused_before_it_is_read(self, client) -> None:
        answer = await client.post("/raw", content=b"x" * 1001)
        assert (answer.status_code, answer.json()["code"]) == (413, "chassis.body_too_large")

    async def test_chunked_body_is_cut_off_when_it_grows_past_the_limit(self, client) -> None:
        async def chunks() -> AsyncIterator[bytes]:
            for _ in range(20):
                yield b"x" * 100

        answer = await client.post("/raw", content=chunks())
        assert answer.status_code == 413

    async def test_body_at_the_limit_passes(self, client) -> None:
        assert (await client.post("/raw", content=b"x" * 1000)).json() == {"bytes": 1000}

    async def test_slow_request_is_answered_at_its_deadline(self, client) -> None:
        answer = await client.get("/slow")
        assert (answer.status_code, answer.json()["code"]) == (503, "chassis.timed_out")


def tampered(token: str) -> str:
    head, body, signature = token.split(".")
    return f"{head}.{body}.{signature[:-4]}AAAA"


def _encoded(header: dict, key, algorithm: str) -> str:
    claims = jwt.decode(access_token(), signing_key(), algorithms=["EdDSA"]).claims
    return jwt.encode(header, claims, key, algorithms=[algorithm])


def none_algorithm() -> str:
    header = base64.urlsafe_b64encode(
        json.dumps({"alg": "none", "typ": "at+jwt", "kid": "test"}).encode()
    )
    return f"{header.decode().rstrip('=')}.{access_token().split('.')[1]}."


def other_type() -> str:
    return _encoded({"alg": "EdDSA", "typ": "JWT", "kid": "test"}, signing_key(), "EdDSA")


def foreign_key() -> str:
    other = OKPKey.generate_key("Ed25519", {"kid": "test"})
    return _encoded({"alg": "EdDSA", "typ": "at+jwt", "kid": "test"}, other, "EdDSA")


def confused_algorithm() -> str:
    public = signing_key().as_dict(private=False)["x"]
    key = OctKey.import_key(public + "=" * 20)
    return _encoded({"alg": "HS256", "typ": "at+jwt", "kid": "test"}, key, "HS256")


class TestCaller:
    async def test_good_token_names_the_person(self, client) -> None:
        person = uuid4()
        answer = await client.get("/who", headers=bearer(person=person))
        assert answer.json() == {"actor": f"person:{person}"}

    @pytest.mark.parametrize(
        "token",
        [
            pytest.param(lambda: "", id="empty"),
            pytest.param(lambda: "a.b.c", id="rubbish"),
            pytest.param(lambda: tampered(access_token()), id="tampered"),
            pytest.param(lambda: access_token(lifetime=timedelta(seconds=-1)), id="expired"),
            pytest.param(lambda: access_token(aud="other"), id="audience"),
            pytest.param(lambda: access_token(iss="other"), id="issuer"),
            pytest.param(none_algorithm, id="alg none"),
            pytest.param(other_type, id="typ"),
            pytest.param(foreign_key, id="key"),
            pytest.param(confused_algorithm, id="HS256 with the public key"),
        ],
    )
    async def test_anything_else_is_unauthenticated(self, client, token) -> None:
        answer = await client.get("/who", headers={"authorization": f"Bearer {token()}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "chassis.unauthenticated")
