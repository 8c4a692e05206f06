"""What the routes find on the application."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel

from chassis.auth import Principal
from chassis.db import Database, Transaction
from chassis.idempotency import once
from identity.clients import Clients
from identity.http.cookies import RefreshCookie
from identity.passwords import Passwords
from identity.tables import idempotency_keys
from identity.tokens import SigningKeys, TokenIssuer
from identity.usecases.change_password import ChangePassword
from identity.usecases.dependencies import Dependencies
from identity.usecases.keep_sessions import Sessions
from identity.usecases.log_in import LogIn


@dataclass(frozen=True)
class Services:
    """Everything the composition root has built for the routes."""

    database: Database
    deps: Dependencies
    passwords: Passwords
    keys: SigningKeys
    issuer: TokenIssuer
    clients: Clients
    log_in: LogIn
    sessions: Sessions
    change_password: ChangePassword
    cookie: RefreshCookie

    async def once(
        self,
        tx: Transaction,
        *,
        caller: Principal | None,
        key: str,
        action_name: str,
        request: BaseModel | UUID,
        action: Callable[[], Awaitable[BaseModel]],
    ) -> Any:
        """Run a state-changing action once per key; the answer is kept as JSON.

        Requests hold passwords and ID numbers, so what is kept of them is a keyed hash.
        """
        text = request.model_dump_json() if isinstance(request, BaseModel) else str(request)

        async def run() -> Any:
            return (await action()).model_dump(mode="json")

        return await once(
            tx,
            idempotency_keys,
            caller=caller.actor if caller else "public",
            key=key,
            request=self.deps.vault.fingerprint(f"{action_name} {text}"),
            now=self.deps.clock.now(),
            action=run,
        )


def services(request: Request) -> Services:
    """Return what the composition root has built."""
    found: Services = request.app.state.services
    return found


Inside = Annotated[Services, Depends(services)]
