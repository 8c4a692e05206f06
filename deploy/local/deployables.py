"""The services of the local stack: six deployables, a database and two processes each."""

from dataclasses import dataclass
from pathlib import Path

from deploy.local.checkout import Checkout


@dataclass(frozen=True)
class Deployable:
    """One service as it is deployed; every bureau runs a seal service of its own."""

    name: str
    """As in process names and settings files."""
    module: str
    """`python -m MODULE`."""

    @property
    def account(self) -> str:
        """Name of its database, its role in PostgreSQL and its user in RabbitMQ."""
        return self.name.replace("-", "_")

    def settings_file(self, checkout: Checkout) -> Path:
        """Return the file of settings that all its processes are started with."""
        return checkout.environments / f"{self.name}.env"

    def port_name(self, process: str) -> str:
        """Name in ports.env of the process `api` or `worker`."""
        return f"{self.account}_{process}".upper()


@dataclass(frozen=True)
class Bureau:
    """A bureau that runs its own seal service in the local stack."""

    name: str
    office_code: str
    office_name: str

    @property
    def deployable(self) -> Deployable:
        """Its seal service."""
        return Deployable(f"seal-{self.name}", "seal")


# The other sixteen have no seal here, so that a completion there is seen to wait.
BUREAUS = (
    Bureau("zhengzhou", "410100", "郑州市人力资源和社会保障局"),
    Bureau("luoyang", "410300", "洛阳市人力资源和社会保障局"),
)
SERVICES = tuple(Deployable(name, name) for name in ("identity", "hours", "certificates", "verify"))
DEPLOYABLES = (*SERVICES, *(bureau.deployable for bureau in BUREAUS))
