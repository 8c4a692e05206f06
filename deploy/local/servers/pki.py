"""The test PKI's services: timestamps, OCSP and revocation lists, from certomancer."""

import urllib.error
import urllib.request

from deploy.local.checkout import Checkout
from deploy.local.fingerprints import fingerprint
from deploy.local.processes import Process


def process(checkout: Checkout) -> Process:
    """Describe the responder; its configuration is written when the PKI is made."""
    configuration = checkout.pki / "certomancer.yml"
    port = checkout.ports["PKI"]
    return Process(
        name="pki",
        command=(f"{checkout.python} -m deploy.local.pki.serve {configuration} {port}"),
        environment={"YUZHENG_REVISION": fingerprint(configuration)},
        ports=("PKI",),
        is_ready=lambda: _answers(port),
    )


def _answers(port: int) -> bool:
    # It has no health address; any HTTP answer shows that it serves.
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
