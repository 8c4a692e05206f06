"""Whoever may reach whom is exactly who calls whom; the list of calls is the design's."""

import pytest
from tests.deploy.reach import OUTSIDE, parties, reach

SERVICES = ("identity", "hours", "certificates", "verify")
# Who calls whom over HTTP: people through the gateway, token keys and ID numbers from identity,
# forms from certificates, and the log that verify's audit compares with.
CALLS = {
    "gateway-proxy": {"identity-api", "hours-api", "certificates-api", "verify-api", "portal-web"},
    "identity-api": {"certificates-api"},
    "hours-api": {"identity-api", "certificates-api"},
    "certificates-api": {"identity-api"},
    "certificates-worker": {"identity-api"},
    "verify-api": {"identity-api"},
    "verify-worker": {"identity-api"},
    "verify-audit": {"certificates-api"},
    "portal-web": {"identity-api"},
}
# Seal services and authorities by the one, web hooks by the other.
ABROAD = {"certificates-worker": {443, 80}, "verify-worker": {443}}
KEEPS_FILES = {
    "hours-api",
    "hours-audit",
    "certificates-api",
    "certificates-worker",
    "certificates-audit",
}
HEARD_BY_CACHE = {"verify-api", "verify-worker", "verify-audit"}
# Each takes its orders from the cluster's own interface; databases send their log to the store.
MINDED_BY_AN_OPERATOR = {443, 6443}
BROKERS_BETWEEN_THEM = {"broker:4369", "broker:25672", "broker:35672-35682"}


def calls_of_ours(overlay: str) -> dict[str, set[str]]:
    """Return what the processes of the platform need, in either overlay."""
    names = {one.name for one in parties(overlay)}
    wanted: dict[str, set[str]] = {}
    for service in SERVICES:
        for process in ("api", "worker", "migrate", "audit", "seed"):
            name = f"{service}-{process}"
            if name in names:
                wanted[name] = {f"{service}-database:5432"}
                wanted[name] |= {"broker:5671"} if process == "worker" else set()
                wanted[name] |= {"cache:6379"} if name in HEARD_BY_CACHE else set()
                wanted[name] |= {f"{OUTSIDE}:{port}" for port in ABROAD.get(name, ())}
        between = {f"{service}-database:{port}" for port in (5432, 8000)}
        wanted[f"{service}-database"] = between | _orders()
    for caller, called in CALLS.items():
        wanted.setdefault(caller, set()).update(f"{one}:8000" for one in called)
    wanted["broker"] = BROKERS_BETWEEN_THEM | _orders()
    wanted["cache"] = {"cache:6379"}
    wanted[OUTSIDE] = {"gateway-proxy:8443", "gateway-proxy:8080"}
    wanted["namespace/cnpg-system"] = {
        f"{service}-database:{port}" for service in SERVICES for port in (5432, 8000)
    }
    wanted["namespace/rabbitmq-system"] = {"broker:15671", "broker:15672"}
    wanted["namespace/redis-operator"] = {"cache:6379"}
    return wanted


def _orders() -> set[str]:
    return {f"{OUTSIDE}:{port}" for port in MINDED_BY_AN_OPERATOR}


def without_names(found: dict[str, set[str]]) -> dict[str, set[str]]:
    """Leave out what everybody may: ask for names."""
    return {one: targets - {"namespace/kube-system:53"} for one, targets in found.items()}


def test_the_province_reaches_what_is_called_and_nothing_else() -> None:
    wanted = calls_of_ours("province")
    for name in KEEPS_FILES:
        wanted[name].add(f"{OUTSIDE}:443")
    wanted["cache-sentinel"] = {"cache:6379", "cache-sentinel:26379"}
    wanted["namespace/redis-operator"].add("cache-sentinel:26379")
    wanted["namespace/keda"] = {"broker:15672"}
    figures = {"broker:15692", "gateway-proxy:9902"}
    for service in SERVICES:
        figures |= {f"{service}-api:8000", f"{service}-worker:8001", f"{service}-database:9187"}
    wanted["namespace/observability"] = figures
    for name in wanted:
        if name.split("-")[0] in (*SERVICES, "gateway") and not name.endswith("-database"):
            wanted[name].add("namespace/observability:4318")
    wanted["portal-web"] |= {f"namespace/observability:{port}" for port in (9090, 4318)}
    assert without_names(reach("province")) == wanted


def test_the_single_node_adds_its_seal_services() -> None:
    wanted = calls_of_ours("single-node")
    wanted["certificates-worker"].add("seal-api:8000")
    wanted |= calls_of_a_bureau() | {"seal-keygen": set()}
    wanted["namespace/cnpg-system"] |= {"seal-database:5432", "seal-database:8000"}
    assert without_names(reach("single-node")) == wanted


def test_a_bureau_is_reached_by_its_ingress_and_reaches_its_device() -> None:
    wanted = calls_of_a_bureau()
    wanted["seal-api"].add(f"{OUTSIDE}:1792")
    wanted["namespace/ingress"] = {"seal-api:8000"}
    wanted["namespace/cnpg-system"] = {"seal-database:5432", "seal-database:8000"}
    assert without_names(reach("bureau")) == wanted


def calls_of_a_bureau() -> dict[str, set[str]]:
    """Return what a seal service needs: its database."""
    wanted = {
        f"seal-{one}": {"seal-database:5432"} for one in ("api", "worker", "migrate", "audit")
    }
    return wanted | {"seal-database": {"seal-database:5432", "seal-database:8000"} | _orders()}


@pytest.mark.parametrize("data", ["identity-database", "broker", "cache"])
def test_nobody_outside_reaches_data(data: str) -> None:
    assert not [one for one in reach("province")[OUTSIDE] if one.startswith(f"{data}:")]
