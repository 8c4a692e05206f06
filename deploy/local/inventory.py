"""The parts of the stack, in the order in which they start."""

from collections.abc import Sequence

from deploy.local import services
from deploy.local.checkout import Checkout
from deploy.local.deployables import DEPLOYABLES
from deploy.local.environment import write_settings
from deploy.local.processes import Process
from deploy.local.servers import (
    envoy,
    pki,
    portal,
    postgres,
    prometheus,
    rabbitmq,
    redis,
    spans,
)

ACCOUNTS = tuple(deployable.account for deployable in DEPLOYABLES)


def prepare(checkout: Checkout) -> None:
    """Write every file that a process reads; nothing is running yet that would need it."""
    postgres.prepare(checkout)
    rabbitmq.prepare(checkout, ACCOUNTS)
    redis.prepare(checkout)
    write_settings(checkout)
    envoy.prepare(checkout)
    prometheus.prepare(checkout)


def data_processes(checkout: Checkout) -> Sequence[Process]:
    """Return the servers that hold data."""
    return (
        postgres.process(checkout),
        rabbitmq.epmd_process(checkout),
        rabbitmq.process(checkout),
        redis.process(checkout),
    )


def support_processes(checkout: Checkout) -> Sequence[Process]:
    """Return what the services lean on beside their data."""
    return (pki.process(checkout), spans.process(checkout))


def front_processes(checkout: Checkout) -> Sequence[Process]:
    """Return what people meet; last, so that it opens on what works."""
    return (portal.process(checkout), envoy.process(checkout))


def watching_processes(checkout: Checkout) -> Sequence[Process]:
    """Return what collects the stack's figures: only for whoever wants to look at them."""
    return (prometheus.process(checkout),)


def all_processes(checkout: Checkout) -> Sequence[Process]:
    """Every process, in the order of their start."""
    return (
        *data_processes(checkout),
        *support_processes(checkout),
        *(
            process
            for deployable in DEPLOYABLES
            for process in services.processes(checkout, deployable)
        ),
        *front_processes(checkout),
        *watching_processes(checkout),
    )


def create_accounts(checkout: Checkout) -> None:
    """Create a database for every deployable; broker users come with RabbitMQ's definitions."""
    postgres.create_databases(checkout, ACCOUNTS)
