"""The check route's connection to Redis: order, passwords, and everything a server can do to it."""

import asyncio
import signal
import ssl

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError, ResponseError  # noqa: A004 - the library's own name
from tests.kit.ports import free_port
from tests.kit.server_certificates import write_certificate
from verify_kit import RedisServer

from verify.many_keys import ManyKeys

TLS_FILES = {"cert": "tls.crt", "key": "tls.key", "ca-cert": "tls.crt"}


@pytest.fixture
async def admin(redis_server):
    client = Redis.from_url(redis_server.url)
    await client.mset({"a": "1", "b": "2"})
    yield client
    await client.aclose()


@pytest.fixture
def many_keys(redis_server, admin):
    reader = ManyKeys(redis_server.url, timeout_seconds=0.5)
    yield reader
    reader.close()


async def test_values_stand_in_the_order_of_the_keys(many_keys):
    assert await many_keys.read([b"b", b"missing", b"a", b"b"]) == [b"2", None, b"1", b"2"]


async def test_questions_asked_at_once_get_their_own_answers(many_keys, admin):
    await admin.mset({f"k{n}": n for n in range(50)})
    found = await asyncio.gather(*(many_keys.read([f"k{n}".encode()]) for n in range(50)))
    assert found == [[str(n).encode()] for n in range(50)]
    assert len(await admin.client_list()) == 2  # one of them is the test's own


async def test_values_longer_than_a_packet(many_keys, admin):
    await admin.set("long", b"x" * 3_000_000)
    (found,) = await many_keys.read([b"long"])
    assert found == b"x" * 3_000_000


async def test_connection_the_server_has_closed_is_replaced(many_keys, admin):
    assert await many_keys.read([b"a"]) == [b"1"]
    await admin.client_kill_filter(skipme=True)
    assert await many_keys.read([b"a"]) == [b"1"]


async def test_restarted_server_is_found_again(many_keys, redis_server):
    assert await many_keys.read([b"a"]) == [b"1"]
    await redis_server.stop()
    with pytest.raises((ConnectionError, OSError)):
        await many_keys.read([b"a"])
    await redis_server.start()
    assert await many_keys.read([b"a"]) == [None]


async def test_server_that_hangs_costs_the_time_limit_and_answers_no_later_question(
    many_keys, redis_server
):
    assert await many_keys.read([b"a"]) == [b"1"]
    redis_server.process.send_signal(signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        await many_keys.read([b"a"])
    redis_server.process.send_signal(signal.SIGCONT)
    # Not the answer that was still under way.
    assert await many_keys.read([b"b"]) == [b"2"]


async def test_refusal_of_the_server_is_told_and_the_connection_kept(many_keys, admin):
    await admin.lpush("list", "x")
    assert await many_keys.read([b"list"]) == [None]
    await admin.acl_setuser("default", enabled=True, nopass=True, commands=["-mget"], keys=["*"])
    with pytest.raises(ResponseError, match="permissions"):
        await many_keys.read([b"a"])
    await admin.acl_setuser("default", enabled=True, nopass=True, categories=["+@all"])
    assert await many_keys.read([b"a"]) == [b"1"]


async def test_user_password_and_database_of_the_address(redis_server, admin):
    await admin.acl_setuser(
        "reader", enabled=True, passwords=["+s e:cret"], keys=["*"], commands=["+mget", "+select"]
    )
    other = Redis(port=redis_server.port, db=3)
    await other.set("a", "three")
    await other.aclose()
    place = f"127.0.0.1:{redis_server.port}"
    reader = ManyKeys(f"redis://reader:s%20e%3Acret@{place}/3", timeout_seconds=0.5)
    assert await reader.read([b"a"]) == [b"three"]
    reader.close()
    stranger = ManyKeys(f"redis://reader:wrong@{place}/3", timeout_seconds=0.5)
    with pytest.raises(ResponseError, match="WRONGPASS"):
        await stranger.read([b"a"])


async def test_connection_is_encrypted_and_the_certificate_checked(tmp_path):
    write_certificate(tmp_path, "127.0.0.1")
    write_certificate(tmp_path / "other", "127.0.0.1")
    port = free_port()
    files = (f"--tls-{kind}-file {tmp_path / file}" for kind, file in TLS_FILES.items())
    options = " ".join(files).split()
    server = RedisServer(
        tmp_path,
        port,
        ("--port", "0", "--tls-port", str(port), "--tls-auth-clients", "no", *options),
    )
    await server.start()
    try:
        place = f"rediss://127.0.0.1:{port}/0?ssl_ca_certs={tmp_path}"
        reader = ManyKeys(f"{place}/tls.crt", timeout_seconds=2)
        assert await reader.read([b"a"]) == [None]
        reader.close()
        with pytest.raises(ssl.SSLCertVerificationError):
            await ManyKeys(f"{place}/other/tls.crt", timeout_seconds=2).read([b"a"])
    finally:
        await server.stop()
