"""The Cloud Signature Consortium API, version 1.0.4: the part a machine client needs."""

import base64
from typing import Annotated

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from fastapi import APIRouter, Depends, Header, Request

from seal.domain import ECDSA_WITH_SHA256, ID_EC_PUBLIC_KEY, P256
from seal.errors import (
    ActivationDataInvalid,
    CertificateNotInForce,
    InvalidToken,
    RequestKeyReused,
    TokenUnavailable,
    UnknownCredential,
)
from seal.http.deps import FOR_CLIENTS, Client, TheDesk, error_responses, not_cached
from seal.http.schemas import (
    AuthoriseAnswer,
    AuthoriseBody,
    CertificateAnswer,
    CredentialInfoAnswer,
    CredentialInfoBody,
    CredentialsListAnswer,
    CredentialsListBody,
    InfoAnswer,
    KeyAnswer,
    SignHashAnswer,
    SignHashBody,
)
from seal.usecases import Desk
from seal.usecases.authorise import authorise_hashes
from seal.usecases.sign import SigningOrder, sign_hashes

router = APIRouter(prefix="/csc/v1", tags=["csc"], dependencies=[Depends(not_cached)])
_LANGUAGE = "zh-CN"
_KEY_BITS = 256
_METHODS = [
    "credentials/list",
    "credentials/info",
    "credentials/authorize",
    "signatures/signHash",
]


@router.post("/info", summary="Describe the service", responses=error_responses())
async def read_info(request: Request, desk: TheDesk) -> InfoAnswer:
    return InfoAnswer(
        specs="1.0.4.0",
        name=f"{desk.office_name}签章服务",
        logo="",
        region="CN",
        lang=_LANGUAGE,
        description="专业技术人员继续教育专用章远程签章",
        authType=["oauth2client"],
        oauth2=str(request.base_url).rstrip("/"),
        methods=_METHODS,
    )


@router.post(
    "/credentials/list",
    summary="List the credentials",
    dependencies=FOR_CLIENTS,
    responses=error_responses(InvalidToken),
)
async def list_credentials(
    desk: TheDesk,
    _: CredentialsListBody | None = None,
) -> CredentialsListAnswer:
    return CredentialsListAnswer(credentialIDs=[desk.credential_id])


@router.post(
    "/credentials/info",
    summary="Describe a credential",
    dependencies=FOR_CLIENTS,
    response_model_exclude_none=True,
    responses=error_responses(InvalidToken, UnknownCredential),
)
async def read_credential(desk: TheDesk, body: CredentialInfoBody) -> CredentialInfoAnswer:
    if body.credentialID != desk.credential_id:
        raise UnknownCredential(field="/credentialID")
    in_force = desk.certificate.is_in_force(desk.clock.now())
    return CredentialInfoAnswer(
        description=f"{desk.office_name}专业技术人员继续教育专用章",
        key=KeyAnswer(
            status="enabled" if in_force else "disabled",
            algo=[ECDSA_WITH_SHA256, ID_EC_PUBLIC_KEY],
            len=_KEY_BITS,
            curve=P256,
        ),
        cert=_certificate(desk, body, in_force=in_force),
        multisign=desk.hashes_per_call,
        lang=_LANGUAGE,
    )


@router.post(
    "/credentials/authorize",
    summary="Authorise hashes",
    responses=error_responses(InvalidToken, UnknownCredential, CertificateNotInForce),
)
async def authorise(desk: TheDesk, client: Client, body: AuthoriseBody) -> AuthoriseAnswer:
    sad = await authorise_hashes(
        desk,
        client=client,
        credential=body.credentialID,
        hashes=body.hash,
        signatures=body.numSignatures,
    )
    return AuthoriseAnswer(SAD=sad, expiresIn=desk.activation_seconds)


@router.post(
    "/signatures/signHash",
    summary="Sign authorised hashes",
    responses=error_responses(
        InvalidToken, ActivationDataInvalid, RequestKeyReused, TokenUnavailable
    ),
)
async def sign(
    desk: TheDesk,
    client: Client,
    body: SignHashBody,
    idempotency_key: Annotated[
        str | None, Header(min_length=1, max_length=200, description="As clientData; it wins")
    ] = None,
) -> SignHashAnswer:
    order = SigningOrder(
        client=client,
        credential=body.credentialID,
        sad=body.SAD,
        hashes=body.hash,
        hash_algorithm=body.hashAlgo,
        signature_algorithm=body.signAlgo,
        request_key=idempotency_key or body.clientData,
    )
    signatures = await sign_hashes(desk, order)
    return SignHashAnswer(signatures=[_base64(signature) for signature in signatures])


def _certificate(desk: Desk, body: CredentialInfoBody, *, in_force: bool) -> CertificateAnswer:
    chain = desk.certificate.chain
    shown = {"none": (), "single": chain[:1], "chain": chain}[body.certificates]
    answer = CertificateAnswer(
        status="valid" if in_force else "expired",
        certificates=[_base64(link.public_bytes(Encoding.DER)) for link in shown] or None,
    )
    return answer.model_copy(update=_facts(desk.certificate.leaf)) if body.certInfo else answer


def _facts(leaf: x509.Certificate) -> dict[str, str]:
    return {
        "issuerDN": leaf.issuer.rfc4514_string(),
        "serialNumber": f"{leaf.serial_number:X}",
        "subjectDN": leaf.subject.rfc4514_string(),
        "validFrom": leaf.not_valid_before_utc.strftime("%Y%m%d%H%M%SZ"),
        "validTo": leaf.not_valid_after_utc.strftime("%Y%m%d%H%M%SZ"),
    }


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
