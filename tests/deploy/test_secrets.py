"""The README lists every secret and who holds it; the manifests say the same and nothing more."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from tests.deploy.rendered import K8S, OVERLAYS, Manifest, of_kind, rendered, workloads

README = (K8S / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([a-z-]+)` \| (secret|config map) \| ([^|]+) \| ([^|]+) \|", re.MULTILINE)
Held = dict[tuple[str, str], dict[str, set[str]]]


def listed() -> Held:
    """Return (kind, name) → holder → keys, as the README says it."""
    found: Held = {}
    for name, kind, keys, holders in ROW.findall(README):
        all_keys = set(re.findall(r"`([^`]+)`", keys))
        found[kind, name] = dict.fromkeys(re.findall(r"`([^`]+)`", holders), all_keys)
    return found


def held(overlay: str) -> Held:
    """Return the same from the manifests, without what they make themselves."""
    made = {one["metadata"]["name"] for one in of_kind(overlay, "ConfigMap")}
    found: Held = defaultdict(lambda: defaultdict(set))
    for workload in workloads(overlay):
        holder = f"{workload.unit}-{workload.process}"
        for kind, name, keys in _references(workload.pod):
            if name not in made:
                found[kind, name][holder] |= keys
    return found


def _references(pod: Manifest) -> Iterator[tuple[str, str, set[str]]]:
    words = {"secret": "secret", "configMap": "config map"}
    for volume in pod["volumes"]:
        for source in volume.get("projected", {}).get("sources", []):
            for kind, content in source.items():
                yield words[kind], content["name"], {item["key"] for item in content["items"]}
        if "secret" in volume:
            yield "secret", volume["secret"]["secretName"], set()
        if "configMap" in volume:
            yield "config map", volume["configMap"]["name"], set()


def named_by_operators(overlay: str) -> Iterator[str]:
    """Yield every secret that an object of an operator reads."""
    ours = ("Deployment", "Job", "CronJob")
    for one in rendered(overlay):
        if one["kind"] not in ours:
            yield from _names(one.get("spec", {}), one["kind"])


def _names(value: Any, kind: str) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _names(one, kind)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in {"secretName", "caSecretName"} and isinstance(inner, str):
                yield inner
            elif key in {"importCredentialsSecret", "redisSecret", "secretKeyRef"} or (
                kind == "Cluster" and key == "secret"
            ):
                yield inner["name"]
            elif key in {"secretTargetRef", "accessKeyId", "secretAccessKey"}:
                yield from (one["name"] for one in (inner if isinstance(inner, list) else [inner]))
            else:
                yield from _names(inner, kind)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_secret_is_held_by_those_that_the_readme_names(overlay: str) -> None:
    said = listed()
    for what, holders in held(overlay).items():
        assert what in said, f"{what} is not in the README's list"
        for holder, keys in holders.items():
            assert holder in said[what], f"{holder} holds {what}; the README does not say so"
            assert keys <= said[what][holder], f"{holder}: keys of {what}"


def test_the_readme_names_no_holder_and_no_key_too_many() -> None:
    seen: Held = defaultdict(lambda: defaultdict(set))
    for overlay in OVERLAYS:
        for what, holders in held(overlay).items():
            for holder, keys in holders.items():
                seen[what][holder] |= keys
    operators = {name for overlay in OVERLAYS for name in named_by_operators(overlay)}
    for what, holders in listed().items():
        if what in seen:
            assert set(holders) == set(seen[what]), what
        else:
            assert what[1] in operators, f"nobody reads {what}"


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_the_operators_read_is_listed_too(overlay: str) -> None:
    names = {name for _, name in listed()}
    assert set(named_by_operators(overlay)) <= names


@pytest.mark.parametrize(
    ("secret", "holders"),
    [
        # Whoever has these can make certificates, tokens, log roots or tell who somebody is.
        ("certificates-qr-keys", {"certificates-worker"}),
        ("certificates-log-keys", {"certificates-worker"}),
        ("identity-signing-keys", {"identity-api"}),
        ("verify-status-keys", {"verify-worker", "verify-audit"}),
        ("token-mac-keys", {"certificates-worker", "verify-api"}),
        (
            "identity-id-number-keys",
            {"identity-api", "identity-worker", "identity-seed", "identity-audit"},
        ),
        ("first-administrator", {"identity-seed"}),
    ],
)
def test_a_key_is_where_it_is_used_and_nowhere_else(secret: str, holders: set[str]) -> None:
    assert set(held("province")["secret", secret]) == holders
