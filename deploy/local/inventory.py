"""The parts of the stack, in the order in which they start."""

from collections.abc import Sequence

from deploy.local.checkout import Checkout
from deploy.local.processes import Process
from deploy.local.servers import postgres, rabbitmq, redis

# Each has a database, a role and a broker user of this name. Every bureau runs its own seal
# service, so each seal service is a deployable of its own.
DEPLOYABLES = ("identity", "hours", "certificates", "verify", "seal_zhengzhou", "seal_luoyang")


def data_processes(checkout: Checkout) -> Sequence[Process]:
    """The servers that hold data."""
    return (
        postgres.process(checkout),
        rabbitmq.epmd_process(checkout),
        rabbitmq.process(checkout),
        redis.process(checkout),
    )


def processes(checkout: Checkout) -> Sequence[Process]:
    return (*data_processes(checkout),)


def prepare_data(checkout: Checkout) -> None:
    postgres.prepare(checkout)
    rabbitmq.prepare(checkout, DEPLOYABLES)
    redis.prepare(checkout)


def create_accounts(checkout: Checkout) -> None:
    postgres.create_databases(checkout, DEPLOYABLES)


def service_command(checkout: Checkout, service: str, arguments: Sequence[str]) -> list[str]:
    return [str(checkout.python), "-m", service, *arguments]
