"""Serving: what a burst of connections meets."""

import asyncio

from tests.kit.ports import free_port

from chassis.serving import serve

# More than the embedded server takes by itself, fewer than a process may open files.
BURST = 400


async def connected(port):
    while True:
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)


async def test_everybody_of_a_burst_is_under_way_at_once():
    """Nobody waits for another's answer before being let in: none is given until all are in."""
    under_way = 0
    everybody = asyncio.Event()

    async def app(scope, receive, send):
        nonlocal under_way
        if scope["type"] != "http":
            return
        under_way += 1
        if under_way == BURST:
            everybody.set()
        await everybody.wait()
        headers = [(b"content-length", b"0"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def ask(port):
        reader, writer = await connected(port)
        writer.write(b"GET / HTTP/1.1\r\nhost: test\r\n\r\n")
        status = await reader.readline()
        writer.close()
        return status

    stop, port = asyncio.Event(), free_port()
    serving = asyncio.create_task(serve(app, host="127.0.0.1", port=port, stop=stop))
    try:
        async with asyncio.timeout(30):
            answers = await asyncio.gather(*(ask(port) for _ in range(BURST)))
    finally:
        everybody.set()
        stop.set()
        await serving
    assert {answer.split()[1] for answer in answers} == {b"204"}
