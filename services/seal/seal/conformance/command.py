"""``python -m seal conformance URL``."""

import argparse
import json
import sys
from pathlib import Path

import httpx
from cryptography import x509

from chassis.clock import SystemClock
from chassis.settings import read_secret
from seal.conformance.deliveries import Deliveries, receiving
from seal.conformance.document_subject import DocumentSubject
from seal.conformance.examine import PROFILES, WHOLE_PDF, examine
from seal.conformance.report import Report
from seal.conformance.session import Terms
from seal.conformance.subject import Subject


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", help="base address; /csc/v1 and /oauth2 lie below it")
    parser.add_argument("--profile", choices=sorted(PROFILES), default="core")
    parser.add_argument("--credential", help="credential to examine; needed when there are several")
    parser.add_argument("--client-id", help="OAuth client; without one no token is sent")
    parser.add_argument("--secret-file", type=Path, help="file with the client's secret")
    parser.add_argument("--office-name", help="full name the certificate must carry")
    parser.add_argument("--roots", type=Path, help="PEM roots the certificate must chain to")
    parser.add_argument("--batch", type=int, default=20, help="largest batch tried (default 20)")
    parser.add_argument("--samples", type=int, default=10, help="calls for the latency figures")
    parser.add_argument("--slow", type=float, default=5.0, help="seconds one seal may take")
    parser.add_argument("--timeout", type=float, default=15.0, help="seconds one call may take")
    parser.add_argument("--wait", type=float, default=0.0, help="seconds to wait for a token's end")
    parser.add_argument(
        "--patience",
        type=float,
        default=60.0,
        help="whole-pdf: seconds a document accepted for later is waited for (default 60)",
    )
    parser.add_argument(
        "--return-to",
        metavar="URL",
        help="whole-pdf: where the service reaches this machine; listens on that address's port",
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="ID",
        help="one requirement of the profile, for whoever is mending it; may be repeated",
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


async def run(options: argparse.Namespace) -> int:
    """Examine and print; 0: nothing failed, 1: something must be mended, 2: wrongly asked."""
    if bool(options.client_id) != bool(options.secret_file):
        sys.stderr.write("seal: --client-id and --secret-file belong together\n")
        return 2
    if unknown := {*options.only} - {one.id for one in PROFILES[options.profile]}:
        names = ", ".join(sorted(unknown))
        sys.stderr.write(f"seal: profile {options.profile} has no requirement {names}\n")
        return 2
    roots = options.roots.read_bytes() if options.roots else b""
    terms = Terms(
        credential=options.credential,
        client_id=options.client_id,
        secret=read_secret(options.secret_file) if options.secret_file else "",
        office_name=options.office_name,
        roots=x509.load_pem_x509_certificates(roots) if roots else (),
        batch=options.batch,
        samples=options.samples,
        slow_seconds=options.slow,
        longest_wait_seconds=options.wait,
        patience_seconds=options.patience,
    )
    base_url = options.url.rstrip("/").removesuffix("/csc/v1")
    async with httpx.AsyncClient(base_url=base_url, timeout=options.timeout) as http:
        report = await _examined(http, terms, options)
    if options.json:
        document = json.dumps(report.as_document(), ensure_ascii=False, indent=2)
        sys.stdout.write(f"{document}\n")
    else:
        sys.stdout.write(report.as_text())
    return 0 if report.passed else 1


async def _examined(http: httpx.AsyncClient, terms: Terms, options: argparse.Namespace) -> Report:
    clock = SystemClock()
    if options.profile != WHOLE_PDF:
        return await examine(Subject(http, terms, clock), options.profile, options.only)
    deliveries = Deliveries(options.return_to.rstrip("/") if options.return_to else None)
    async with receiving(deliveries):
        subject = DocumentSubject(http, terms, clock, deliveries=deliveries)
        return await examine(subject, WHOLE_PDF, options.only)
