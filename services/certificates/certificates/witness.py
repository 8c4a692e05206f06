"""Reading the lines of ``python -m verify witness``."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from certificates.domain.recovery import ToldCertificate, ToldLedger, ToldSeal
from certificates.domain.states import CertificateState

Told = ToldCertificate | ToldSeal | ToldLedger


def read(path: Path) -> Iterator[Told]:
    """Yield what the lines say; raise ``ValueError`` with the number of one that says nothing."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield _told(json.loads(line))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path}, line {number}: {error}") from error


def _told(line: dict[str, Any]) -> Told:
    match line["kind"]:
        case "ledger":
            return ToldLedger(line["sequence"], line["size"])
        case "seal":
            active = line["state"] == "active"
            return ToldSeal(UUID(line["seal_id"]), line["aggregate_version"], active)
        case "certificate":
            return _certificate(line)
    raise ValueError(f"of an unknown kind: {line['kind']}")


def _certificate(line: dict[str, Any]) -> ToldCertificate:
    digest = line["record_digest"]
    return ToldCertificate(
        certificate_id=UUID(line["certificate_id"]),
        aggregate_version=line["aggregate_version"],
        state=CertificateState(line["state"]),
        person_id=_id(line["person_id"]),
        employer_id=_id(line["employer_id"]),
        year=line["year"],
        supersedes=_id(line["supersedes"]),
        status_index=line["status_index"],
        token_hash=bytes.fromhex(line["token_hash"]),
        record_digest=bytes.fromhex(digest) if digest else None,
        file_sha256=line["file_sha256"],
        file_bytes=line["file_bytes"],
    )


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
