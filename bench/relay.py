"""How many events a second one relay process publishes with confirms (target: 2,000).

Baseline in the same run: the same bus and the same messages, published one after another, each
awaiting its confirm, as the client library's introductory example does.
Needs `make up-data`; `make bench` runs it.
"""

import os
import platform
from time import perf_counter
from uuid import uuid4

import uvloop
from tests.kit.bench import Bench, bench, person_changed

from chassis.bus import BusPublisher
from chassis.topology import Topology

EVENTS = 10_000
BASELINE_EVENTS = 1_000
BATCH = 500


async def relayed(parts: Bench) -> float:
    """Return events a second from full outbox to empty outbox."""
    for start in range(0, EVENTS, BATCH):
        await parts.tell(*(person_changed(start + step + 1) for step in range(BATCH)))
    relay = parts.relay()
    started = perf_counter()
    while await relay.relay_once():
        pass
    return EVENTS / (perf_counter() - started)


async def one_by_one(parts: Bench) -> float:
    """Return messages a second with one in flight and no outbox at all."""
    publisher = BusPublisher(parts.connection)
    started = perf_counter()
    for _ in range(BASELINE_EVENTS):
        await publisher.publish(
            event_id=uuid4(),
            event_type="identity.person.changed.v1",
            body=b"x" * 900,
            traceparent="",
        )
    return BASELINE_EVENTS / (perf_counter() - started)


async def main() -> None:
    """Measure both and print the ratio."""
    async with bench() as parts:
        channel = await parts.connection.channel()
        await Topology("bench", ()).declare(channel, ["identity.person.changed.v1"])
        ours, baseline = await relayed(parts), await one_by_one(parts)
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, quorum queue of one node")
    print(f"relay: {ours:,.0f}/s; one in flight: {baseline:,.0f}/s; ratio {ours / baseline:.1f}")


if __name__ == "__main__":
    uvloop.run(main())
