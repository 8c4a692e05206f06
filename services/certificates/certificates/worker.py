"""Composition root of the worker process: consumers, renderer, lanes, relay, schedules."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import httpx
from sqlalchemy import delete

from certificates import downloading, figures, tables, upkeep
from certificates.building import build_dependencies
from certificates.fonts import Coverage
from certificates.lanes import Lanes, Renderer
from certificates.revising import Reviser
from certificates.seal_services import SealServices
from certificates.sealing.authorities import Authorities
from certificates.settings import Settings
from certificates.subscribers import QUEUES, Subscribers
from certificates.usecases import Bench
from certificates.usecases.advance_ledger import advance_ledger
from certificates.usecases.reconcile import reconcile
from certificates.usecases.revocation_lists import refresh_revocation_lists
from certificates.usecases.seals import inspect_applied
from certificates.usecases.templates import register_shipped
from certificates.workshop import Workshop
from chassis import bus
from chassis.cipher import ValueCipher
from chassis.clock import Clock, SystemClock
from chassis.db import Database
from chassis.figures import Figures
from chassis.http import create_app
from chassis.objects import ObjectStore
from chassis.outbox import Relay
from chassis.parking import Parking
from chassis.serving import Schedule, Task, run_tasks, serve

Result = TypeVar("Result")
_LEDGER_SECONDS = 1.0
_INSPECTION_SECONDS = 0.5
_RECONCILE_SECONDS = 10.0
# Authorities publish daily; a revoked seal is noticed within this.
_REVOCATION_SECONDS = 300.0
_AUDIT_SECONDS = 5.0
_PURGE_SECONDS = 3600.0
# Handled events and answered keys that nobody can repeat any more.
_REMEMBERED = timedelta(days=30)


def build_bench(settings: Settings, database: Database, clock: Clock) -> Bench:
    """Return what the steps of issuing need; close its workshop and seal services at the end."""
    return Bench(
        deps=build_dependencies(settings, clock),
        database=database,
        workshop=Workshop(
            settings.fonts_dir,
            processes=settings.document_processes,
            documents_per_process=settings.documents_per_process,
            timeout_seconds=settings.document_timeout_seconds,
            start_seconds=settings.document_start_seconds,
            megabytes_per_process=settings.document_megabytes,
        ),
        objects=ObjectStore(settings.objects_url, settings.objects_access),
        seal_services=SealServices(settings.seal_endpoints),
        missing_glyphs=Coverage(settings.fonts_dir).missing,
        token_keys=settings.token_keys,
        qr_signer=settings.qr_signer,
        trust_roots=settings.trust_roots,
        authorities=Authorities(
            httpx.AsyncClient(timeout=settings.authority_timeout_seconds),
        ),
    )


async def run_worker(settings: Settings, stop: asyncio.Event, clock: Clock | None = None) -> None:
    """Work until ``stop``; leases and SKIP LOCKED let several copies run.

    The document processes take seconds to start. The queues are bound meanwhile, so that what
    others tell before the very first worker is ready waits for it.
    """
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        database = Database(settings.database, pool_size=settings.database_pool_size)
        stack.push_async_callback(database.close)
        bench = build_bench(settings, database, clock)
        stack.push_async_callback(bench.seal_services.close)
        stack.push_async_callback(bench.authorities.close)
        stack.callback(bench.workshop.close)
        planned, prepared = asyncio.Event(), asyncio.Event()
        poll = settings.poll_seconds
        lanes = Lanes(bench, poll_seconds=poll)
        downloads = downloading.downloads_of(settings, bench)
        leases, schedules = with_leases(
            settings,
            [
                *_schedules(bench),
                *upkeep.schedules(settings, bench),
                downloading.expiry_of(downloads),
            ],
        )
        stack.push_async_callback(leases.close)
        tasks: list[Task] = [
            Renderer(bench, planned=planned, prepared=lanes.wake, poll_seconds=poll).run,
            lanes.run,
            Reviser(bench).run,
            downloads.run,
            Figures(database, figures.counts()).run,
            *(schedule.run for schedule in schedules),
            _health(settings, database),
        ]

        async def prepare_and_work(stop: asyncio.Event) -> None:
            await bench.workshop.template_version()
            await _register_templates(bench)
            prepared.set()
            await run_tasks(tasks, stop)

        await run_tasks([prepare_and_work, _bus(settings, bench, planned, prepared)], stop)


def with_leases(
    settings: Settings, schedules: Sequence[Schedule]
) -> tuple[Database, list[Schedule]]:
    """Return the schedules with connections of their own for their leases, one each.

    A schedule holds one while its work takes another: were both from one pool, enough schedules
    at the same time would all wait for each other.
    """
    leases = Database(settings.database, pool_size=len(schedules), pool="leases")
    return leases, [replace(schedule, database=leases) for schedule in schedules]


async def _register_templates(bench: Bench) -> None:
    """Let the province see the template versions that came with this build."""
    shipped = await bench.workshop.templates()
    async with bench.database.transaction() as tx:
        await register_shipped(tx, bench.deps, shipped)


def _bus(settings: Settings, bench: Bench, planned: asyncio.Event, prepared: asyncio.Event) -> Task:
    """Return the relay and the consumers, which bind their queues at once and work when prepared.

    Certificates are issued while the broker is away too.
    """

    async def speak_and_listen(stop: asyncio.Event) -> None:
        connection = await _unless(stop, bus.connect(settings.broker, name="certificates-worker"))
        if connection is None:
            return
        database, clock = bench.database, bench.deps.clock
        relay = Relay(database, tables.outbox, bus.BusPublisher(connection), clock=clock)
        consumers = [
            bus.Consumer(
                connection,
                queue=queue,
                database=database,
                inbox_table=tables.inbox,
                cipher=ValueCipher(settings.bus_keys),
                clock=clock,
                subscriptions=subscriptions,
                delays_ms=settings.retry_delays_ms,
            )
            for queue, subscriptions in Subscribers(bench.deps, planned).subscriptions().items()
        ]
        parking = Parking(
            connection,
            queues=QUEUES,
            database=database,
            table=tables.parked,
            cipher=ValueCipher(settings.bus_keys),
            clock=clock,
        )
        try:
            for consumer in consumers:
                await consumer.declare()
            if await _unless(stop, prepared.wait()):
                await run_tasks(
                    [relay.run, *(consumer.run for consumer in consumers), parking.run], stop
                )
        finally:
            await connection.close()

    return speak_and_listen


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, Result]) -> Result | None:
    """Return what ``work`` comes to, or None when ``stop`` comes first and it is given up."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        stopping.cancel()
        working.cancel()


