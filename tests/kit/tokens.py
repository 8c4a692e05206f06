"""Access tokens signed with a key made for the test session."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from chassis.auth import TOKEN_TYPE, TokenVerifier
from chassis.clock import Clock, SystemClock

ISSUER = "yuzheng-identity"
AUDIENCE = "yuzheng"
CLIENT_AUDIENCE = "yuzheng-clients"


@cache
def signing_key() -> OKPKey:
    """Return the session's Ed25519 key."""
    return OKPKey.generate_key("Ed25519", {"kid": "test", "use": "sig", "alg": "EdDSA"})


def access_token(
    *,
    person: UUID | None = None,
    grants: Iterable[tuple[str, UUID]] = (),
    account: str | None = None,
    service: str | None = None,
    scopes: Iterable[str] = (),
    clock: Clock | None = None,
    lifetime: timedelta = timedelta(minutes=10),
    **overrides: object,
) -> str:
    """Return a signed token; ``overrides`` replaces claims to make a bad one."""
    now = (clock or SystemClock()).now()
    claims: dict[str, object] = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": account or str(uuid4()),
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
        "jti": str(uuid4()),
        "person": str(person) if person else None,
        "grants": [{"role": role, "organisation": str(place)} for role, place in grants],
    }
    if service:
        claims["service"] = service
    if service or scopes:
        claims["scopes"] = list(scopes)
    header = {"alg": "EdDSA", "typ": TOKEN_TYPE, "kid": "test"}
    return jwt.encode(header, claims | overrides, signing_key(), algorithms=["EdDSA"])


def bearer(**claims: object) -> dict[str, str]:
    """Return the Authorization header of a new token; arguments as ``access_token``."""
    return {"authorization": f"Bearer {access_token(**claims)}"}  # type: ignore[arg-type]  # a pass-through


def client_bearer(
    client: UUID, *scopes: str, clock: Clock | None = None, **overrides: object
) -> dict[str, str]:
    """Return the Authorization header of an API client."""
    claims: dict[str, object] = {
        "aud": CLIENT_AUDIENCE,
        "client_id": str(client),
        "scopes": list(scopes),
    }
    return bearer(account=f"client:{client}", clock=clock, **claims | overrides)


async def published_keys() -> KeySet:
    """Be the key fetcher of a verifier under test."""
    public = signing_key().as_dict(private=False)
    return KeySet.import_key_set({"keys": [public]})


def verifier(clock: Clock | None = None) -> TokenVerifier:
    """Return a verifier that trusts the session's key."""
    return TokenVerifier(
        published_keys, issuer=ISSUER, audience=AUDIENCE, clock=clock or SystemClock()
    )
