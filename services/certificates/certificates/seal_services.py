"""The known seal services, each with its own connections, so that one cannot use up another's."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace

import httpx

from certificates.domain.pace import Pace
from certificates.errors import SealEndpointUnknown
from certificates.sealing import SealService
from certificates.sealing.connection import SealAddress, SealConnection
from certificates.sealing.csc import CscSealService
from certificates.sealing.signature_log import SignatureLog
from certificates.sealing.whole_pdf import WholePdfSealService


@dataclass(frozen=True, slots=True)
class SealEndpoint:
    """A seal service that operations know: whose it is and how it is reached.

    The address is not an input of administrators: who could name any address could make our
    worker call it.
    """

    office_code: str
    address: SealAddress
    shape: str = "csc"
    pace: Pace = field(default_factory=Pace)


class SealServices:
    """Gives the client of an endpoint and credential; clients live as long as the process."""

    def __init__(self, endpoints: Mapping[str, SealEndpoint]) -> None:
        self._endpoints = endpoints
        self._clients: dict[tuple[str, str], SealService] = {}
        self._logs: dict[str, SignatureLog] = {}
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
            self._clients[key] = _service(client, address, endpoint)
        return self._clients[key]

    def log_of(self, endpoint_name: str) -> SignatureLog | None:
        """Return the service's signature log; None for one that keeps none for us.

        Raises ``SealEndpointUnknown`` when operations removed the service.
        """
        endpoint = self._endpoints.get(endpoint_name)
        if endpoint is None:
            raise SealEndpointUnknown
        if endpoint.shape != "csc":
            return None
        if endpoint_name not in self._logs:
            client = httpx.AsyncClient(timeout=endpoint.address.timeout_seconds)
            self._stack.push_async_callback(client.aclose)
            self._logs[endpoint_name] = SignatureLog(SealConnection(client, endpoint.address))
        return self._logs[endpoint_name]

    def pace_of(self, endpoint_name: str) -> Pace:
        """Return how fast the service may be asked by all workers together."""
        endpoint = self._endpoints.get(endpoint_name)
        return endpoint.pace if endpoint else Pace()

    async def close(self) -> None:
        """Close every connection."""
        await self._stack.aclose()


def _service(
    client: httpx.AsyncClient, address: SealAddress, endpoint: SealEndpoint
) -> SealService:
    if endpoint.shape == "whole_pdf":
        return WholePdfSealService(client, address, concurrency=endpoint.pace.concurrency)
    return CscSealService(client, address)
