"""Access tokens: who is calling and what he administers, signed for ten minutes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from chassis.auth import TOKEN_TYPE, Grant
from chassis.clock import Clock
from chassis.ids import uuid7
from identity.domain.ids import AccountId, PersonId


@dataclass(frozen=True)
class IssuedToken:
    """A token and for how long it is good."""

    access_token: str
    expires_in: int


class SigningKeys:
    """The Ed25519 keys: the current one signs, every one listed is published."""

    def __init__(self, current: str, keys: dict[str, OKPKey]) -> None:
        if current not in keys:
            raise ValueError("the current signing key is not among the keys")
        self.current_id = current
        self.current = keys[current]
        self._keys = keys

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read ``{"current": kid, "keys": {kid: PEM of an Ed25519 private key}}``."""
        raw = json.loads(path.read_text())
        keys = {
            kid: OKPKey.import_key(pem, {"use": "sig", "alg": "EdDSA", "kid": kid})
            for kid, pem in raw["keys"].items()
        }
        if any(key.curve_name != "Ed25519" for key in keys.values()):
            raise ValueError(f"{path}: signing keys must be Ed25519")
        return cls(raw["current"], keys)

    def published(self) -> dict[str, Any]:
        """Return the JSON Web Key Set: public parts only."""
        return {"keys": [key.as_dict(private=False) for key in self._keys.values()]}

    async def key_set(self) -> KeySet:
        """Be the key fetcher of this service's own verifier."""
        return KeySet.import_key_set(self.published())  # type: ignore[arg-type] # a plain JWKS


class TokenIssuer:
    """Signs access tokens of people, of services and of API clients."""

    def __init__(
        self,
        keys: SigningKeys,
        *,
        issuer: str,
        audience: str,
        client_audience: str,
        lifetime: timedelta,
        clock: Clock,
    ) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._client_audience = client_audience
        self._lifetime = lifetime
        self._clock = clock

    def for_account(
        self,
        account: AccountId,
        person: PersonId | None,
        grants: Sequence[Grant],
        *,
        session: UUID | None = None,
    ) -> IssuedToken:
        """Return a token of a person or administrator, within a session or by itself."""
        held = [{"role": one.role, "organisation": str(one.organisation)} for one in grants]
        own = {"sub": str(account), "person": str(person) if person else None, "grants": held}
        return self._sign(own | ({"sid": str(session)} if session else {}))

    def for_service(self, name: str, scopes: Sequence[str]) -> IssuedToken:
        """Return a token of another service."""
        own: dict[str, Any] = {
            "sub": f"service:{name}",
            "person": None,
            "grants": [],
            "service": name,
        }
        return self._sign({**own, "scopes": list(scopes)})

    def for_client(self, client: UUID, scopes: Sequence[str]) -> IssuedToken:
        """Return a token of an API client: of an audience that only what is for clients accepts."""
        own: dict[str, Any] = {
            "sub": f"client:{client}",
            "client_id": str(client),
            "scopes": list(scopes),
            "aud": self._client_audience,
        }
        return self._sign(own)

    def _sign(self, own: dict[str, Any]) -> IssuedToken:
        now = int(self._clock.now().timestamp())
        lifetime = int(self._lifetime.total_seconds())
        claims = {
            "iss": self._issuer,
            "aud": self._audience,
            "iat": now,
            "exp": now + lifetime,
            "jti": str(uuid7()),
            **own,
        }
        header = {"alg": "EdDSA", "typ": TOKEN_TYPE, "kid": self._keys.current_id}
        signed = jwt.encode(header, claims, self._keys.current, algorithms=["EdDSA"])
        return IssuedToken(signed, lifetime)