def _schedules(bench: Bench) -> list[Schedule]:
    database, deps = bench.database, bench.deps

    async def purge() -> None:
        limit = deps.clock.now() - _REMEMBERED
        keys, events = tables.idempotency, tables.inbox
        async with database.transaction() as tx:
            await tx.execute(delete(events).where(events.c.handled_at < limit))
            await tx.execute(delete(keys).where(keys.c.created_at < limit))

    return [
        Schedule("ledger", _LEDGER_SECONDS, lambda: advance_ledger(database, deps), database),
        Schedule("seal-inspection", _INSPECTION_SECONDS, lambda: inspect_applied(bench), database),
        Schedule("reconciler", _RECONCILE_SECONDS, lambda: reconcile(database, deps), database),
        Schedule(
            "revocation-lists",
            _REVOCATION_SECONDS,
            lambda: refresh_revocation_lists(bench),
            database,
        ),
        Schedule("audit-sealer", _AUDIT_SECONDS, lambda: deps.audit.seal(database), database),
        Schedule("purge", _PURGE_SECONDS, purge, database),
    ]


def _health(settings: Settings, database: Database) -> Task:
    app = create_app(
        service="certificates", settings=settings, routers=(), ready={"database": database.ping}
    )

    async def serve_health(stop: asyncio.Event) -> None:
        await serve(app, host=settings.api_host, port=settings.worker_port, stop=stop)

    return serve_health
