"""The service processes: `python -m SERVICE api|worker`, each with its own settings file."""

from collections.abc import Sequence

from deploy.local.checkout import Checkout
from deploy.local.deployables import DEPLOYABLES, Deployable
from deploy.local.fingerprints import fingerprint
from deploy.local.processes import Process
from deploy.local.waiting import answers_http

KINDS = ("api", "worker")


def processes(checkout: Checkout, deployable: Deployable) -> Sequence[Process]:
    """Return the API and the worker of one deployable."""
    return tuple(_process(checkout, deployable, kind) for kind in KINDS)


def _process(checkout: Checkout, deployable: Deployable, kind: str) -> Process:
    port_name = deployable.port_name(kind)
    url = f"http://127.0.0.1:{checkout.ports[port_name]}/health/ready"
    return Process(
        name=f"{deployable.name}-{kind}",
        command=" ".join(command(checkout, deployable, [kind])),
        ports=(port_name,),
        environment={
            "PYTHONUNBUFFERED": "1",
            # A changed program or setting changes this, so `make up` starts the process afresh.
            "YUZHENG_REVISION": fingerprint(
                checkout.root / "chassis" / "chassis",
                checkout.root / "services" / deployable.module / deployable.module,
                checkout.root / "contracts",
                # Scripts that are built beside a service and read at its start.
                checkout.root / "services" / deployable.module / "web" / "built",
                deployable.settings_file(checkout),
            ),
        },
        is_ready=lambda: answers_http(url),
    )


def command(checkout: Checkout, deployable: Deployable, arguments: Sequence[str]) -> list[str]:
    """Return the command line that runs a service's command with the stack's settings."""
    runner = checkout.root / "deploy" / "local" / "run-service"
    settings = deployable.settings_file(checkout)
    return [
        str(runner),
        str(settings),
        str(checkout.python),
        "-m",
        deployable.module,
        *arguments,
    ]


def find(name: str) -> Deployable | None:
    """Return the deployable of this name, if there is one."""
    return next((each for each in DEPLOYABLES if each.name == name), None)
