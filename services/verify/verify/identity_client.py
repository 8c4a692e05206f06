"""Asking identity whose an ID number is: the one call this service makes, never for a check."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import httpx

from chassis.auth import ServiceTokens
from verify.errors import IdentityUnavailable

# What identity answers at most in one call.
MOST_NUMBERS = 1000


class People:
    """Resolves ID numbers; the numbers are passed on and kept nowhere."""

    def __init__(self, client: httpx.AsyncClient, *, url: str, tokens: ServiceTokens) -> None:
        self._client = client
        self._url = url
        self._tokens = tokens

    async def resolve(self, numbers: Sequence[str], *, purpose: str) -> list[UUID | None]:
        """Return the person of each number, None for a number of nobody; in the same order.

        Raises ``IdentityUnavailable``. Identity audits who asked, why and who was found.
        """
        found: list[UUID | None] = []
        for start in range(0, len(numbers), MOST_NUMBERS):
            part = list(numbers[start : start + MOST_NUMBERS])
            answer = await self._post({"purpose": purpose, "id_numbers": part})
            found += [
                UUID(one["person_id"]) if one["person_id"] else None for one in answer["people"]
            ]
        return found

    async def _post(self, body: dict[str, Any]) -> Any:
        try:
            header = await self._tokens.header()
            answer = await self._client.post(
                f"{self._url}/internal/resolve", json=body, headers=header
            )
            answer.raise_for_status()
            return answer.json()
        except (httpx.HTTPError, ValueError, KeyError) as reason:
            raise IdentityUnavailable from reason
