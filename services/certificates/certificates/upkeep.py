"""Schedules of the worker beside issuing: the log's signed roots, and forgetting."""

from datetime import timedelta

from certificates.settings import Settings
from certificates.store import checks, shares
from certificates.usecases import Bench
from certificates.usecases.canary import send_canaries
from certificates.usecases.compare_logs import compare_logs
from certificates.usecases.examine_again import examine_released
from certificates.usecases.mass_revocation import forget_rows, revoke_approved
from certificates.usecases.publish_root import publish_root
from certificates.usecases.seal_endings import warn_of_endings
from chassis.serving import Schedule

_ROOT_SECONDS = 5.0
# A signature that nobody asked for is noticed within this.
_COMPARISON_SECONDS = 30.0
_MASS_REVOCATION_SECONDS = 1.0
_EXAMINATION_SECONDS = 1.0
# How soon a seal just activated is tried; each is tried once a day.
_CANARY_SECONDS = 30.0
_FORGET_SECONDS = 3600.0
_ENDINGS_SECONDS = 3600.0
# A holder may want to know who looked for half a year after a share has ended.
_SHARES_KEPT = timedelta(days=180)
# Holders see who checked in the last year.
_CHECKS_KEPT = timedelta(days=400)


def schedules(settings: Settings, bench: Bench) -> list[Schedule]:
    database, deps = bench.database, bench.deps
    signer, every = settings.log_signer, settings.log_root_entries

    async def forget_shares() -> None:
        async with database.transaction() as tx:
            await shares.purge(tx, deps.clock.now() - _SHARES_KEPT)
            await checks.purge(tx, deps.clock.now() - _CHECKS_KEPT)

    return [
        Schedule("canaries", _CANARY_SECONDS, lambda: send_canaries(bench), database),
        Schedule(
            "mass-revocation",
            _MASS_REVOCATION_SECONDS,
            lambda: revoke_approved(database, deps),
            database,
        ),
        Schedule("examination", _EXAMINATION_SECONDS, lambda: examine_released(bench), database),
        Schedule("seal-log-comparison", _COMPARISON_SECONDS, lambda: compare_logs(bench), database),
        Schedule(
            "log-root",
            _ROOT_SECONDS,
            lambda: publish_root(database, deps, signer, every=every),
            database,
        ),
        Schedule(
            "seal-endings", _ENDINGS_SECONDS, lambda: warn_of_endings(database, deps), database
        ),
        Schedule("forget-shares", _FORGET_SECONDS, forget_shares, database),
        Schedule("forget-rows", _FORGET_SECONDS, lambda: forget_rows(database, deps), database),
    ]
