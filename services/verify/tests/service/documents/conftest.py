"""A certificate that the registry knows, and files handed in about it."""

import pytest
import sealed_files as files
from sealed_files import genuine, registered, signer_digest
from verify_kit import heartbeat, make_settings, seal_event

DOCUMENTS = "/api/verify/v1/documents"


@pytest.fixture(scope="session")
def revised() -> bytes:
    return files.revised()


@pytest.fixture
def settings(tmp_path, database_url, redis_server):
    return make_settings(
        tmp_path,
        database_url.render_as_string(hide_password=False),
        redis_server.url,
        trust_roots_file=files.trust_roots(tmp_path),
    )


@pytest.fixture
async def certificate(tell):
    one = registered(genuine())
    await tell(
        heartbeat(1, 0),
        one.event("valid", 1),
        seal_event("active", 1, signer=signer_digest(genuine().signer)),
        heartbeat(2, 1, (one, 1)),
    )
    return one


@pytest.fixture
def check(api, certificate):
    async def run(pdf: bytes, **form: str) -> dict:
        answer = await api.client.post(
            DOCUMENTS, files={"file": ("certificate.pdf", pdf, "application/pdf")}, data=form
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    return run
