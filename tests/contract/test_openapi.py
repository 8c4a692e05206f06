"""The HTTP interfaces are files: what a service serves is what its golden says.

A golden that is out of date is written again with

    .venv/bin/python -m SERVICE openapi > contracts/http/SERVICE.json

and its difference is read like code, because it is what callers will meet.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from tests.architecture.sources import SERVICES
from tests.contract.events import CONTRACTS
from tests.kit.stack import ROOT

HTTP = CONTRACTS / "http"
# What a repetition cannot do twice: they keep nothing, only read, or keep the first.
REPEATABLE = {
    ("identity", "/api/identity/v1/tokens"),
    ("identity", "/api/identity/v1/client-tokens"),
    ("identity", "/api/identity/v1/sessions"),
    ("identity", "/api/identity/v1/sessions/renewal"),
    ("identity", "/api/identity/v1/affiliations/search"),
    ("identity", "/internal/tokens"),
    ("identity", "/internal/resolve"),
    ("hours", "/api/hours/v1/claims/estimate"),
    ("certificates", "/api/certificates/v1/seal-returns/{ticket}"),
    ("certificates", "/internal/forms/{form}"),
    ("verify", "/api/verify/v1/client/check"),
    ("verify", "/api/verify/v1/client/checks"),
    ("verify", "/api/verify/v1/documents"),
    ("verify", "/api/verify/v1/lookups"),
    ("verify", "/api/verify/v1/office-lookups"),
    ("verify", "/api/verify/v1/receipts"),
    ("verify", "/v/{token}"),
}
# The portal's process has an API too, and a package named otherwise.
MODULES = {**{service: service for service in SERVICES}, "portal": "portal_server"}
BEHIND_THE_GATEWAY = tuple(service for service in MODULES if service != "seal")
every_service = pytest.mark.parametrize("service", MODULES)
every_routed = pytest.mark.parametrize("service", BEHIND_THE_GATEWAY)


@cache
def golden(service: str) -> dict[str, Any]:
    path = HTTP / f"{service}.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {"paths": {}}


def operations(service: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in golden(service)["paths"].items():
        for method, operation in item.items():
            if method in ("get", "post", "put", "patch", "delete", "head"):
                yield method, path, operation


@every_service
def test_golden_is_what_the_service_prints(service: str) -> None:
    # Without any setting: the document must not depend on where it is made.
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "PYTHONUTF8": "1"}
    printed = subprocess.run(
        [sys.executable, "-m", MODULES[service], "openapi"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert printed.returncode == 0, printed.stderr[-2000:]
    path = HTTP / f"{service}.json"
    command = f"python -m {MODULES[service]} openapi > contracts/http/{service}.json"
    assert path.is_file(), f"no golden yet: {command}"
    assert printed.stdout == path.read_text(encoding="utf-8"), f"changed on purpose? {command}"


@every_service
def test_every_operation_has_a_summary(service: str) -> None:
    assert [f"{m} {path}" for m, path, one in operations(service) if not one.get("summary")] == []


@every_routed
def test_state_changing_operation_takes_an_idempotency_key(service: str) -> None:
    # The signing API is a standard's and has a field of its own for it.
    without = [
        f"{method} {path}"
        for method, path, operation in operations(service)
        if method in ("post", "patch") and (service, path) not in REPEATABLE
        if "idempotency-key" not in {one["name"].lower() for one in operation.get("parameters", ())}
    ]
    assert without == []


@every_routed
def test_operation_with_a_body_says_how_it_fails(service: str) -> None:
    silent = [
        f"{method} {path}"
        for method, path, operation in operations(service)
        if method in ("post", "patch") and set(operation["responses"]) <= {"200", "201", "202"}
    ]
    assert silent == []


@every_routed
def test_failures_are_problem_documents(service: str) -> None:
    """Whatever fails by our own word; a range that is not there has no words."""
    others = [
        f"{method} {path}: {status} {media_type}"
        for method, path, operation in operations(service)
        for status, answer in operation["responses"].items()
        for media_type in answer.get("content", ())
        if status >= "400" and media_type != "application/problem+json"
    ]
    # The page of a certificate says in its own words that it was asked too often.
    assert others == [one for one in others if one == "post /v/{token}: 429 application/json"]


@every_routed
def test_operation_with_a_key_says_when_the_key_is_refused(service: str) -> None:
    keyed = [
        f"{method} {path}"
        for method, path, operation in operations(service)
        if "idempotency-key" in {one["name"].lower() for one in operation.get("parameters", ())}
        if "chassis.idempotency_key_missing" not in _says_of(operation, "400")
        or "chassis.idempotency_key_reused" not in _says_of(operation, "409")
    ]
    assert keyed == []


def _says_of(operation: dict[str, Any], status: str) -> str:
    return str(operation["responses"].get(status, {}).get("description", ""))


@every_routed
def test_path_is_the_services_own_or_internal(service: str) -> None:
    prefixes = (f"/api/{service}/v1/", "/internal/", *(["/v/"] if service == "verify" else []))
    assert [path for _, path, _ in operations(service) if not path.startswith(prefixes)] == []


@every_routed
def test_gateway_routes_public_paths_to_their_service_and_no_others(service: str) -> None:
    for method, path, _ in operations(service):
        cluster = routed_to(method, path)
        assert cluster == expected(service, method, path), path


def expected(service: str, method: str, path: str) -> str | None:
    if path.startswith("/internal/"):
        return None
    # What is scanned, and what it is checked with, has connections of its own.
    return "verify-check" if path.startswith("/v/") else service


@pytest.mark.parametrize("path", ["/internal/tokens", "/metrics", "/health/ready", "/csc/v1/info"])
def test_gateway_routes_nothing_that_is_for_the_inside(path: str) -> None:
    assert routed_to("get", path) is None
    assert routed_to("post", path) is None


def test_gateway_rewrites_no_path() -> None:
    # A rewrite could turn a public path into an internal one behind the checks above.
    text = (ROOT / "gateway" / "envoy.yaml").read_text(encoding="utf-8")
    assert re.findall(r"(prefix_rewrite|regex_rewrite|path_rewrite\w*)", text) == []


@cache
def routes() -> list[dict[str, Any]]:
    text = (ROOT / "gateway" / "envoy.yaml").read_text(encoding="utf-8")
    # The one that names a part of the document; where it listens changes no route.
    text = text.replace("${TRANSPORT}", "plain")
    document = yaml.safe_load(re.sub(r"\$\{\w+\}", "1", text))
    # Beside the public door there are the one that leads to https and the one for statistics.
    (public,) = [host for host in _virtual_hosts(document) if host["name"] == "yuzheng"]
    return list(public["routes"])


def routed_to(method: str, path: str) -> str | None:
    """Return the cluster of the first route that matches, None when the gateway answers itself."""
    for route in routes():
        if _matches(route["match"], method, path):
            return route["route"]["cluster"] if "route" in route else None
    return None


def _matches(match: dict[str, Any], method: str, path: str) -> bool:
    for header in match.get("headers", ()):
        assert header["name"] == ":method"
        if not _says(header["string_match"], method.upper()):
            return False
    if "connect_matcher" in match:
        return method == "connect"
    if "prefix" in match:
        return path.startswith(match["prefix"])
    return _says(match, path)


def _says(match: dict[str, Any], text: str) -> bool:
    if "safe_regex" in match:
        # Envoy's regular expressions match the whole text.
        return re.fullmatch(match["safe_regex"]["regex"], text) is not None
    assert {"exact", "path"} & set(match), "a kind of match this test does not know"
    return text == match.get("exact", match.get("path"))


def _virtual_hosts(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield from node.get("virtual_hosts", ())
        for value in node.values():
            yield from _virtual_hosts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _virtual_hosts(value)
