"""Who is calling: access tokens (JWT, EdDSA) checked against the issuer's published keys.

The gateway checks the token too; every service checks it again, because a service must not
depend on which door a request came through. What the caller may do is role × organisation
subtree; the subtree is resolved by each service in SQL from its own copy of the tree.
"""

import asyncio
import base64
import json
import warnings
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from joserfc import jwt
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import KeySet

from chassis.clock import Clock
from chassis.errors import Category, Forbidden, ServiceError, Unauthenticated

# RFC 9864 renames EdDSA to Ed25519; the gateway (Envoy 1.40) knows only the old name. One
# algorithm is allowed, so the confusion the new name prevents cannot arise here.
warnings.filterwarnings("ignore", "EdDSA is deprecated", SecurityWarning)

TOKEN_TYPE = "at+jwt"  # noqa: S105 - a header value of RFC 9068
_JWKS_MAX_AGE = timedelta(minutes=10)
# An unknown key id may be a rotation; asking more often than this would let forged ids flood us.
_JWKS_MIN_AGE = timedelta(seconds=5)


class KeysUnavailable(ServiceError):
    code = "chassis.keys_unavailable"
    category = Category.UNAVAILABLE
    detail = "暂时无法核验登录状态。"
    remedy = "请稍后再试。"


@dataclass(frozen=True)
class Grant:
    """A role held at an organisation; it covers that organisation's subtree."""

    role: str
    organisation: UUID


@dataclass(frozen=True)
class Principal:
    """The caller of one request: an account of a person, another service, or an API client."""

    account_id: str
    person_id: UUID | None = None
    grants: tuple[Grant, ...] = ()
    service: str | None = None
    scopes: frozenset[str] = frozenset()
    client: UUID | None = None
    # The log-in that the token belongs to, if it belongs to one.
    session: UUID | None = None

    def organisations(self, *roles: str) -> list[UUID]:
        """Return the organisations at which the caller holds one of ``roles``."""
        return [grant.organisation for grant in self.grants if grant.role in roles]

    def require(self, *roles: str) -> list[UUID]:
        """Return the organisations as above; raise ``Forbidden`` when there are none."""
        found = self.organisations(*roles)
        if not found:
            raise Forbidden
        return found

    def require_person(self) -> UUID:
        """Return the caller's person id; raise ``Forbidden`` for an account without a person."""
        if self.person_id is None:
            raise Forbidden("此事项只能由专业技术人员本人办理。")
        return self.person_id

    def require_account(self) -> UUID:
        """Return the caller's account; raise ``Forbidden`` for a service or an API client."""
        if self.service or self.client:
            raise Forbidden
        return UUID(self.account_id)

    def require_scope(self, scope: str) -> str:
        """Return the calling service's name; raise ``Forbidden`` unless it holds ``scope``."""
        if self.service is None or scope not in self.scopes:
            raise Forbidden
        return self.service

    def require_client(self, scope: str) -> UUID:
        """Return the calling API client; raise ``Forbidden`` unless it holds ``scope``."""
        if self.client is None or scope not in self.scopes:
            raise Forbidden
        return self.client

    @property
    def actor(self) -> str:
        """How audit rows name the caller; two accounts of one person are one actor."""
        if self.client:
            return f"client:{self.client}"
        if self.service:
            return f"service:{self.service}"
        return f"person:{self.person_id}" if self.person_id else f"account:{self.account_id}"


KeyFetcher = Callable[[], Awaitable[KeySet]]


def jwks_from(client: httpx.AsyncClient, url: str) -> KeyFetcher:
    """Return a fetcher of the key set published at ``url``."""

    async def fetch() -> KeySet:
        response = await client.get(url)
        response.raise_for_status()
        return KeySet.import_key_set(response.json())

    return fetch


class TokenVerifier:
    """Checks access tokens; keys are fetched once and again when they age or an id is unknown."""

    def __init__(self, fetch: KeyFetcher, *, issuer: str, audience: str, clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = asyncio.Lock()
        self._keys: KeySet | None = None
        self._fetched_at: datetime | None = None
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(clock.now().timestamp()),
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    async def principal(self, token: str) -> Principal:
        """Return the caller; raise ``Unauthenticated`` for anything but a good token."""
        try:
            header = jwt_header(token)
            # RFC 9068: a token of another kind (id token, seal token) must not pass for access.
            if header.get("typ") != TOKEN_TYPE:
                raise Unauthenticated
            keys = await self._keys_for(str(header.get("kid", "")))
            decoded = jwt.decode(token, keys, algorithms=["EdDSA"])
            self._claims.validate(decoded.claims)
            return _principal(decoded.claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise Unauthenticated from error

    async def _keys_for(self, kid: str) -> KeySet:
        async with self._lock:
            keys, age = self._keys, self._age()
            known = keys is not None and any(key.kid == kid for key in keys.keys)
            if keys is None or age > _JWKS_MAX_AGE or (not known and age > _JWKS_MIN_AGE):
                keys = await self._refresh(keys)
            return keys

    async def _refresh(self, stale: KeySet | None) -> KeySet:
        try:
            self._keys = await self._fetch()
        except httpx.HTTPError as error:
            # Keys change rarely: those we have stay good while the issuer is away.
            if stale is None:
                raise KeysUnavailable from error
            return stale
        self._fetched_at = self._clock.now()
        return self._keys

    def _age(self) -> timedelta:
        return self._clock.now() - self._fetched_at if self._fetched_at else timedelta.max


def jwt_header(token: str) -> dict[str, Any]:
    """Return the unverified header of a compact JWS; only ``typ`` and ``kid`` may be used."""
    part = token.split(".", 1)[0]
    decoded = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    if not isinstance(decoded, dict):
        raise TypeError("a JWS header is an object")
    return decoded


def _principal(claims: dict[str, Any]) -> Principal:
    person, client = claims.get("person"), claims.get("client_id")
    session = claims.get("sid")
    return Principal(
        account_id=str(claims["sub"]),
        person_id=UUID(person) if person else None,
        grants=tuple(
            Grant(str(grant["role"]), UUID(grant["organisation"]))
            for grant in claims.get("grants", ())
        ),
        service=claims.get("service"),
        scopes=frozenset(claims.get("scopes", ())),
        client=UUID(client) if client else None,
        session=UUID(session) if session else None,
    )


class ServiceTokens:
    """This service's own access token, by client credentials; renewed a minute before its end."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        url: str,
        client_id: str,
        client_secret: str,
        clock: Clock,
    ) -> None:
        self._client = client
        self._url = url
        self._form = {
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_secret": client_secret,
        }
        self._clock = clock
        self._token = ""
        self._until: datetime | None = None

    async def header(self) -> dict[str, str]:
        """Return the Authorization header; raise ``httpx.HTTPError`` when the issuer is away."""
        now = self._clock.now()
        if self._until is None or now >= self._until:
            response = await self._client.post(self._url, data=self._form)
            response.raise_for_status()
            answer = response.json()
            self._token = answer["access_token"]
            self._until = now + timedelta(seconds=max(int(answer["expires_in"]) - 60, 1))
        return {"authorization": f"Bearer {self._token}"}
