"""The form of the check page: a full name comes in, in the body and nowhere else."""

from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.types import Receive, Scope

from verify.domain import NameMatch
from verify.http.deps import address_of
from verify.usecases import Dependencies
from verify.usecases.match_name import match_name

# A hundred characters, each of them nine bytes at most when it is sent, and the field's name.
MOST_BYTES = 2_000


class Matching:
    """Answers the form of one certificate's page."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps

    async def match(self, scope: Scope, receive: Receive, token_hash: bytes) -> NameMatch:
        """Return what the comparison ended in; a form that is none has no name in it."""
        name = _name_in(await _body(receive))
        return await match_name(
            self._deps, token_hash=token_hash, name=name, address=address_of(Request(scope))
        )


async def _body(receive: Receive) -> bytes:
    """Return the body; nothing of one that is too long."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        body += bytes(message.get("body", b""))
        if len(body) > MOST_BYTES:
            return b""
        if not message.get("more_body"):
            return body


def _name_in(body: bytes) -> str:
    try:
        fields = parse_qs(body.decode("ascii"), max_num_fields=5, errors="strict")
    except ValueError:
        return ""
    return fields.get("name", [""])[-1]
