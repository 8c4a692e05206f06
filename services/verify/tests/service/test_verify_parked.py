"""Parked messages of this service: seen and replayed by operators, from the real broker."""

import asyncio
import base64
import json
from contextlib import asynccontextmanager
from uuid import uuid4

import aio_pika
import pytest
from offices import EVERYBODY, STRANGERS, headers, identity
from sqlalchemy import text
from tests.kit import broker
from tests.kit.contracts import KEYRING
from verify_kit import make_settings, served, until

from chassis.bus import connect
from chassis.topology import declare_exchange
from verify.worker import run_worker

pytestmark = pytest.mark.infra
PARKED = "/api/verify/v1/parked"
FUTURE = {"specversion": "2.0", "id": str(uuid4()), "type": "certificates.seal.activated.v1"}


@pytest.fixture
async def bus(tmp_path, database_url, redis_server):
    path = tmp_path / "bus-keys.json"
    keys = {str(v): base64.b64encode(key).decode() for v, key in KEYRING.keys.items()}
    path.write_text(json.dumps({"current": KEYRING.current, "keys": keys}))
    async with broker.vhost() as url, identity() as fake:
        yield make_settings(
            tmp_path,
            database_url.render_as_string(hide_password=False),
            redis_server.url,
            broker_url=url,
            bus_keys_file=path,
            jwks_url=f"{fake.url}/api/identity/v1/jwks.json",
        )


@asynccontextmanager
async def working(settings):
    stop = asyncio.Event()
    task = asyncio.create_task(run_worker(settings, stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def publish(settings) -> None:
    """Tell of a seal in an envelope of a version that nobody here can read."""
    async with await connect(settings.broker, name="test") as connection:
        channel = await connection.channel(on_return_raises=True)
        exchange = await declare_exchange(channel)

        async def accepted() -> bool:
            try:
                message = aio_pika.Message(json.dumps(FUTURE).encode())
                await exchange.publish(message, routing_key=str(FUTURE["type"]))
            except aio_pika.exceptions.PublishError:
                return False  # the worker has not bound its queues yet
            return True

        await until(accepted)


async def test_seen_and_replayed_by_operators_alone(bus, database):
    async with working(bus), served(bus) as api:
        await publish(bus)

        async def seen():
            answer = await api.client.get(PARKED, headers=headers("operator"))
            assert answer.status_code == 200, answer.text
            return answer.json()["queues"]

        await until(seen)
        (queue,) = await seen()
        assert (queue["queue"], queue["count"]) == ("verify.seals", 1)
        (item,) = queue["items"]
        for who in EVERYBODY:
            asked = headers(who) | {"idempotency-key": str(uuid4())}
            answers = [
                await api.client.get(PARKED, headers=asked),
                await api.client.post(f"{PARKED}/{item['id']}/replay", headers=asked),
            ]
            expected = [200, 202] if who == "operator" else [401 if who in STRANGERS else 403] * 2
            assert [one.status_code for one in answers] == expected, who

        async def back_again():
            queues = await seen()
            return queues and queues[0]["items"][0]["replays"] == 1

        await until(back_again, seconds=15)
    async with database.reading() as tx:
        actions = await tx.scalars(text("SELECT action FROM records.audit_rows"))
        assert list(actions) == ["parked.replay_requested"]
