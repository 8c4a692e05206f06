"""Where the local stack's servers are, and how tests are let in as administrator."""

from dataclasses import dataclass
from functools import cache

from deploy.local.checkout import ROOT, Checkout


@dataclass(frozen=True)
class Stack:
    """Addresses of the data services; every test makes its own database or vhost there."""

    checkout: Checkout

    def port(self, name: str) -> int:
        return self.checkout.ports[name]

    def secret(self, name: str) -> str:
        return (self.checkout.secrets / name).read_text(encoding="utf-8").strip()

    @property
    def postgres_admin(self) -> str:
        """SQLAlchemy address of the maintenance database, as the superuser role."""
        password = self.secret("postgres-admin")
        return f"postgresql+asyncpg://yuzheng_admin:{password}@127.0.0.1:{self.port('POSTGRES')}/postgres"

    @property
    def rabbitmq_management(self) -> str:
        return f"http://127.0.0.1:{self.port('RABBITMQ_MANAGEMENT')}/api"

    @property
    def rabbitmq_admin(self) -> tuple[str, str]:
        return "yuzheng_admin", self.secret("rabbitmq-admin")

    @property
    def broker(self) -> str:
        """AMQP address of the running stack's own vhost, as administrator: tests only watch it."""
        user, password = self.rabbitmq_admin
        return f"amqp://{user}:{password}@127.0.0.1:{self.port('RABBITMQ')}/yuzheng"

    @property
    def gateway(self) -> str:
        return f"http://127.0.0.1:{self.port('GATEWAY')}"


@cache
def stack() -> Stack:
    """Return the stack of this checkout (`make up-data` starts its servers)."""
    return Stack(Checkout.from_environment())


__all__ = ["ROOT", "Stack", "stack"]
