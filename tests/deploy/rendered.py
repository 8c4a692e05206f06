"""The overlays as kubectl renders them, each once for a session, and what runs in them."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from tests.kit.stack import ROOT

K8S = ROOT / "deploy" / "k8s"
OVERLAYS = ("province", "single-node", "bureau")
# From its wheel: Debian's kubectl is too old for components.
KUBECTL = Path(sys.executable).with_name("kubectl")
Manifest = Mapping[str, Any]


@cache
def rendered(overlay: str) -> tuple[Manifest, ...]:
    """Return every object of an overlay."""
    command = [KUBECTL, "kustomize", K8S / "overlays" / overlay]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    # Warnings, such as of fields that will go, count as errors.
    assert (done.returncode, done.stderr) == (0, "")
    return tuple(yaml.load_all(done.stdout, Loader=yaml.CSafeLoader))


def of_kind(overlay: str, *kinds: str) -> list[Manifest]:
    """Return the overlay's objects of these kinds."""
    return [one for one in rendered(overlay) if one["kind"] in kinds]


def name_of(manifest: Manifest) -> str:
    """Return kind, namespace and name, as a failing test should show them."""
    namespace = manifest["metadata"].get("namespace", "")
    return f"{manifest['kind']} {namespace}/{manifest['metadata']['name']}"


@dataclass(frozen=True)
class Workload:
    """Something that runs pods of ours."""

    kind: str
    name: str
    namespace: str
    replicas: int
    labels: Mapping[str, str]
    pod: Manifest

    @property
    def unit(self) -> str:
        """Whose it is: identity, …, gateway."""
        return self.labels["app.kubernetes.io/name"]

    @property
    def process(self) -> str:
        """What it does: api, worker, migrate, …."""
        return self.labels["app.kubernetes.io/component"]

    @property
    def containers(self) -> list[Manifest]:
        return [*self.pod["containers"], *self.pod.get("initContainers", [])]

    @property
    def runs_on(self) -> bool:
        """Whether it serves until told to stop."""
        return self.kind == "Deployment"

    def __str__(self) -> str:
        return f"{self.namespace}/{self.name}"


@cache
def workloads(overlay: str) -> tuple[Workload, ...]:
    """Return everything that runs our images."""
    return tuple(_workloads(overlay))


def _workloads(overlay: str) -> Iterator[Workload]:
    for one in of_kind(overlay, "Deployment", "Job", "CronJob"):
        spec = one["spec"]
        template = (spec["jobTemplate"]["spec"] if one["kind"] == "CronJob" else spec)["template"]
        yield Workload(
            kind=one["kind"],
            name=one["metadata"]["name"],
            namespace=one["metadata"]["namespace"],
            replicas=spec.get("replicas", 1),
            labels=template["metadata"]["labels"],
            pod=template["spec"],
        )


def environment(overlay: str, workload: Workload) -> dict[str, str]:
    """Return the variables that the first container is started with."""
    maps = {
        (one["metadata"]["namespace"], one["metadata"]["name"]): one["data"]
        for one in of_kind(overlay, "ConfigMap")
    }
    container = workload.pod["containers"][0]
    values: dict[str, str] = {}
    for source in container.get("envFrom", []):
        values |= maps[workload.namespace, source["configMapRef"]["name"]]
    return values | {one["name"]: one["value"] for one in container.get("env", [])}


def mounted_files(workload: Workload) -> dict[str, tuple[str, str, str]]:
    """Return path → (kind, object, key) of every file that is mounted by its name."""
    volumes = {volume["name"]: volume for volume in workload.pod["volumes"]}
    found = {}
    for mount in workload.pod["containers"][0]["volumeMounts"]:
        for source in volumes[mount["name"]].get("projected", {}).get("sources", []):
            ((kind, content),) = source.items()
            for item in content["items"]:
                path = f"{mount['mountPath']}/{item['path']}"
                assert path not in found, f"{workload}: {path} twice"
                found[path] = (kind, content["name"], item["key"])
    return found


def mounted_folders(workload: Workload) -> dict[str, Manifest]:
    """Return path → volume of every mount."""
    volumes = {volume["name"]: volume for volume in workload.pod["volumes"]}
    return {
        mount["mountPath"]: volumes[mount["name"]]
        for mount in workload.pod["containers"][0]["volumeMounts"]
    }
