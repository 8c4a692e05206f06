"""``GET /v/keys``: the list that the offline root signed, as it lies in its file."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from verify_kit import NOW, make_settings, served

from chassis.key_list import KeyList, ListedKey, read_key_list, sign_key_list
from chassis.statements import public_text

ROOT = Ed25519PrivateKey.generate()
KEY = ListedKey("2026-1", "payload", public_text(ROOT.public_key()), NOW)
VECTORS = json.loads((Path(__file__).parents[4] / "contracts/qr/key-list-vectors.json").read_text())


def signed(sequence: int, *, root=ROOT) -> str:
    return sign_key_list(KeyList(sequence, NOW, NOW + timedelta(days=92), (KEY,)), root)


@pytest.fixture
def key_list_file(tmp_path):
    path = tmp_path / "keys.jwt"
    path.write_text(signed(2))
    return path


@pytest.fixture
def settings(tmp_path, database_url, redis_server, key_list_file):
    root = tmp_path / "root.pem"
    root.write_bytes(
        ROOT.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    return make_settings(
        tmp_path,
        database_url.render_as_string(hide_password=False),
        redis_server.url,
        key_list_file=key_list_file,
        root_public_key_file=root,
    )


async def test_list_is_served_as_the_root_signed_it(api):
    answer = await api.client.get("/v/keys")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/yuzheng-keys+jwt"
    assert answer.text == signed(2)
    assert read_key_list(answer.text, ROOT.public_key()).sequence == 2


async def test_list_may_be_kept_for_minutes_and_fetched_from_any_page(api):
    headers = (await api.client.get("/v/keys")).headers
    assert headers["cache-control"] == "public, max-age=300, must-revalidate"
    assert headers["access-control-allow-origin"] == "*"


async def test_head_tells_tag_and_length_without_a_body(api):
    whole, head = await api.client.get("/v/keys"), await api.client.head("/v/keys")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]
    assert int(head.headers["content-length"]) == len(whole.content)


@pytest.mark.parametrize("spelled", ["{}", "W/{}", '"other", {}', "*"])
async def test_reader_who_has_it_gets_304(api, spelled):
    etag = (await api.client.get("/v/keys")).headers["etag"]
    named = {"if-none-match": spelled.format(etag)}
    answer = await api.client.get("/v/keys", headers=named)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == etag


async def test_new_list_is_served_without_a_restart(api, key_list_file):
    before = await api.client.get("/v/keys")
    fresh = key_list_file.with_name("fresh")
    fresh.write_text(signed(3))
    fresh.replace(key_list_file)
    named = {"if-none-match": before.headers["etag"]}
    assert (await api.client.get("/v/keys", headers=named)).text == signed(3)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(signed(9, root=Ed25519PrivateKey.generate()), id="another root"),
        pytest.param(signed(1), id="older list"),
        pytest.param("", id="empty"),
        pytest.param("密钥", id="not ASCII"),
    ],
)
async def test_bad_list_leaves_the_one_before_it(api, key_list_file, text):
    assert (await api.client.get("/v/keys")).status_code == 200
    key_list_file.write_text(text)
    assert (await api.client.get("/v/keys")).text == signed(2)


async def test_lost_file_leaves_the_list(api, key_list_file):
    assert (await api.client.get("/v/keys")).status_code == 200
    key_list_file.unlink()
    assert (await api.client.get("/v/keys")).text == signed(2)


async def test_there_is_no_answer_without_a_good_list(settings, key_list_file):
    key_list_file.write_text(signed(9, root=Ed25519PrivateKey.generate()))
    async with served(settings) as api:
        answer = await api.client.get("/v/keys")
        assert answer.status_code == 503
        assert answer.json()["code"] == "verify.key_list_unavailable"
        key_list_file.write_text(signed(2))
        assert (await api.client.get("/v/keys")).status_code == 200


async def test_what_is_nearly_its_path_is_a_check_of_a_bad_token(api):
    for method, path in (("GET", "/v/keys/"), ("GET", "/v/KEYS"), ("POST", "/v/keys")):
        refused = await api.client.request(method, path, headers={"accept": "application/json"})
        assert refused.json()["code"] == "verify.token_invalid"
