"""The object store against a real server that speaks S3 (moto), in a process of its own."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator

import obstore
import pytest

from chassis.errors import NotFound
from chassis.objects import DamagedObject, ObjectStore

ACCESS = {"region": "cn-test-1", "access_key_id": "key", "secret_access_key": "secret"}
_PATIENCE_SECONDS = 60


async def answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


async def put_bucket(port: int) -> int:
    """Make the bucket with one plain request; return the status."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = (
        f"PUT /certificates HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Authorization: AWS4-HMAC-SHA256 Credential=key/20261123/us-east-1/s3/aws4_request\r\n"
        "Content-Length: 0\r\nConnection: close\r\n\r\n"
    )
    writer.write(head.encode())
    status = int((await reader.readline()).split()[1])
    writer.close()
    await writer.wait_closed()
    return status


@pytest.fixture(scope="module")
async def access(tmp_path_factory) -> AsyncIterator[dict[str, str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (tmp_path_factory.mktemp("s3") / "server.log").open("wb")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)),
        stdout=log,
        stderr=log,
    )
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not await answers(port):
                assert process.returncode is None, f"see {log.name}"
                await asyncio.sleep(0.05)
        assert await put_bucket(port) == 200
        yield ACCESS | {"endpoint": f"http://127.0.0.1:{port}"}
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        log.close()


@pytest.fixture
def store(access) -> ObjectStore:
    return ObjectStore("s3://certificates/files", access)


async def test_object_is_named_by_its_hash_and_comes_back_equal(store) -> None:
    digest = await store.put(b"content")
    assert await store.put(b"content") == digest
    assert await store.get(digest) == b"content"


async def test_missing_object_is_not_found(store) -> None:
    with pytest.raises(NotFound):
        await store.get("0" * 64)
    with pytest.raises(NotFound):
        await anext(store.stream("0" * 64, 0, 1))


async def test_damaged_object_is_never_returned(store) -> None:
    digest = await store.put(b"will be damaged")
    path = f"{digest[:2]}/{digest[2:4]}/{digest}"
    await obstore.put_async(store._store, path, b"was damaged")
    with pytest.raises(DamagedObject):
        await store.get(digest)


async def test_big_file_goes_in_and_comes_out_in_parts(store, tmp_path) -> None:
    content = bytes(range(256)) * 50_000
    path = tmp_path / "big"
    path.write_bytes(content)

    digest = await store.put_file(path)

    assert b"".join([part async for part in store.stream(digest, 0, len(content))]) == content
    part = [part async for part in store.stream(digest, 1_000_000, 1_000_010)]
    assert b"".join(part) == content[1_000_000:1_000_010]
    assert await store.get(digest) == content


async def test_removed_object_is_gone_and_removing_it_again_is_no_error(store) -> None:
    digest = await store.put(b"for a week")
    await store.delete(digest)
    await store.delete(digest)
    with pytest.raises(NotFound):
        await store.get(digest)


async def test_prefixes_keep_stores_apart(store, access) -> None:
    digest = await store.put(b"sealed file")
    with pytest.raises(NotFound):
        await ObjectStore("s3://certificates/files/downloads", access).get(digest)
