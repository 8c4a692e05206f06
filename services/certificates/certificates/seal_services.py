"""The known seal services, each with its own connections, so that one cannot use up another's."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import httpx

from certificates.errors import SealEndpointUnknown
from certificates.sealing import SealService
from certificates.sealing.csc import CscEndpoint, CscSealService


@dataclass(frozen=True, slots=True)
class SealEndpoint:
    """A seal service that operations know: whose it is and how it is reached.

    The address is not an input of administrators: who could name any address could make our
    worker call it.
    """

    office_code: str
    address: CscEndpoint


class SealServices:
    """Gives the client of an endpoint and credential; clients live as long as the process."""

    def __init__(self, endpoints: Mapping[str, SealEndpoint]) -> None:
        self._endpoints = endpoints
        self._clients: dict[tuple[str, str], CscSealService] = {}
        self._stack = AsyncExitStack()

    async def of(self, endpoint_name: str, credential_id: str) -> SealService:
        """Return the service; raise ``SealEndpointUnknown`` when operations removed it."""
        endpoint = self._endpoints.get(endpoint_name)
        if endpoint is None:
            raise SealEndpointUnknown
        key = (endpoint_name, credential_id)
        if key not in self._clients:
            address = replace(endpoint.address, credential_id=credential_id)
            client = httpx.AsyncClient(timeout=address.timeout_seconds)
            self._stack.push_async_callback(client.aclose)
            self._clients[key] = CscSealService(client, address)
        return self._clients[key]

    async def close(self) -> None:
        """Close every connection."""
        await self._stack.aclose()
