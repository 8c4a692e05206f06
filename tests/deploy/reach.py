"""Who may reach whom, computed from the network policies as a cluster's network would."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.deploy.rendered import Manifest, of_kind, workloads

NAMESPACE = "kubernetes.io/metadata.name"
OUTSIDE = "outside"


@dataclass(frozen=True)
class Party:
    """Pods that are treated alike: a process of ours, or what an operator makes."""

    name: str
    namespace: str
    labels: Mapping[str, str]
    ports: Mapping[str, int]

    def port(self, port: int | str) -> int | None:
        """Return a port's number; None for a name that these pods do not have."""
        return self.ports.get(port) if isinstance(port, str) else port


@cache
def parties(overlay: str) -> tuple[Party, ...]:
    """Return everybody in the overlay."""
    return (*_ours(overlay), *_of_operators(overlay))


def _ours(overlay: str) -> Iterator[Party]:
    for one in workloads(overlay):
        ports = {
            port["name"]: port["containerPort"]
            for container in one.containers
            for port in container.get("ports", [])
        }
        yield Party(f"{one.unit}-{one.process}", one.namespace, one.labels, ports)


def _of_operators(overlay: str) -> Iterator[Party]:
    """Yield the operators' pods by the labels that their documents promise."""
    labels = {
        "Cluster": lambda name: (name, {"cnpg.io/cluster": name}, {"metrics": 9187}),
        "RabbitmqCluster": lambda name: (name, {"app.kubernetes.io/name": name}, {}),
        "RedisReplication": lambda name: (name, {"app": name}, {}),
        "RedisSentinel": lambda name: (f"{name}-sentinel", {"app": f"{name}-sentinel"}, {}),
    }
    for one in of_kind(overlay, *labels):
        name, found, ports = labels[one["kind"]](one["metadata"]["name"])
        yield Party(name, one["metadata"]["namespace"], found, ports)


def reach(overlay: str) -> dict[str, set[str]]:
    """Return party → what it may reach, as `name:port`.

    A namespace that is not rendered is written `namespace/NAME`; addresses are `outside`.
    """
    found: dict[str, set[str]] = {}
    for source in parties(overlay):
        for peer, port in _rules(overlay, source, "egress"):
            found.setdefault(source.name, set()).update(_targets(overlay, source, peer, port))
    for target in parties(overlay):
        for peer, port in _rules(overlay, target, "ingress"):
            number = target.port(port["port"])
            for source_name in _strangers(overlay, peer):
                if number:
                    found.setdefault(source_name, set()).add(
                        f"{target.name}:{_shown(port, number)}"
                    )
    return found


def _targets(overlay: str, source: Party, peer: Any, port: Any) -> Iterator[str]:
    """Yield whom a rule of ``source`` lets it reach and who lets it in."""
    if peer is None or "ipBlock" in peer:
        yield f"{OUTSIDE}:{_shown(port, port['port'])}"
        return
    for stranger in _strangers(overlay, peer):
        yield f"{stranger}:{_shown(port, port['port'])}"
    for target in parties(overlay):
        number = target.port(port["port"])
        if number and _is(overlay, peer, target, source.namespace):
            for back, door in _rules(overlay, target, "ingress"):
                open_door = target.port(door["port"]) == number
                if open_door and (back is None or _is(overlay, back, source, target.namespace)):
                    yield f"{target.name}:{_shown(port, number)}"


def _shown(port: Mapping[str, Any], number: int) -> str:
    return f"{number}-{port['endPort']}" if "endPort" in port else str(number)


def _rules(overlay: str, party: Party, direction: str) -> Iterator[tuple[Any, Any]]:
    """Yield (peer, port) of every policy for these pods; peer None is everybody."""
    side = {"egress": "to", "ingress": "from"}[direction]
    for policy in of_kind(overlay, "NetworkPolicy"):
        spec = policy["spec"]
        here = policy["metadata"]["namespace"] == party.namespace
        if here and matches(spec["podSelector"], party.labels):
            for rule in spec.get(direction, []):
                for peer in rule.get(side, [None]):
                    yield from ((peer, port) for port in rule["ports"])


def _is(overlay: str, peer: Manifest, party: Party, own: str) -> bool:
    """Whether a peer of a policy in the namespace ``own`` means these pods."""
    if "ipBlock" in peer:
        return False
    where = party.namespace == own
    if "namespaceSelector" in peer:
        where = matches(peer["namespaceSelector"], _namespaces(overlay)[party.namespace])
    return where and matches(peer.get("podSelector", {}), party.labels)


def _strangers(overlay: str, peer: Any) -> Iterator[str]:
    """Yield the namespace that a peer names, when it is none of ours."""
    if peer is None:
        yield OUTSIDE
    elif "namespaceSelector" in peer:
        wanted = peer["namespaceSelector"]["matchLabels"]
        if not any(matches({"matchLabels": wanted}, one) for one in _namespaces(overlay).values()):
            yield f"namespace/{wanted[NAMESPACE]}"


@cache
def _namespaces(overlay: str) -> dict[str, dict[str, str]]:
    return {
        one["metadata"]["name"]: {**one["metadata"]["labels"], NAMESPACE: one["metadata"]["name"]}
        for one in of_kind(overlay, "Namespace")
    }


def matches(selector: Manifest, labels: Mapping[str, str]) -> bool:
    """Whether a label selector chooses these labels; an empty one chooses all."""
    operators = {
        "In": lambda value, values: value in values,
        "NotIn": lambda value, values: value not in values,
        "Exists": lambda value, _: value is not None,
        "DoesNotExist": lambda value, _: value is None,
    }
    return all(labels.get(k) == v for k, v in selector.get("matchLabels", {}).items()) and all(
        operators[one["operator"]](labels.get(one["key"]), one.get("values"))
        for one in selector.get("matchExpressions", [])
    )
