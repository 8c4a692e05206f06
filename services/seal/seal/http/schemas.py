"""Bodies of the remote signing API; the names are those of the standard."""

import hashlib
from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from seal.domain import LogEntry

# No wish of a caller needs more than this, and nothing longer is worth a database row.
_KEY_LENGTH = 200
_SECRET_LENGTH = 500


class Body(BaseModel):
    # Fields of the standard that we do not act on (lang, PIN …) are accepted and left alone.
    model_config = ConfigDict(extra="ignore")


class ErrorAnswer(BaseModel):
    error: str = Field(description="Word of the standard (RFC 6749, CSC 8.5)")
    error_description: str = Field(description="What happened, in Chinese")
    code: str = Field(description="Stable code, seal.<fact>")
    field: str | None = Field(default=None, description="JSON pointer to the offending input")


class TokenForm(Body):
    grant_type: str
    client_id: str = ""
    client_secret: str = ""


class TokenAnswer(BaseModel):
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a name, not a secret
    expires_in: int = Field(description="Seconds")


class InfoAnswer(BaseModel):
    specs: str
    name: str
    logo: str
    region: str
    lang: str
    description: str
    authType: list[str]
    oauth2: str
    methods: list[str]


class CredentialsListBody(Body):
    userID: str | None = None
    maxResults: int | None = Field(default=None, ge=1)
    pageToken: str | None = None


class CredentialsListAnswer(BaseModel):
    credentialIDs: list[str]


class CredentialInfoBody(Body):
    credentialID: str
    certificates: Literal["none", "single", "chain"] = "single"
    certInfo: bool = False
    authInfo: bool = False


class KeyAnswer(BaseModel):
    status: Literal["enabled", "disabled"]
    algo: list[str] = Field(description="OIDs of the signature algorithms")
    len: int
    curve: str


class CertificateAnswer(BaseModel):
    status: Literal["valid", "expired"] | None = None
    certificates: list[str] | None = Field(default=None, description="Base64 DER, signer first")
    issuerDN: str | None = None
    serialNumber: str | None = None
    subjectDN: str | None = None
    validFrom: str | None = None
    validTo: str | None = None


class CredentialInfoAnswer(BaseModel):
    description: str
    key: KeyAnswer
    cert: CertificateAnswer
    authMode: Literal["implicit"] = "implicit"
    SCAL: Literal["2"] = "2"
    multisign: int = Field(description="Most hashes in one call")
    lang: str


class AuthoriseBody(Body):
    credentialID: str
    numSignatures: int = Field(ge=1)
    hash: list[str] = Field(description="Base64 of each hash that will be signed")
    clientData: str | None = None


class AuthoriseAnswer(BaseModel):
    SAD: str
    expiresIn: int = Field(description="Seconds")


class SignHashBody(Body):
    credentialID: str
    SAD: str = Field(max_length=_SECRET_LENGTH)
    hash: list[str]
    hashAlgo: str | None = None
    signAlgo: str
    clientData: str | None = Field(
        default=None,
        min_length=1,
        max_length=_KEY_LENGTH,
        description="Request key: a repeat under the same key returns the same signatures",
    )


class SignHashAnswer(BaseModel):
    signatures: list[str] = Field(description="Base64 DER ECDSA, in the order of the hashes")


class LogEntryAnswer(BaseModel):
    position: int
    id: UUID
    request_id: UUID
    signed_at: datetime
    client: str
    credential: str
    request_key: str
    canary: bool = Field(
        description="A trial with a non-certificate: the request key begins with `canary-` and the"
        " hash is derived from it (docs/bureau-seal-services.md); no certificate belongs to it"
    )
    certificate_sha256: str
    hash: str
    signature: str = Field(description="Hex of the DER signature; it verifies over `hash`")
    signature_sha256: str
    previous_hash: str = Field(description="`entry_hash` of the entry before; zeros at the first")
    entry_hash: str = Field(
        description="SHA-256 of previous_hash (raw) and the entry's content as JSON with sorted"
        " keys; docs/bureau-seal-services.md states it exactly"
    )

    @classmethod
    def of(cls, entry: LogEntry) -> Self:
        made = entry.made
        return cls(
            position=entry.position,
            id=made.id,
            request_id=made.request_id,
            signed_at=made.signed_at,
            client=made.client,
            credential=made.credential,
            request_key=made.request_key,
            canary=made.is_canary,
            certificate_sha256=made.certificate_sha256.hex(),
            hash=made.hash.hex(),
            signature=made.signature.hex(),
            signature_sha256=hashlib.sha256(made.signature).hexdigest(),
            previous_hash=entry.previous_hash.hex(),
            entry_hash=entry.entry_hash.hex(),
        )


class LogAnswer(BaseModel):
    entries: list[LogEntryAnswer]
    next_after: int = Field(description="Give this as `after` to read on")
