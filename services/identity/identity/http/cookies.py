"""The cookie that carries a refresh token, and whose pages may have it sent."""

from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from fastapi import Request, Response

from identity.errors import CrossSiteRefused

# The gateway lets a cookie through to these routes and to nothing else.
SESSION_ROUTES: Final = "/api/identity/v1/sessions"
_NAME: Final = "yuzheng-refresh"
_PREFIX: Final = {"host": "__Host-", "path": "__Secure-", "plain": ""}


@dataclass(frozen=True)
class RefreshCookie:
    """Sets, reads and takes back the cookie: HttpOnly, SameSite=Strict, gone with the browser."""

    kind: Literal["host", "path", "plain"]

    @property
    def name(self) -> str:
        return _PREFIX[self.kind] + _NAME

    @property
    def _path(self) -> str:
        # The prefix __Host- demands the whole origin.
        return "/" if self.kind == "host" else SESSION_ROUTES

    @property
    def _secure(self) -> bool:
        return self.kind != "plain"

    def read(self, request: Request) -> str | None:
        """Return the refresh token that the browser sent."""
        return request.cookies.get(self.name)

    def put(self, response: Response, token: str) -> None:
        """Give the browser a new token in place of the one before."""
        response.set_cookie(
            self.name,
            token,
            path=self._path,
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )

    def take_back(self, response: Response) -> None:
        response.delete_cookie(
            self.name, path=self._path, secure=self._secure, httponly=True, samesite="strict"
        )


def own_pages_only(request: Request) -> None:
    """Raise ``CrossSiteRefused`` for a request that another site's page made a browser send.

    Browsers say where a request comes from and pages cannot change it; a program that says
    nothing holds no other person's cookie. The host's port is not compared, for a proxy in front
    may have another; ``Sec-Fetch-Site`` tells ports apart.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise CrossSiteRefused
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).hostname != request.url.hostname:
        raise CrossSiteRefused
