"""The collector of traces: our own small receiver, because only a file is wanted here."""

from deploy.local.checkout import Checkout
from deploy.local.fingerprints import fingerprint
from deploy.local.processes import Process
from deploy.local.waiting import answers_http


def process(checkout: Checkout) -> Process:
    """OTLP over HTTP in, `.local/spans.jsonl` out."""
    port = checkout.ports["SPANS"]
    program = checkout.root / "deploy" / "local" / "spans.py"
    return Process(
        name="spans",
        command=(
            f"{checkout.python} -m deploy.local.spans"
            f" --port {port} --output {checkout.state}/spans.jsonl"
        ),
        environment={"YUZHENG_REVISION": fingerprint(program)},
        ports=("SPANS",),
        is_ready=lambda: answers_http(f"http://127.0.0.1:{port}/health"),
    )
