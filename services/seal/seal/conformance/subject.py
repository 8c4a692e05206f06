"""A service that signs digests, under examination, as a client sees it."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256

from seal.conformance.findings import NotChecked, NotMet
from seal.conformance.session import UNREADABLE, Session, accepted, given, new_key
from seal.domain import canary_digest

SHA256_OID = "2.16.840.1.101.3.4.2.1"
ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2"
EC_KEY = "1.2.840.10045.2.1"
RSA_WITH_SHA256 = "1.2.840.113549.1.1.11"


@dataclass(frozen=True)
class Credential:
    """The answer of credentials/info, read."""

    status: str
    algorithms: Sequence[str]
    scal: str
    multisign: int
    certificates: Sequence[str]

    @property
    def algorithm(self) -> str:
        return (
            ECDSA_WITH_SHA256
            if {ECDSA_WITH_SHA256, EC_KEY} & {*self.algorithms}
            else (RSA_WITH_SHA256)
        )

    def chain(self) -> list[x509.Certificate]:
        """Return the certificates, signer first; raise ``ValueError`` when one is unreadable."""
        raw = [base64.b64decode(text, validate=True) for text in self.certificates]
        return [x509.load_der_x509_certificate(der) for der in raw]

    def verify(self, digests: Sequence[bytes], signatures: Sequence[bytes]) -> None:
        """Raise ``NotMet`` unless there is one good signature for each digest, in order."""
        if len(signatures) != len(digests):
            raise NotMet(f"提交 {len(digests)} 个摘要，返回 {len(signatures)} 个签名")
        key = self.chain()[0].public_key()
        for place, (digest, signature) in enumerate(zip(digests, signatures, strict=True), 1):
            if not _is_good(key, digest, signature):
                raise NotMet(f"第 {place} 个签名不能用所出示的证书验证")


@dataclass(frozen=True)
class Trial:
    """Digests of non-certificates, and the request key that they are derived from."""

    key: str
    digests: list[bytes]


@dataclass
class Subject(Session):
    """Calls the service; remembers token and credential so that each is asked for once."""

    _credential: Credential | None = None
    _credential_id: str | None = None
    _signs: bool | None = None

    # Calls.

    async def call(
        self, method: str, body: Any, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Post to the API, logged in unless ``headers`` say otherwise."""
        sent = await self.headers() if headers is None else headers
        return await self.http.post(f"csc/v1/{method}", json=body, headers=sent)

    async def look(self, headers: dict[str, str] | None = None) -> httpx.Response:
        """List the credentials."""
        return await self.call("credentials/list", {}, headers)

    async def read_chain(self) -> list[x509.Certificate]:
        """Return the credential's certificates, signer first."""
        return (await self.credential()).chain()

    async def credentials(self) -> list[str]:
        answer = accepted(await self.call("credentials/list", {}), "credentials/list")
        return [str(one) for one in answer["credentialIDs"]]

    async def credential_id(self) -> str:
        """Return the credential to examine: the one named, or the only one there is."""
        if self.terms.credential:
            return self.terms.credential
        if self._credential_id is None:
            found = await self.credentials()
            if len(found) != 1:
                raise NotChecked(f"有 {len(found)} 个凭据，请用 --credential 指定")
            self._credential_id = found[0]
        return self._credential_id

    async def read_credential(self) -> Credential:
        if self._credential is None:
            body = {"credentialID": await self.credential_id(), "certificates": "chain"}
            answer = accepted(await self.call("credentials/info", body), "credentials/info")
            self._credential = Credential(
                status=str(answer["key"]["status"]),
                algorithms=[str(one) for one in answer["key"]["algo"]],
                scal=str(answer.get("SCAL", "1")),
                multisign=int(answer.get("multisign", 1)),
                certificates=[str(one) for one in answer["cert"]["certificates"]],
            )
        return self._credential

    async def authorise(
        self, hashes: Sequence[bytes], *, credential: str | None = None, **more: Any
    ) -> httpx.Response:
        body = {
            "credentialID": credential or await self.credential_id(),
            "numSignatures": len(hashes),
            "hash": [_base64(one) for one in hashes],
        }
        return await self.call("credentials/authorize", body | more)

    async def sad(self, hashes: Sequence[bytes]) -> str:
        answer = accepted(await self.authorise(hashes), "credentials/authorize")
        return str(answer["SAD"])

    async def sign(
        self,
        hashes: Sequence[bytes],
        sad: str,
        *,
        key: str | None = None,
        credential: str | None = None,
    ) -> httpx.Response:
        key = key or new_key()
        body = {
            "credentialID": credential or await self.credential_id(),
            "SAD": sad,
            "hash": [_base64(one) for one in hashes],
            "hashAlgo": SHA256_OID,
            "signAlgo": (await self.credential()).algorithm,
            "clientData": key,
        }
        headers = {**await self.headers(), "idempotency-key": key}
        return await self.call("signatures/signHash", body, headers)

    async def signatures(self, asked: Trial) -> list[bytes]:
        """Authorise and sign; raise ``NotMet`` unless signatures come back."""
        answer = await self.sign(asked.digests, await self.sad(asked.digests), key=asked.key)
        document = accepted(answer, "signatures/signHash")
        return [base64.b64decode(one, validate=True) for one in document["signatures"]]

    async def read_log(self, after: int, limit: int = 100) -> list[dict[str, Any]]:
        query = {"after": after, "limit": limit}
        answer = await self.http.get("log", params=query, headers=await self.headers())
        return list(accepted(answer, "GET /log")["entries"])

    async def end_of_log(self) -> int:
        """Return the last position; the log is dense, so halving finds it in a few calls."""
        known, beyond = 0, 1
        while await self.read_log(beyond - 1, 1):
            known, beyond = beyond, beyond * 2
        while beyond - known > 1:
            middle = (known + beyond) // 2
            known, beyond = (
                (middle, beyond) if await self.read_log(middle - 1, 1) else (known, middle)
            )
        return known

    # What other checks build on.

    async def credential(self) -> Credential:
        """Return the credential; ``NotChecked`` when that has failed, which is told elsewhere."""
        return await given(self.read_credential(), "未取得凭据信息")

    async def must_sign(self) -> None:
        """Raise ``NotChecked`` unless the service signs what it should.

        Without this, a service that is down would be praised for every refusal.
        """
        if self._signs is None:
            try:
                await self.signatures(trial(1))
            except (NotMet, NotChecked, httpx.HTTPError, *UNREADABLE):
                self._signs = False
            else:
                self._signs = True
        if not self._signs:
            raise NotChecked("正常签章未成功，无从判断")


def trial(count: int) -> Trial:
    """Return digests nobody has asked for before, under a key that proves what they are not."""
    key = new_key()
    return Trial(key, [canary_digest(key, place) for place in range(count)])


def digests(count: int) -> list[bytes]:
    """Return the digests of a trial whose key does not matter: they are not to be signed."""
    return trial(count).digests


def _is_good(key: Any, digest: bytes, signature: bytes) -> bool:
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, digest, ec.ECDSA(Prehashed(SHA256())))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, digest, padding.PKCS1v15(), Prehashed(SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
