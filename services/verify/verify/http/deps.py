"""What routes find on the application's state and in the request."""

import asyncio
import ipaddress
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Annotated

from fastapi import Depends, Request

from chassis.auth import Principal, TokenVerifier
from chassis.errors import Unauthenticated
from chassis.http import bearer_token
from verify.examiner import Examiner
from verify.identity_client import People
from verify.settings import VerifySettings
from verify.tokens import TokenKeys
from verify.usecases import Dependencies
from verify.usecases.check_for_client import CHECK_SCOPE
from verify.vault import Vault
from verify.webhook_addresses import AddressRules

# Timing must not tell whether a number exists, so every answer comes after a multiple of this.
FLOOR_SECONDS = 0.3
_IPV6_SITE = 64


def _deps(request: Request) -> Dependencies:
    deps: Dependencies = request.app.state.deps
    return deps


def address_of(request: Request) -> str:
    """Return whose allowance a request uses: the address the gateway found, or the connection's.

    The gateway overwrites the header with exactly one address. A site of IPv6 counts as one.
    """
    given = request.headers.get("x-forwarded-for", "").rsplit(",", 1)[-1].strip()
    text = given or (request.client.host if request.client else "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, _IPV6_SITE), strict=False))


@asynccontextmanager
async def floor(seconds: float = FLOOR_SECONDS) -> AsyncIterator[None]:
    """Let the block end, well or not, only after a whole multiple of ``seconds``."""
    received = monotonic()
    try:
        yield
    finally:
        took = monotonic() - received
        await asyncio.sleep(max(1, math.ceil(took / seconds)) * seconds - took)


Deps = Annotated[Dependencies, Depends(_deps)]
Address = Annotated[str, Depends(address_of)]


def _tokens(request: Request) -> TokenKeys:
    tokens: TokenKeys = request.app.state.tokens
    return tokens


Tokens = Annotated[TokenKeys, Depends(_tokens)]


def _examiner(request: Request) -> Examiner:
    examiner: Examiner = request.app.state.examiner
    return examiner


Examining = Annotated[Examiner, Depends(_examiner)]


def _people(request: Request) -> People:
    people: People = request.app.state.people
    return people


def _config(request: Request) -> VerifySettings:
    settings: VerifySettings = request.app.state.settings
    return settings


Identity = Annotated[People, Depends(_people)]
Config = Annotated[VerifySettings, Depends(_config)]


@dataclass(frozen=True)
class Keeper:
    """What a route needs that keeps something for a caller."""

    deps: Dependencies
    settings: VerifySettings
    vault: Vault

    @property
    def address_rules(self) -> AddressRules:
        return AddressRules(private=self.settings.webhooks_to_private_addresses)


def _keeper(request: Request) -> Keeper:
    state = request.app.state
    return Keeper(state.deps, state.settings, state.vault)


Keeping = Annotated[Keeper, Depends(_keeper)]


async def _client(request: Request) -> Principal:
    """Return the calling API client: its tokens are for an audience of their own."""
    verifier: TokenVerifier | None = request.app.state.client_verifier
    if verifier is None:
        raise Unauthenticated
    caller = await verifier.principal(bearer_token(request))
    caller.require_client(CHECK_SCOPE)
    return caller


ClientCaller = Annotated[Principal, Depends(_client)]
