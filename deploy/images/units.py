"""What is made into an image: one for each unit, and one more for rehearsals of a bureau."""

from dataclasses import dataclass

VERSION = "0.1.0"


@dataclass(frozen=True)
class Unit:
    """One image."""

    name: str
    dockerfile: str
    target: str | None = None
    lock: str | None = None
    """The Python packages in it."""
    web: str | None = None
    """The folder of the web packages that its scripts are bundled from."""

    @property
    def tag(self) -> str:
        return f"yuzheng/{self.name}:{VERSION}"


def _service(name: str, web: str | None = None) -> Unit:
    folder = f"services/{name}"
    return Unit(name, f"{folder}/Dockerfile", lock=f"{folder}/requirements.txt", web=web)


UNITS = (
    _service("identity"),
    _service("hours"),
    _service("certificates"),
    _service("verify", "services/verify/web"),
    _service("seal"),
    Unit("seal-softhsm", "services/seal/Dockerfile", "softhsm", "services/seal/requirements.txt"),
    Unit("portal", "portal/Dockerfile", lock="portal/server/requirements.txt", web="portal"),
    Unit("gateway", "gateway/Dockerfile"),
)
