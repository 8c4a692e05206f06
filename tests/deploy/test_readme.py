"""What the README tells people to type names things that exist."""

import re

from tests.deploy.rendered import K8S, OVERLAYS, rendered, workloads
from tests.kit.stack import ROOT

TEXT = (K8S / "README.md").read_text(encoding="utf-8")


def test_every_path_is_there() -> None:
    paths = re.findall(r"(?:-k|-f|kustomize) (deploy/\S+?)[`\s]", TEXT)
    assert len(paths) >= 3
    assert [path for path in paths if not (ROOT / path).exists()] == []
    for folder in re.findall(r"`((?:components|overlays|base)/[\w/.-]+)`", TEXT):
        assert (K8S / folder.rstrip("/")).exists(), folder


def test_every_label_chooses_something() -> None:
    chosen = set(re.findall(r"-l ([\w./-]+=[\w-]+)", TEXT))
    assert chosen
    labels = {
        f"{name}={value}"
        for one in rendered("province")
        for name, value in one["metadata"].get("labels", {}).items()
    }
    assert chosen <= labels


def test_every_job_deployment_and_namespace_is_there() -> None:
    known = {one.name for overlay in OVERLAYS for one in workloads(overlay)}
    named = re.findall(r"(?:cronjob|deploy|job)/([a-z]+-[a-z]+)", TEXT)
    named += re.findall(r"(?:restart|scale) deployment ((?:[a-z]+-[a-z]+ ?)+)", TEXT)
    assert {one for text in named for one in text.split()} <= known
    namespaces = {one["metadata"]["name"] for o in OVERLAYS for one in rendered(o)}
    assert set(re.findall(r"kubectl -n ([a-z-]+)", TEXT)) <= namespaces


def test_every_component_is_used_by_an_overlay_and_described() -> None:
    texts = "".join(path.read_text() for path in (K8S / "overlays").rglob("kustomization.yaml"))
    texts += "".join(path.read_text() for path in (K8S / "base").rglob("kustomization.yaml"))
    for component in (K8S / "components").iterdir():
        if component.name != "seal-database":
            assert component.name in TEXT, component.name
        assert f"components/{component.name}" in texts, component.name
