"""``python -m seal api|worker|migrate|audit|keygen|openapi|simulate|conformance``."""

import argparse
import sys
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chassis.audit import Audit
from chassis.clock import SystemClock
from chassis.commands import Command, Service
from chassis.db import Database
from seal import tables
from seal.certificate_request import build_request
from seal.conformance import command as conformance
from seal.keys.pkcs11 import Pkcs11Key, ensure_key_pair
from seal.openapi import openapi_document
from seal.settings import SealSettings, TokenSettings
from seal.simulator import command as simulator
from seal.usecases.check_log import check_log


async def _audit(settings: SealSettings) -> str:
    database = Database(settings.database, pool_size=1)
    try:
        checked = await check_log(database, Audit(tables.audit, SystemClock()))
    finally:
        await database.close()
    return f"{checked.signatures} signatures and {checked.audit_rows} audit rows checked"


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


SERVICE = Service(
    name="seal",
    settings=SealSettings,
    migrations=Path(__file__).parents[1] / "migrations",
    api="seal.app:build_app",
    worker="seal.worker:run_worker",
    openapi=openapi_document,
    audit=_audit,
    more={
        "keygen": Command(
            "make the key pair in the token unless it is there", _keygen, _keygen_arguments
        ),
        "conformance": Command(
            "examine any seal service and say in Chinese what must be mended",
            conformance.run,
            conformance.arguments,
        ),
        "simulate": Command(
            "run a misbehaving seal service with a throw-away key, for trials and tests",
            simulator.run,
            simulator.arguments,
        ),
    },
)

if __name__ == "__main__":
    SERVICE.main()
