"""POST /oauth2/token: client credentials (RFC 6749 4.4), secret in the form or as HTTP Basic."""

import base64
import binascii
from typing import Annotated
from urllib.parse import unquote_plus

from fastapi import APIRouter, Depends, Form, Header

from seal.errors import InvalidClient, UnsupportedGrantType
from seal.http.deps import TheDesk, error_responses, not_cached
from seal.http.schemas import TokenAnswer, TokenForm
from seal.usecases.admit import issue_access_token

router = APIRouter(tags=["oauth2"], dependencies=[Depends(not_cached)])
_GRANT = "client_credentials"


@router.post(
    "/oauth2/token",
    summary="Log a client in",
    responses=error_responses(InvalidClient, UnsupportedGrantType),
)
async def issue_token(
    desk: TheDesk,
    form: Annotated[TokenForm, Form()],
    authorization: Annotated[str, Header()] = "",
) -> TokenAnswer:
    if form.grant_type != _GRANT:
        raise UnsupportedGrantType(field="/grant_type")
    given = form.client_id, form.client_secret
    client, secret = _basic(authorization) if authorization else given
    token = await issue_access_token(desk, client=client, secret=secret)
    return TokenAnswer(access_token=token, expires_in=desk.access_token_seconds)


def _basic(authorization: str) -> tuple[str, str]:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        raise InvalidClient
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise InvalidClient from error
    return unquote_plus(client_id), unquote_plus(secret)
