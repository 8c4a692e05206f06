"""The portal: its built files, handed out by a process of our own."""

from deploy.local.checkout import Checkout
from deploy.local.fingerprints import fingerprint
from deploy.local.processes import Process
from deploy.local.waiting import answers_http


def process(checkout: Checkout) -> Process:
    """Describe the process; it reads what is built at its start."""
    portal = checkout.root / "portal"
    port = checkout.ports["PORTAL_API"]
    return Process(
        name="portal",
        command=f"{checkout.python} -m portal_server",
        ports=("PORTAL_API",),
        environment={
            "PYTHONUNBUFFERED": "1",
            "PORTAL_API_PORT": str(port),
            "PORTAL_BUILT_DIR": str(portal / "built"),
            # A portal that was built anew is read anew.
            "YUZHENG_REVISION": fingerprint(
                portal / "built",
                portal / "server" / "portal_server",
                checkout.root / "chassis" / "chassis" / "serving.py",
            ),
        },
        is_ready=lambda: answers_http(f"http://127.0.0.1:{port}/health/ready"),
    )
