"""The simulated service: what the real one does, in memory, bent by the faults that are set."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from chassis.clock import Clock
from chassis.ids import uuid7
from seal.domain import (
    Activation,
    LogEntry,
    SignatureMade,
    SigningRequest,
    chain,
    check_algorithms,
    read_hashes,
)
from seal.errors import (
    ActivationDataInvalid,
    CertificateNotInForce,
    InvalidClient,
    InvalidToken,
    RequestKeyReused,
    TokenUnavailable,
    UnknownCredential,
)
from seal.http.schemas import AuthoriseBody, SignHashBody
from seal.simulator.faults import Fault
from seal.simulator.identity import Identity, sign

CREDENTIAL = "seal"
MULTISIGN = 100
TOKEN_SECONDS = 300
_WEEK_SECONDS = 7 * 24 * 3600
_ACTIVATION = timedelta(seconds=60)
SKEW = timedelta(days=1)


@dataclass
class Recorded:
    hashes: tuple[bytes, ...]
    signatures: list[bytes]


@dataclass
class SimulatedSeal:
    """Not thread-safe and not durable: everything ends with the process."""

    identity: Identity
    clock: Clock
    secret: str
    client_id: str = "certificates"
    slow_seconds: float = 30.0
    faults: set[Fault] = field(default_factory=set)
    log: list[LogEntry] = field(default_factory=list)
    _tokens: dict[str, datetime] = field(default_factory=dict)
    _activations: dict[str, Activation] = field(default_factory=dict)
    _requests: dict[str, Recorded] = field(default_factory=dict)

    def now(self) -> datetime:
        """Tell the time as this service believes it to be."""
        skewed = Fault.CLOCK_SKEW in self.faults
        return self.clock.now() + (SKEW if skewed else timedelta())

    # Logging in.

    @property
    def token_seconds(self) -> int:
        return _WEEK_SECONDS if Fault.LONG_TOKEN in self.faults else TOKEN_SECONDS

    def log_in(self, client: str, secret: str) -> str:
        known = (client, secret) == (self.client_id, self.secret) or Fault.ANY_SECRET in self.faults
        if not known or Fault.REFUSE_LOGIN in self.faults:
            raise InvalidClient
        token = secrets.token_urlsafe()
        self._tokens[token] = self.clock.now() + timedelta(seconds=self.token_seconds)
        return token

    def recognise(self, authorization: str) -> None:
        """Raise ``InvalidToken`` unless the header carries a token that was given out."""
        scheme, _, token = authorization.partition(" ")
        if Fault.NO_LOGIN in self.faults and not token:
            return
        if Fault.ANY_TOKEN in self.faults and token:
            return
        expires_at = self._tokens.get(token)
        if scheme.lower() != "bearer" or expires_at is None:
            raise InvalidToken
        if expires_at <= self.clock.now() and Fault.ETERNAL_TOKEN not in self.faults:
            raise InvalidToken

    # The credential.

    def check_credential(self, credential: str) -> None:
        if credential != CREDENTIAL and Fault.ANY_CREDENTIAL not in self.faults:
            raise UnknownCredential(field="/credentialID")

    @property
    def multisign(self) -> int:
        return 1 if Fault.SMALL_BATCH in self.faults else MULTISIGN

    def certificates(self) -> list[str]:
        """Return the chain as it is shown, base64 DER, signer first."""
        leaf = self._shown_certificate()
        broken = Fault.BROKEN_CHAIN in self.faults
        issuer = self.identity.stranger if broken else self.identity.issuing
        encoded = [base64.b64encode(_der(link)).decode() for link in (leaf, issuer.certificate)]
        return ["AAAA", encoded[1]] if Fault.UNREADABLE_CERTIFICATE in self.faults else encoded

    def _shown_certificate(self) -> x509.Certificate:
        variants = {
            Fault.WRONG_CERTIFICATE: self.identity.other_certificate,
            Fault.EXPIRED_CERTIFICATE: self.identity.expired_certificate,
            Fault.NO_SIGNING_USE: self.identity.encryption_certificate,
        }
        chosen = (certificate for fault, certificate in variants.items() if fault in self.faults)
        return next(chosen, self.identity.certificate)

    # Signing.

    def authorise(self, body: AuthoriseBody) -> str:
        if Fault.NO_ACTIVATION in self.faults:
            raise TokenUnavailable
        self.check_credential(body.credentialID)
        hashes = self._read(body.hash)
        sad = secrets.token_urlsafe()
        self._activations[sad] = Activation(
            self.client_id, CREDENTIAL, frozenset(hashes), self.clock.now() + _ACTIVATION
        )
        return sad

    def sign(self, body: SignHashBody, request_key: str | None) -> list[bytes]:
        """Return the signatures as the faults leave them."""
        if Fault.REFUSE in self.faults:
            raise CertificateNotInForce
        self.check_credential(body.credentialID)
        check_algorithms(body.hashAlgo, body.signAlgo)
        hashes = self._read(body.hash)
        key = request_key or secrets.token_urlsafe()
        recorded = self._requests.get(key)
        if recorded and Fault.SIGNS_AGAIN not in self.faults:
            if recorded.hashes == hashes:
                return recorded.signatures
            if Fault.CHANGED_RESEND not in self.faults:
                raise RequestKeyReused(field="/clientData")
        request = SigningRequest(uuid7(), self.client_id, key, CREDENTIAL, hashes, self.now())
        self._use(body.SAD, request)
        made_with = self.identity.other_key if Fault.WRONG_KEY in self.faults else self.identity.key
        signatures = [sign(made_with, one) for one in hashes]
        self._requests[key] = Recorded(hashes, signatures)
        self._append(request, signatures)
        return self._spoil(signatures)

    def _read(self, encoded: Sequence[str]) -> tuple[bytes, ...]:
        if Fault.ANY_LENGTH in self.faults:
            return tuple(base64.b64decode(one) for one in encoded)
        unlimited = Fault.UNLIMITED_HASHES in self.faults
        return read_hashes(encoded, len(encoded) if unlimited else self.multisign)

    def _use(self, sad: str, request: SigningRequest) -> None:
        if Fault.ANY_ACTIVATION in self.faults:
            return
        activation = self._activations.get(sad)
        if activation is None:
            raise ActivationDataInvalid(field="/SAD")
        if Fault.ANY_HASH in self.faults:
            activation = replace(activation, hashes=frozenset(request.hashes))
        activation.check(request)
        if Fault.ACTIVATION_REUSED not in self.faults:
            del self._activations[sad]

    def _append(self, request: SigningRequest, signatures: Sequence[bytes]) -> None:
        if Fault.LOG_FORGETS in self.faults:
            return
        if Fault.LOG_TIME in self.faults:
            request = replace(request, requested_at=request.requested_at - SKEW)
        certificate = self.identity.certificate.fingerprint(SHA256())
        made = [
            SignatureMade.under(request, certificate, uuid7(), digest, signature)
            for digest, signature in zip(request.hashes, signatures, strict=True)
        ]
        self.log += chain(self.log[-1] if self.log else None, made)

    def _spoil(self, signatures: list[bytes]) -> list[bytes]:
        faults = self.faults
        if Fault.ALTERED_SIGNATURE in faults:
            return [one[:-1] + bytes([one[-1] ^ 1]) for one in signatures]
        if Fault.TRUNCATED_SIGNATURE in faults:
            return [one[: len(one) // 2] for one in signatures]
        if Fault.DUPLICATE in faults:
            return [signatures[0] for _ in signatures]
        if Fault.SWAPPED in faults:
            return signatures[::-1]
        if Fault.HALF_BATCH in faults:
            return signatures[: len(signatures) // 2]
        return signatures

    # The log.

    def entries(self, after: int, limit: int) -> list[LogEntry]:
        found = [entry for entry in self.log if entry.position > after][:limit]
        if Fault.LOG_UNCHAINED in self.faults:
            return [replace(entry, previous_hash=secrets.token_bytes(32)) for entry in found]
        if Fault.LOG_REWRITTEN in self.faults:
            return [replace(one, made=replace(one.made, id=uuid7())) for one in found]
        return found[::-1] if Fault.LOG_MIXED in self.faults else found


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
