"""A service that hangs, fails or dies: what the gateway does about it, and whom it spares."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from gateway.tests.support import Gateway, eventually, free_ports, running_gateway, serve

CONNECTIONS, PENDING = 4, 3
LEFT_OUT = r"cluster\.{}\.outlier_detection\.ejections_active"


class Copies:
    """Two copies of hours and of the check, one of which can be made to misbehave."""

    def __init__(self) -> None:
        self.port = free_ports(1)[0]
        self.behaviour = "well"
        self.asked = 0

    def add_to(self, filled: Any) -> None:
        """Put the second copy beside the first of each of these."""
        for cluster in filled["static_resources"]["clusters"]:
            if cluster["name"] in ("hours", "verify-check"):
                cluster["lb_policy"] = "ROUND_ROBIN"
                address = {"socket_address": {"address": "127.0.0.1", "port_value": self.port}}
                endpoints = cluster["load_assignment"]["endpoints"][0]["lb_endpoints"]
                endpoints.append({"endpoint": {"address": address}})

    async def answer(self, request: web.Request) -> web.Response:
        await request.read()
        self.asked += 1
        if self.behaviour == "dies":
            transport = request.transport
            assert transport
            transport.abort()
        status = {"unable": 503, "faulty": 500}.get(self.behaviour, 200)
        return web.json_response({"service": "second", "method": request.method}, status=status)


@pytest.fixture(scope="module")
def copies() -> Copies:
    return Copies()


@pytest.fixture(scope="module")
async def small_gateway(
    tmp_path_factory: pytest.TempPathFactory, copies: Copies
) -> AsyncIterator[Gateway]:
    application = web.Application()
    application.router.add_route("*", "/{anything:.*}", copies.answer)
    runner = await serve(application, copies.port)
    async with running_gateway(
        tmp_path_factory.mktemp("small"),
        changed=copies.add_to,
        UPSTREAM_CONNECTIONS=CONNECTIONS,
        UPSTREAM_PENDING=PENDING,
        CHECK_CONNECTIONS=2,
        CHECK_PENDING=1,
        EJECT_AFTER=3,
        EJECT_SECONDS=2,
    ) as running:
        yield running
    await runner.cleanup()


async def reached(gateway: Gateway, figure: str, value: int) -> None:
    async with asyncio.timeout(20):
        while await gateway.figure(figure) != value:
            await asyncio.sleep(0.01)


async def test_hanging_service_takes_no_more_than_its_share_and_checks_go_on(
    small_gateway: Gateway,
) -> None:
    gateway = small_gateway
    token = gateway.token()
    async with asyncio.TaskGroup() as group:
        asked = []
        for place in ("rq_active",) * CONNECTIONS + ("rq_pending_active",) * PENDING:
            taken = await gateway.figure(rf"cluster\.verify\.upstream_{place}")
            asked.append(group.create_task(gateway.ask("/api/verify/v1/hang", token=token)))
            await reached(gateway, rf"cluster\.verify\.upstream_{place}", taken + 1)
        # Who finds no room hears so at once.
        for _ in range(5):
            refused = await gateway.ask("/api/verify/v1/hang", token=token)
            assert (refused.status, refused.code) == (503, "gateway.unavailable")
        assert await gateway.figure(r"cluster\.verify\.upstream_rq_pending_overflow") == 5
        assert await gateway.figure(r"cluster\.verify\.upstream_cx_active") == CONNECTIONS
        # Nobody else is touched, least of all the check, which is the same service.
        for target in ("/v/ABC", "/v/keys", "/v/status", "/api/identity/v1/organisations"):
            assert (await gateway.ask(target)).status == 200, target
        gateway.released.set()
    gateway.released.clear()
    assert {task.result().status for task in asked} == {200}


async def test_check_has_a_limit_of_its_own(small_gateway: Gateway) -> None:
    gateway = small_gateway
    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(gateway.ask("/v/hang")) for _ in range(8)]
        await eventually(lambda: any(task.done() for task in asked))
        gateway.released.set()
    gateway.released.clear()
    statuses = [task.result().status for task in asked]
    assert 503 in statuses
    assert 200 in statuses


async def test_copy_that_is_unable_is_left_out_and_taken_back(
    small_gateway: Gateway, copies: Copies
) -> None:
    gateway, token = small_gateway, small_gateway.token()
    copies.behaviour = "unable"
    first = [await gateway.ask("/api/hours/v1/claims", token=token) for _ in range(12)]
    await reached(gateway, LEFT_OUT.format("hours"), 1)
    then = [await gateway.ask("/api/hours/v1/claims", token=token) for _ in range(12)]
    assert {answer.status for answer in first} == {200, 503}
    assert {answer.status for answer in then} == {200}
    copies.behaviour, copies.asked = "well", 0
    await reached(gateway, LEFT_OUT.format("hours"), 0)
    async with asyncio.timeout(20):
        while not copies.asked:
            assert (await gateway.ask("/api/hours/v1/claims", token=token)).status == 200


async def test_faulty_request_leaves_out_nobody(small_gateway: Gateway, copies: Copies) -> None:
    gateway, token = small_gateway, small_gateway.token()
    await reached(gateway, LEFT_OUT.format("hours"), 0)
    copies.behaviour = "faulty"
    for _ in range(20):
        await gateway.ask("/api/hours/v1/claims", token=token)
    assert await gateway.figure(LEFT_OUT.format("hours")) == 0
    copies.behaviour = "well"


async def test_check_is_asked_of_another_copy_when_one_dies(
    small_gateway: Gateway, copies: Copies
) -> None:
    copies.behaviour = "dies"
    answers = [await small_gateway.ask("/v/ABC") for _ in range(4)]
    copies.behaviour = "well"
    assert {answer.status for answer in answers} == {200}
    await reached(small_gateway, LEFT_OUT.format("verify-check"), 0)


async def test_what_may_have_been_done_is_never_sent_twice(
    small_gateway: Gateway, copies: Copies
) -> None:
    gateway, token = small_gateway, small_gateway.token()
    copies.behaviour, copies.asked = "dies", 0
    heard = len(gateway.requests)
    answers = [
        await gateway.ask("/api/hours/v1/claims", method="POST", body=b"{}", token=token)
        for _ in range(4)
    ]
    copies.behaviour = "well"
    assert {answer.status for answer in answers} <= {200, 502, 503}
    assert len(gateway.requests) - heard + copies.asked == 4
    assert copies.asked >= 1
    await reached(gateway, LEFT_OUT.format("hours"), 0)
