"""Every pod of ours is restricted, says what it needs, and bears the loss of a node."""

import re

import pytest
from tests.deploy.rendered import OVERLAYS, Workload, of_kind, rendered, workloads

every = pytest.mark.parametrize(
    ("overlay", "workload"),
    [(overlay, one) for overlay in OVERLAYS for one in workloads(overlay)],
    ids=[f"{overlay}:{one}" for overlay in OVERLAYS for one in workloads(overlay)],
)
TAGGED = re.compile(
    r"[a-z0-9.:-]+/yuzheng/[a-z-]+(:(?!latest$)[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})"
)


def running(overlay: str) -> list[Workload]:
    return [one for one in workloads(overlay) if one.runs_on]


@every
def test_pod_is_restricted(overlay: str, workload: Workload) -> None:
    pod = workload.pod["securityContext"]
    assert pod["runAsNonRoot"]
    assert pod["runAsUser"] >= 10_000
    assert pod["seccompProfile"] == {"type": "RuntimeDefault"}
    assert workload.pod["automountServiceAccountToken"] is False
    assert workload.pod["enableServiceLinks"] is False
    assert workload.pod["serviceAccountName"] == workload.unit
    for forbidden in ("hostNetwork", "hostPID", "hostIPC"):
        assert not workload.pod.get(forbidden)
    for container in workload.containers:
        context = container["securityContext"]
        assert context["readOnlyRootFilesystem"]
        assert context["allowPrivilegeEscalation"] is False
        assert context["capabilities"] == {"drop": ["ALL"]}
    kinds = {kind for volume in workload.pod["volumes"] for kind in volume if kind != "name"}
    assert kinds <= {"projected", "secret", "configMap", "emptyDir", "persistentVolumeClaim"}


@every
def test_image_has_a_version_that_stays(overlay: str, workload: Workload) -> None:
    for container in workload.containers:
        assert TAGGED.fullmatch(container["image"]), container["image"]


@every
def test_pod_says_what_it_needs_and_no_scratch_space_is_without_end(
    overlay: str, workload: Workload
) -> None:
    for container in workload.containers:
        for amounts in container["resources"].values():
            assert set(amounts) == {"cpu", "memory"}
        assert set(container["resources"]) == {"requests", "limits"}
    for volume in workload.pod["volumes"]:
        if "emptyDir" in volume:
            assert volume["emptyDir"]["sizeLimit"]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_serves_is_asked_for_its_health_and_drained_before_it_ends(overlay: str) -> None:
    for workload in running(overlay):
        container = workload.pod["containers"][0]
        ports = {port["name"] for port in container["ports"]}
        for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
            assert container[probe]["httpGet"]["port"] in ports, f"{workload}: {probe}"
        # Live asks the process alone: a database that is away must not restart everybody.
        live, ready = (container[f"{p}Probe"]["httpGet"]["path"] for p in ("liveness", "readiness"))
        if workload.process in {"api", "worker"}:
            assert (live, ready) == ("/health/live", "/health/ready")
            # The route itself may take three seconds for its checks.
            assert container["readinessProbe"]["timeoutSeconds"] > 3
        if workload.process != "worker":
            wait = container["lifecycle"]["preStop"]["sleep"]["seconds"]
            # A request may take fifteen seconds after that.
            assert wait + 15 <= workload.pod["terminationGracePeriodSeconds"]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_no_node_takes_all_copies_with_it(overlay: str) -> None:
    budgets = [
        (one["metadata"]["namespace"], one["spec"]["selector"]["matchLabels"])
        for one in of_kind(overlay, "PodDisruptionBudget")
        if one["spec"]["maxUnavailable"] == 1
    ]
    selectors = {
        (one["metadata"]["namespace"], one["metadata"]["name"]): one["spec"]["selector"]
        for one in of_kind(overlay, "Deployment")
    }
    for workload in running(overlay):
        selector = selectors[workload.namespace, workload.name]["matchLabels"]
        assert (workload.namespace, selector) in budgets, workload
        spread = workload.pod["topologySpreadConstraints"]
        assert {one["topologyKey"] for one in spread} == {
            "kubernetes.io/hostname",
            "topology.kubernetes.io/zone",
        }
        assert all(one["labelSelector"]["matchLabels"] == selector for one in spread)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_namespaces_enforce_the_restricted_standard_and_refuse_by_default(overlay: str) -> None:
    namespaces = {one["metadata"]["name"]: one["metadata"] for one in of_kind(overlay, "Namespace")}
    for metadata in namespaces.values():
        assert metadata["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    refusing = {
        one["metadata"]["namespace"]
        for one in of_kind(overlay, "NetworkPolicy")
        if one["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    }
    assert refusing == set(namespaces)
    used = {one["metadata"].get("namespace") for one in rendered(overlay)} - {None}
    assert used == set(namespaces)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_no_secret_is_in_a_manifest(overlay: str) -> None:
    assert of_kind(overlay, "Secret") == []


def test_every_unit_of_the_platform_has_its_processes() -> None:
    services = {"identity", "hours", "certificates", "verify"}
    found = {(one.unit, one.process) for one in workloads("province")}
    wanted = {(s, p) for s in services for p in ("api", "worker", "migrate", "audit")}
    assert found == wanted | {("identity", "seed"), ("portal", "web"), ("gateway", "proxy")}


def test_a_bureau_runs_a_seal_service_and_nothing_else() -> None:
    found = {(one.unit, one.process) for one in workloads("bureau")}
    assert found == {("seal", p) for p in ("api", "worker", "migrate", "audit")}
