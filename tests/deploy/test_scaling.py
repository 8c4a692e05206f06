"""What is scaled exists, has a queue that exists, and leaves databases and memory enough."""

import importlib
import re
from collections import Counter

import pytest
import yaml
from deploy.local.ports import read_assignments
from tests.deploy.rendered import OVERLAYS, environment, of_kind, workloads
from tests.kit.stack import ROOT

from certificates.settings import Settings
from chassis.settings import ServiceSettings

SERVICES = ("identity", "hours", "certificates", "verify")
POOL = ServiceSettings.model_fields["database_pool_size"].default
# Leases have a pool of their own in two workers (certificates/worker.py, verify/worker.py).
LEASES = {"certificates-worker": 24, "verify-worker": 24}
# Superuser, replication, the operator's own looks, jobs: migrate, audit, seed.
RESERVED = 40


def highest(overlay: str) -> Counter[str]:
    """Return the most copies that each deployment may have."""
    found = Counter({one.name: one.replicas for one in workloads(overlay) if one.runs_on})
    for scaler in of_kind(overlay, "HorizontalPodAutoscaler"):
        found[scaler["spec"]["scaleTargetRef"]["name"]] = scaler["spec"]["maxReplicas"]
    for scaler in of_kind(overlay, "ScaledObject"):
        found[scaler["spec"]["scaleTargetRef"]["name"]] = scaler["spec"]["maxReplicaCount"]
    # One more while a new version comes.
    return Counter({name: count + 1 for name, count in found.items()})


def test_only_what_exists_is_scaled_and_only_once() -> None:
    targets = [
        scaler["spec"]["scaleTargetRef"]["name"]
        for scaler in of_kind("province", "HorizontalPodAutoscaler", "ScaledObject")
    ]
    assert len(set(targets)) == len(targets)
    scaled = {
        one["metadata"]["name"]
        for one in of_kind("province", "Deployment")
        if "replicas" not in one["spec"]
    }
    # A number in the file would be set back at every release.
    assert scaled == set(targets)


def test_queues_that_scale_are_those_of_the_service() -> None:
    for scaler in of_kind("province", "ScaledObject"):
        service = scaler["metadata"]["name"].removesuffix("-worker")
        queues = set(importlib.import_module(f"{service}.subscribers").QUEUES)
        named = {
            trigger["metadata"]["queueName"]
            for trigger in scaler["spec"]["triggers"]
            if trigger["type"] == "rabbitmq"
        }
        assert named
        assert named <= queues


def test_the_rate_that_verify_is_scaled_by_is_counted_and_turned_into_a_rate() -> None:
    values = ROOT / "deploy/k8s/components/autoscaling/prometheus-adapter-values.yaml"
    (rule,) = yaml.safe_load(values.read_text(encoding="utf-8"))["rules"]["custom"]
    scaler = next(
        one
        for one in of_kind("province", "HorizontalPodAutoscaler")
        if one["metadata"]["name"] == "verify-api"
    )
    metric = scaler["spec"]["metrics"][1]["pods"]["metric"]["name"]
    assert rule["name"]["as"] == metric
    counted = re.match(r"[a-z_]+", rule["seriesQuery"]).group()
    names = yaml.safe_load((ROOT / "contracts/telemetry/metrics.yaml").read_text(encoding="utf-8"))
    assert counted.removesuffix("_total").replace("_", ".") in names


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_databases_have_a_connection_for_everybody(overlay: str) -> None:
    copies = highest(overlay)
    for cluster in of_kind(overlay, "Cluster"):
        unit = cluster["metadata"]["name"].removesuffix("-database")
        needed = RESERVED + sum(
            copies[f"{unit}-{process}"] * (POOL + LEASES.get(f"{unit}-{process}", 0))
            for process in ("api", "worker")
        )
        limit = int(cluster["spec"]["postgresql"]["parameters"]["max_connections"])
        assert needed <= limit, f"{overlay}: {unit} needs {needed}"


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_a_cluster_of_one_waits_for_no_second(overlay: str) -> None:
    for cluster in of_kind(overlay, "Cluster"):
        waits_for = cluster["spec"]["postgresql"].get("synchronous", {}).get("number", 0)
        assert waits_for < cluster["spec"]["instances"]
        # With one copy nobody needs to be lost for none to be left.
        assert bool(waits_for) == (cluster["spec"]["instances"] > 1)


def mebibytes(quantity: str) -> int:
    """Return a quantity of memory in MiB."""
    number, unit = re.fullmatch(r"(\d+)(Mi|Gi)", quantity).groups()
    return int(number) * {"Mi": 1, "Gi": 1024}[unit]


def test_document_processes_fit_into_their_pod() -> None:
    fields = Settings.model_fields
    worker = next(one for one in workloads("province") if one.name == "certificates-worker")
    limit = mebibytes(worker.containers[0]["resources"]["limits"]["memory"])
    # Twice document_megabytes ends a document; the worker itself stays below a quarter GiB.
    most = 2 * fields["document_megabytes"].default * fields["document_processes"].default
    assert most + 256 <= limit


@pytest.mark.parametrize("overlay", ["province", "single-node"])
def test_the_gateways_heap_ends_before_its_pod_does(overlay: str) -> None:
    gateway = next(one for one in workloads(overlay) if one.unit == "gateway")
    given = {**read_assignments(ROOT / "gateway" / "limits.env"), **environment(overlay, gateway)}
    limit = mebibytes(gateway.containers[0]["resources"]["limits"]["memory"])
    assert int(given.get("HEAP_BYTES", 0)) / 2**20 <= 0.8 * limit
