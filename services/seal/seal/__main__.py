"""``python -m seal api|worker|migrate|audit|keygen|openapi``."""

import argparse
import sys
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chassis import serving, telemetry
from chassis.audit import Audit
from chassis.clock import SystemClock
from chassis.commands import Command, main, print_openapi
from chassis.db import Database
from seal import tables
from seal.app import build_app
from seal.certificate_request import build_request
from seal.keys.pkcs11 import Pkcs11Key, ensure_key_pair
from seal.openapi import openapi_document
from seal.settings import SealSettings, TokenSettings
from seal.usecases.check_log import LogBroken, check_log
from seal.worker import run_worker

_MIGRATIONS = Path(__file__).parents[1] / "migrations"


def _settings(process: str) -> SealSettings:
    settings = SealSettings()
    telemetry.configure(
        service="seal",
        process=process,
        otlp_endpoint=settings.otlp_endpoint,
        log_level=settings.log_level,
    )
    return settings


def _api(_: argparse.Namespace) -> None:
    settings = _settings("api")
    app = build_app(settings)
    serving.run(
        lambda stop: serving.serve(app, host=settings.api_host, port=settings.api_port, stop=stop)
    )


def _worker(_: argparse.Namespace) -> None:
    settings = _settings("worker")
    serving.run(lambda stop: run_worker(settings, stop))


def _migrate(_: argparse.Namespace) -> None:
    # Alembic is 10 MB that the processes which run for months have no use for.
    from chassis import migrations  # noqa: PLC0415 - see above

    migrations.upgrade(_settings("migrate").database, _MIGRATIONS)


async def _audit(_: argparse.Namespace) -> int:
    settings = _settings("audit")
    database = Database(settings.database, pool_size=1)
    try:
        checked = await check_log(database, Audit(tables.audit, SystemClock()))
    except LogBroken as error:
        sys.stdout.write(f"seal: VIOLATION: {error}\n")
        return 1
    finally:
        await database.close()
    sys.stdout.write(
        f"seal: {checked.signatures} signatures and {checked.audit_rows} audit rows checked\n"
    )
    return 0


async def _keygen(arguments: argparse.Namespace) -> None:
    settings = TokenSettings()
    public = ensure_key_pair(settings.token)
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    _write(arguments.public_key, pem)
    if arguments.request:
        key = Pkcs11Key(settings.token, timeout_seconds=10)
        _write(arguments.request, await build_request(key, settings.office_name))


def _write(path: Path | None, pem: bytes) -> None:
    if path is None:
        sys.stdout.write(pem.decode())
    else:
        path.write_bytes(pem)


def _keygen_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--public-key", type=Path, help="write the public key (PEM) here")
    parser.add_argument("--request", type=Path, help="write a certificate request (PKCS#10) here")


if __name__ == "__main__":
    main(
        "seal",
        {
            "api": Command("serve the remote signing API", _api),
            "worker": Command("chain the audit, forget what has expired", _worker),
            "migrate": Command("bring the database to the newest revision", _migrate),
            "audit": Command("recompute the log, check every signature; 1 if broken", _audit),
            "keygen": Command(
                "make the key pair in the token unless it is there", _keygen, _keygen_arguments
            ),
            "openapi": Command(
                "print the OpenAPI document", lambda _: print_openapi(openapi_document())
            ),
        },
    )
