"""What may be signed, under which authorisation, and how the log is chained."""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from seal.errors import (
    ActivationDataInvalid,
    HashAlgorithmNotSupported,
    HashCountOutOfRange,
    HashMalformed,
    HashNotAuthorised,
    HashRepeated,
    SignatureAlgorithmNotSupported,
)

# The key is P-256; a longer digest would be cut by the token without a word, so only SHA-256.
SHA256 = "2.16.840.1.101.3.4.2.1"
SHA256_BYTES = 32
ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2"
ID_EC_PUBLIC_KEY = "1.2.840.10045.2.1"
P256 = "1.2.840.10045.3.1.7"
SIGNATURE_ALGORITHMS = (ECDSA_WITH_SHA256, ID_EC_PUBLIC_KEY)

FIRST_LINK = bytes(32)
# A request key that begins with this is for a trial with non-certificates, and proves it: what is
# signed are digests of this sentence and the key. So the mark cannot hide anything else, and who
# compares the log with stored certificates may leave such entries out.
CANARY_MARK = "canary-"
_CANARY_TEXT = "豫证签章自检，不是证书，不证明任何事项"
_MOST_CANARIES = 1000


def canary_digest(request_key: str, place: int) -> bytes:
    """Return the digest at this place (from 0) of the trial with this request key."""
    return hashlib.sha256(f"{_CANARY_TEXT}\n{request_key}\n{place}\n".encode()).digest()


def is_canary(request_key: str, digest: bytes) -> bool:
    """Tell whether the request was marked as a trial and the digest is one of that trial's."""
    return request_key.startswith(CANARY_MARK) and any(
        canary_digest(request_key, place) == digest for place in range(_MOST_CANARIES)
    )


def check_algorithms(hash_algorithm: str | None, signature_algorithm: str) -> None:
    """Refuse everything but ECDSA over SHA-256.

    ``hash_algorithm`` may be left out only when the signature algorithm implies it (CSC 11.9).
    """
    if signature_algorithm not in SIGNATURE_ALGORITHMS:
        raise SignatureAlgorithmNotSupported(field="/signAlgo")
    implied = SHA256 if signature_algorithm == ECDSA_WITH_SHA256 else None
    if (hash_algorithm or implied) != SHA256:
        raise HashAlgorithmNotSupported(field="/hashAlgo")


def read_hashes(encoded: Sequence[str], most: int) -> tuple[bytes, ...]:
    """Decode the hashes of one call; refuse none or too many, a wrong length, and repetition."""
    if not 0 < len(encoded) <= most:
        raise HashCountOutOfRange(f"每次须提交 1 至 {most} 个摘要。", field="/hash")
    hashes = tuple(_read_hash(text, place) for place, text in enumerate(encoded))
    if len(set(hashes)) != len(hashes):
        raise HashRepeated(field="/hash")
    return hashes


def _read_hash(text: str, place: int) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise HashMalformed(field=f"/hash/{place}") from error
    if len(raw) != SHA256_BYTES:
        raise HashMalformed(field=f"/hash/{place}")
    return raw


def digest_of_secret(secret: str) -> bytes:
    """Return what is kept of an access token or SAD; they are random, so no salt is needed."""
    return hashlib.sha256(secret.encode()).digest()


@dataclass(frozen=True)
class SigningRequest:
    """One accepted call: these hashes in this order, under the client's own request key."""

    id: UUID
    client: str
    request_key: str
    credential: str
    hashes: tuple[bytes, ...]
    requested_at: datetime

    @property
    def hashes_sha256(self) -> bytes:
        """Fingerprint of the ordered hashes: tells a repeat from another request."""
        return hashlib.sha256(b"".join(self.hashes)).digest()


@dataclass(frozen=True)
class Activation:
    """What one SAD permits: these hashes, by this client, with this credential, once."""

    client: str
    credential: str
    hashes: frozenset[bytes]
    expires_at: datetime

    def check(self, request: SigningRequest) -> None:
        """Raise unless the SAD covers every hash of the call; it need not use all it covers."""
        mine = (request.client, request.credential) == (self.client, self.credential)
        if not mine or request.requested_at >= self.expires_at:
            raise ActivationDataInvalid(field="/SAD")
        for place, one in enumerate(request.hashes):
            if one not in self.hashes:
                raise HashNotAuthorised(field=f"/hash/{place}")


@dataclass(frozen=True)
class SignatureMade:
    """One signature as the log tells of it, before it has a place in the chain."""

    id: UUID
    request_id: UUID
    request_key: str
    signed_at: datetime
    client: str
    credential: str
    certificate_sha256: bytes
    hash: bytes
    signature: bytes

    @property
    def is_canary(self) -> bool:
        return is_canary(self.request_key, self.hash)

    @classmethod
    def under(
        cls, request: SigningRequest, certificate: bytes, id_: UUID, digest: bytes, made: bytes
    ) -> "SignatureMade":
        """Return the record of ``made`` over ``digest``, one of the request's hashes."""
        return cls(
            id=id_,
            request_id=request.id,
            request_key=request.request_key,
            signed_at=request.requested_at,
            client=request.client,
            credential=request.credential,
            certificate_sha256=certificate,
            hash=digest,
            signature=made,
        )


@dataclass(frozen=True)
class LogEntry:
    """A signature at its place: positions are dense from 1, each entry holds its predecessor."""

    position: int
    made: SignatureMade
    previous_hash: bytes
    entry_hash: bytes

    def follows(self, previous: "LogEntry | None") -> bool:
        """Tell whether this entry is the unaltered successor of ``previous`` (None: the first)."""
        position, link = (previous.position, previous.entry_hash) if previous else (0, FIRST_LINK)
        return (
            self.position == position + 1
            and self.previous_hash == link
            and self.entry_hash == _entry_hash(self.position, self.made, link)
        )


def chain(previous: LogEntry | None, made: Iterable[SignatureMade]) -> Iterator[LogEntry]:
    """Give each new signature its place after ``previous``."""
    position, link = (previous.position, previous.entry_hash) if previous else (0, FIRST_LINK)
    for position, one in enumerate(made, start=position + 1):  # noqa: B020 - starts where the log ends
        entry = LogEntry(position, one, link, _entry_hash(position, one, link))
        link = entry.entry_hash
        yield entry


def _entry_hash(position: int, made: SignatureMade, previous_hash: bytes) -> bytes:
    content = {
        "position": position,
        "id": str(made.id),
        "request_id": str(made.request_id),
        "request_key": made.request_key,
        "signed_at": made.signed_at.isoformat(),
        "client": made.client,
        "credential": made.credential,
        "certificate_sha256": made.certificate_sha256.hex(),
        "hash": made.hash.hex(),
        "signature": made.signature.hex(),
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(previous_hash + text.encode()).digest()
