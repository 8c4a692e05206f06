"""Settings of a certificates service whose seal services a test chooses."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.kit.databases import migrated_database
from tests.kit.stack import ROOT

from certificates.settings import Settings

SECRET = "a-secret-made-by-a-machine-0123456789"


@asynccontextmanager
async def settings_with(
    endpoints: Mapping[str, Mapping[str, Any]],
    folder: Path,
    files: Mapping[str, Path],
    fonts_dir: Path,
) -> AsyncIterator[Settings]:
    """Yield settings on a new database, files lying in ``folder``."""
    listing = folder / "endpoints.json"
    listing.write_text(json.dumps(endpoints))
    async with migrated_database("certificates") as url:
        yield Settings(
            api_port=1,
            worker_port=2,
            contracts_dir=ROOT / "contracts",
            database_url=url.render_as_string(hide_password=False),
            objects_url=(folder / "objects").as_uri(),
            public_host="http://127.0.0.1:21000",
            seal_endpoints_file=listing,
            fonts_dir=fonts_dir,
            **files,
        )


def endpoint(url: str, folder: Path, *, office_code: str = "410100", **more: Any) -> dict[str, Any]:
    """Describe a seal service that takes any secret."""
    secret = folder / "secret"
    secret.write_text(SECRET)
    return {
        "office_code": office_code,
        "base_url": url,
        "client_id": "certificates",
        "client_secret_file": str(secret),
        "credential_id": "seal",
        **more,
    }


def with_endpoint(settings: Settings, folder: Path, name: str, **changes: Any) -> Settings:
    """Return the settings with one endpoint described differently."""
    listing = folder / "endpoints-changed.json"
    assert settings.seal_endpoints_file
    endpoints = json.loads(settings.seal_endpoints_file.read_text())
    endpoints[name] |= changes
    listing.write_text(json.dumps(endpoints))
    return settings.model_copy(update={"seal_endpoints_file": listing})
