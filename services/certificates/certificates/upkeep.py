"""Schedules of the worker beside issuing: the log's signed roots."""

from certificates.settings import Settings
from certificates.usecases import Bench
from certificates.usecases.publish_root import publish_root
from chassis.serving import Schedule

_ROOT_SECONDS = 5.0


def schedules(settings: Settings, bench: Bench) -> list[Schedule]:
    database, deps = bench.database, bench.deps
    signer, every = settings.log_signer, settings.log_root_entries
    return [
        Schedule(
            "log-root",
            _ROOT_SECONDS,
            lambda: publish_root(database, deps, signer, every=every),
            database,
        ),
    ]
