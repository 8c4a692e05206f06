"""Speaking to the platform as a person's browser would: through the gateway, one account each."""

from time import monotonic
from typing import Any, Self
from uuid import uuid4

import httpx


class Refused(Exception):
    """The platform refused; carries its problem document."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.code = str(problem.get("code", ""))
        self.problem = problem
        super().__init__(
            f"{status} {self.code}: {problem.get('detail', '')} {problem.get('field', '')}"
        )


class Account:
    """One signed-in account; an empty token is the public."""

    def __init__(self, client: httpx.AsyncClient, token: str = "") -> None:
        self._client = client
        self._headers = {"authorization": f"Bearer {token}"} if token else {}
        self._signed_in_at = monotonic()

    def age_seconds(self) -> float:
        """Return how long ago the account signed in."""
        return monotonic() - self._signed_in_at

    async def get(self, path: str, **query: Any) -> Any:
        """Return the JSON answer; raise ``Refused`` with the problem document."""
        response = await self._client.get(path, params=query, headers=self._headers)
        return _answer(response)

    async def post(
        self, path: str, body: Any = None, *, key: str | None = None, **extra: Any
    ) -> Any:
        """Send one state change under its own (or the given) Idempotency-Key."""
        headers = {**self._headers, "idempotency-key": key or str(uuid4())}
        response = await self._client.post(path, json=body, headers=headers, **extra)
        return _answer(response)

    async def upload(self, path: str, name: str, content: bytes, media_type: str) -> Any:
        """Send one file as a form."""
        headers = {**self._headers, "idempotency-key": str(uuid4())}
        form = {"file": (name, content, media_type)}
        return _answer(await self._client.post(path, files=form, headers=headers))

    async def download(self, path: str) -> httpx.Response:
        """Return a binary answer with its headers."""
        response = await self._client.get(path, headers=self._headers)
        if response.is_error:
            _answer(response)
        return response


class Gateway:
    """The platform's one public address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client = httpx.AsyncClient(base_url=url, timeout=30)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.aclose()

    @property
    def public(self) -> Account:
        """Nobody in particular."""
        return Account(self.client)

    async def sign_in(self, login: str, password: str) -> Account:
        """Return the account signed in."""
        answer = await self.public.post(
            "/api/identity/v1/tokens", {"login": login, "password": password}
        )
        return Account(self.client, answer["access_token"])

    async def settle(self, login: str, password: str) -> None:
        """Have an account choose this password itself if somebody else chose it for the account.

        The portal asks for that at the first log-in, and no password may follow itself: so by
        way of another.
        """
        if await self._change_if_due(login, password, f"{password}-"):
            await self._change(login, f"{password}-", password)

    async def _change_if_due(self, login: str, old: str, new: str) -> bool:
        opened = await self._begin(login, old)
        if opened["must_change_password"]:
            await self._change(login, old, new)
        return bool(opened["must_change_password"])

    async def _begin(self, login: str, password: str) -> Any:
        body = {"login": login, "password": password}
        opened = await self.public.post("/api/identity/v1/sessions", body)
        # The cookie is for browsers; this client speaks for many accounts.
        self.client.cookies.clear()
        return opened

    async def _change(self, login: str, old: str, new: str) -> None:
        account = await self.sign_in(login, old)
        body = {"old_password": old, "new_password": new}
        await account.post("/api/identity/v1/password", body)


def _answer(response: httpx.Response) -> Any:
    if response.is_error:
        try:
            problem = response.json()
        except ValueError:
            problem = {"detail": response.text[:200]}
        raise Refused(response.status_code, problem)
    return response.json() if response.content else None
