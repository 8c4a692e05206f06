"""Reads ``seal_endpoints_file``: whose each seal service is, how it is reached and paced.

What is wrong in it stops the start with one line that names endpoint and key: a limit that is
misspelt would otherwise be no limit.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from certificates.domain.pace import Pace
from certificates.seal_services import SealEndpoint
from certificates.sealing.connection import SealAddress
from chassis.settings import SettingsWrong, read_secret

# Unit and bounds of what may be left out; settings.py and docs/issuance-lifecycle.md say what for.
_NUMBERS: Mapping[str, tuple[float, float]] = {
    # Seconds for one call; a service that needs longer is treated as away.
    "timeout_seconds": (0.1, 60),
    # Calls to the service at the same time; whole documents count one by one.
    "concurrency": (1, 256),
    # Documents a second; what the bureau's service is built for.
    "per_second": (0.01, 10_000),
    # Documents in one turn: seal_batch, or for whole documents what is out at the same time.
    "batch": (1, 1000),
    # Milliseconds a turn that is not full waits for more: more would be felt by who waits.
    "linger_ms": (0, 20),
}
_WHOLE = {"concurrency", "batch"}
_TEXTS = ("office_code", "base_url", "client_id", "client_secret_file", "credential_id")
_SHAPES = ("csc", "whole_pdf")
_KNOWN = {*_TEXTS, *_NUMBERS, "shape"}


def read_endpoints(file: Path, *, production: bool) -> dict[str, SealEndpoint]:
    """Return the seal services by name; raise ``SettingsWrong`` when one is not well described."""
    try:
        document = json.loads(file.read_text())
    except (OSError, ValueError) as error:
        raise SettingsWrong(f"seal_endpoints_file {file}: {error}") from error
    if not isinstance(document, dict):
        raise SettingsWrong(f"seal_endpoints_file {file}: not an object of endpoints by name")
    found = {}
    for name, entry in document.items():
        try:
            found[name] = _endpoint(entry, production=production)
        except (OSError, ValueError) as error:
            raise SettingsWrong(f"seal_endpoints_file {file}: {name}: {error}") from error
    return found


def _endpoint(entry: Any, *, production: bool) -> SealEndpoint:
    if not isinstance(entry, dict):
        raise SettingsWrong("not an object")
    if unknown := sorted(entry.keys() - _KNOWN):
        raise ValueError(f"{unknown[0]} is not known here")
    texts = {key: _text(entry, key) for key in _TEXTS}
    _check_address(texts["base_url"], production=production)
    shape = entry.get("shape", "csc")
    if shape not in _SHAPES:
        raise ValueError(f"shape is {shape}, not one of {', '.join(_SHAPES)}")
    numbers = {key: _number(key, entry[key]) for key in _NUMBERS if key in entry}
    address = SealAddress(
        base_url=texts["base_url"],
        client_id=texts["client_id"],
        client_secret=read_secret(Path(texts["client_secret_file"])),
        credential_id=texts["credential_id"],
        timeout_seconds=numbers.get("timeout_seconds", 5.0),
    )
    pace = _pace(numbers, by_document=shape == "whole_pdf")
    return SealEndpoint(texts["office_code"], address, shape, pace)


def _pace(numbers: Mapping[str, float], *, by_document: bool) -> Pace:
    usual = Pace()
    concurrency = int(numbers.get("concurrency", usual.concurrency))
    together = concurrency if by_document else None
    return Pace(
        concurrency=concurrency,
        per_second=numbers.get("per_second", usual.per_second),
        batch=int(numbers["batch"]) if "batch" in numbers else together,
        linger_seconds=numbers.get("linger_ms", usual.linger_seconds * 1000) / 1000,
        by_document=by_document,
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{key} is missing")
    return value


def _number(key: str, value: Any) -> float:
    least, most = _NUMBERS[key]
    wanted = int if key in _WHOLE else int | float
    right = isinstance(value, wanted) and not isinstance(value, bool)
    if not right or not least <= value <= most:
        kind = "a whole number" if key in _WHOLE else "a number"
        raise ValueError(f"{key} is {value!r}, not {kind} from {least:g} to {most:g}")
    return float(value)


def _check_address(base_url: str, *, production: bool) -> None:
    address = urlsplit(base_url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError(f"base_url is {base_url}, not an http address")
    if address.username or address.query or address.fragment:
        raise ValueError("base_url has more than an address and a path")
    if production and address.scheme != "https":
        raise ValueError("base_url must be https in production: a client secret goes there")
