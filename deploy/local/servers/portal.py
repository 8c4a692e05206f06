"""The portal: its built files and the dashboards, handed out by a process of our own."""

from deploy.local.checkout import Checkout
from deploy.local.fingerprints import fingerprint
from deploy.local.processes import Process
from deploy.local.waiting import answers_http


def process(checkout: Checkout) -> Process:
    """Describe the process; it reads what is built at its start."""
    portal = checkout.root / "portal"
    dashboards = checkout.root / "deploy" / "observability" / "dashboards"
    ports = checkout.ports
    port = ports["PORTAL_API"]
    return Process(
        name="portal",
        command=f"{checkout.python} -m portal_server",
        ports=("PORTAL_API",),
        environment={
            "PYTHONUNBUFFERED": "1",
            "PORTAL_API_PORT": str(port),
            "PORTAL_BUILT_DIR": str(portal / "built"),
            "PORTAL_DASHBOARDS_DIR": str(dashboards),
            # It answers once `make watch` has started it.
            "PORTAL_PROMETHEUS_URL": f"http://127.0.0.1:{ports['PROMETHEUS']}",
            "PORTAL_JWKS_URL": f"http://127.0.0.1:{ports['IDENTITY_API']}/api/identity/v1/jwks.json",
            "PORTAL_OTLP_ENDPOINT": f"http://127.0.0.1:{ports['SPANS']}",
            # A portal that was built anew is read anew.
            "YUZHENG_REVISION": fingerprint(
                portal / "built",
                portal / "server" / "portal_server",
                dashboards,
                checkout.root / "chassis" / "chassis",
            ),
        },
        is_ready=lambda: answers_http(f"http://127.0.0.1:{port}/health/ready"),
    )
