"""The filled configuration as data, for what is better read than tried."""

from collections.abc import Mapping
from typing import Any

import yaml
from deploy.local.checkout import Checkout
from deploy.local.ports import read_assignments
from deploy.local.servers.envoy import render


def cluster_places() -> Mapping[str, str]:
    """Return where things are in the cluster."""
    return read_assignments(Checkout.from_environment().root / "gateway" / "cluster.env")


def configuration() -> Any:
    """Return the configuration as the cluster has it."""
    return yaml.safe_load(render(Checkout.from_environment(), cluster_places()))


def _manager(listener: str) -> Any:
    listeners = configuration()["static_resources"]["listeners"]
    (found,) = (one for one in listeners if one["name"] == listener)
    return found["filter_chains"][0]["filters"][0]["typed_config"]


def public_routes() -> list[Any]:
    """Return the routes of the public listener, in order."""
    routes: list[Any] = _manager("public")["route_config"]["virtual_hosts"][0]["routes"]
    return routes


def public_filters() -> list[Any]:
    """Return the filters of the public listener, in order."""
    filters: list[Any] = _manager("public")["http_filters"]
    return filters
