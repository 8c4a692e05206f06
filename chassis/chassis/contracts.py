"""The event contracts as the running service sees them: schema and personal-data marks."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

PERSONAL = frozenset({"name", "identifier", "contact"})


class ContractViolation(Exception):
    """An event does not follow its schema: a fault of the producer, never of its caller."""


class EventContract:
    """One event type: its JSON Schema and which of its fields are personal."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema
        self.type: str = schema["title"]
        self._validator = Draft202012Validator(schema, format_checker=FormatChecker())

    @cached_property
    def personal_fields(self) -> frozenset[str]:
        """Names of the top-level fields whose values are encrypted on the bus."""
        properties: dict[str, Any] = self.schema["properties"]
        return frozenset(name for name, spec in properties.items() if spec.get("x-pii") in PERSONAL)

    def validate(self, data: dict[str, Any]) -> None:
        """Raise ``ContractViolation`` naming the field; the value itself is never quoted."""
        error: ValidationError | None = next(self._validator.iter_errors(data), None)
        if error:
            place = error.json_path
            raise ContractViolation(f"{self.type}: {place} breaks '{error.validator}'")


class EventContracts:
    """All event contracts below ``contracts/events``; loaded once, at start."""

    def __init__(self, contracts_dir: Path) -> None:
        files = sorted((contracts_dir / "events").glob("*/*.v*.json"))
        loaded = [EventContract(json.loads(file.read_text())) for file in files]
        self._by_type = {contract.type: contract for contract in loaded}
        if not self._by_type:
            raise ValueError(f"no event contracts below {contracts_dir}")

    def __getitem__(self, event_type: str) -> EventContract:
        try:
            return self._by_type[event_type]
        except KeyError:
            raise ContractViolation(f"{event_type}: no such contract") from None

    def __iter__(self) -> Any:
        return iter(self._by_type.values())
