"""The seal's key in a PKCS#11 token, reached through one owner thread per process.

Two threads inside the PKCS#11 library at once make it fail and in the end crash the process, and a
session inherited over a fork is dead. So the library is loaded, logged in to and used by a single
thread, lazily and never before the process has its final id; everybody else queues for it. The
key handle is kept because finding it costs four times as much as signing.
"""

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

import pkcs11
import structlog
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, Session
from pkcs11.types import SignMixin
from pkcs11.util.ec import (
    encode_ec_public_key,
    encode_ecdsa_signature,
    encode_named_curve_parameters,
)

from seal.errors import TokenUnavailable

log = structlog.get_logger()
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class TokenAddress:
    """Where the key is: library, token label, key label, and the file that holds the PIN."""

    module: Path
    token_label: str
    key_label: str
    pin_file: Path


class Pkcs11Key:
    """A ``SealKey`` in a token; opens it when first used and again after the token failed."""

    def __init__(self, address: TokenAddress, *, timeout_seconds: float) -> None:
        self._address = address
        self._timeout_seconds = timeout_seconds
        self._session: Session | None = None
        self._private: SignMixin | None = None

    async def public_key(self) -> EllipticCurvePublicKey:
        return await self._owned(lambda: read_public_key(self._open(), self._address.key_label))

    async def sign(self, digests: Sequence[bytes]) -> list[bytes]:
        return await self._owned(lambda: self._sign(digests))

    def close(self) -> None:
        _owner_thread(os.getpid()).submit(self._drop_session).result(self._timeout_seconds)

    async def _owned(self, action: Callable[[], Answer]) -> Answer:
        """Run ``action`` in the owner thread, once more with a fresh session if the token fails."""
        work = _owner_thread(os.getpid()).submit(self._attempt, action)
        try:
            # A call that hangs in the device keeps the thread; the callers must not hang with it.
            return await asyncio.wait_for(asyncio.wrap_future(work), self._timeout_seconds)
        except TimeoutError as error:
            raise TokenUnavailable from error

    def _attempt(self, action: Callable[[], Answer]) -> Answer:
        try:
            return action()
        except (pkcs11.PKCS11Error, OSError) as error:
            log.warning("token_failed_once", failure=type(error).__name__)
            self._drop_session()
        try:
            # Nothing of the first attempt was handed out, so signing again gives nothing away.
            _reinitialise(self._address.module)
            return action()
        except (pkcs11.PKCS11Error, OSError) as error:
            self._drop_session()
            log.error("token_failed", failure=type(error).__name__)  # noqa: TRY400 - our own logger
            raise TokenUnavailable from error

    def _sign(self, digests: Sequence[bytes]) -> list[bytes]:
        private = self._private_key()
        return [
            encode_ecdsa_signature(private.sign(digest, mechanism=Mechanism.ECDSA))
            for digest in digests
        ]

    def _private_key(self) -> SignMixin:
        if self._private is None:
            key = self._open().get_key(ObjectClass.PRIVATE_KEY, label=self._address.key_label)
            self._private = cast("SignMixin", key)
        return self._private

    def _open(self) -> Session:
        if self._session is None:
            self._session = open_session(self._address, writable=False)
        return self._session

    def _drop_session(self) -> None:
        session, self._session, self._private = self._session, None, None
        if session is not None:
            try:
                session.close()
            except pkcs11.PKCS11Error as error:
                # It was broken already; what counts is that it is not used again.
                log.debug("session_close_failed", failure=type(error).__name__)


def open_session(address: TokenAddress, *, writable: bool) -> Session:
    """Log in to the token; the PIN is read anew each time, so it may be changed under way."""
    token = pkcs11.lib(str(address.module)).get_token(token_label=address.token_label)
    return token.open(rw=writable, user_pin=address.pin_file.read_text().strip())


def read_public_key(session: Session, key_label: str) -> EllipticCurvePublicKey:
    """Return the public half of the key pair with this label."""
    found = session.get_key(ObjectClass.PUBLIC_KEY, label=key_label)
    der = encode_ec_public_key(cast("pkcs11.PublicKey", found))
    return cast("EllipticCurvePublicKey", load_der_public_key(der))


def ensure_key_pair(address: TokenAddress) -> EllipticCurvePublicKey:
    """Make the P-256 key pair inside the token unless it is there; return its public half.

    The private key is made sensitive and not extractable (the library's default), so no command
    of this service or any other can export it. Safe to repeat.
    """
    return _owner_thread(os.getpid()).submit(_ensure_key_pair, address).result()


def _ensure_key_pair(address: TokenAddress) -> EllipticCurvePublicKey:
    with open_session(address, writable=True) as session:
        try:
            return read_public_key(session, address.key_label)
        except pkcs11.NoSuchKey:
            curve = {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
            parameters = session.create_domain_parameters(KeyType.EC, curve, local=True)
            parameters.generate_keypair(
                store=True,
                label=address.key_label,
                id=address.key_label.encode(),
                mechanism=Mechanism.EC_KEY_PAIR_GEN,
            )
            return read_public_key(session, address.key_label)


def _reinitialise(module: Path) -> None:
    """Make the library look for its tokens again, as after a device was plugged back in."""
    pkcs11.lib(str(module)).reinitialize()


@cache
def _owner_thread(process_id: int) -> ThreadPoolExecutor:
    # Keyed by the process id: after a fork the child gets a thread of its own, not a dead one.
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"pkcs11-{process_id}")
