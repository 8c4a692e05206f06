"""Handing in an impression as the bureau's web page does."""

from uuid import UUID, uuid4

import httpx
from services.certificates.tests.service.office import API, Office


async def hand_in(
    office: Office,
    seal_id: str | UUID,
    content: bytes,
    headers: dict[str, str] | None = None,
    key: str | None = None,
) -> httpx.Response:
    """Upload an impression, as the bureau unless said otherwise."""
    headers = office.bureau() if headers is None else headers
    return await office.http.post(
        f"{API}/seals/{seal_id}/impression",
        files={"file": ("印模.png", content, "image/png")},
        headers={**headers, "idempotency-key": key or str(uuid4())},
    )
