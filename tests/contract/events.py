"""The event contracts as files, for tests that go over all of them."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.kit.stack import ROOT

CONTRACTS = ROOT / "contracts"
EVENTS = CONTRACTS / "events"


@dataclass(frozen=True)
class EventFile:
    """One schema file; its name is the event type."""

    path: Path

    @property
    def type(self) -> str:
        return self.path.stem

    @property
    def producer(self) -> str:
        return self.path.parent.name

    @cached_property
    def schema(self) -> dict[str, Any]:
        return dict(json.loads(self.path.read_text(encoding="utf-8")))

    @property
    def examples(self) -> list[dict[str, Any]]:
        return list(self.schema["examples"])

    def __str__(self) -> str:
        return self.type


EVENT_FILES = [EventFile(path) for path in sorted(EVENTS.glob("*/*.json"))]
BY_TYPE = {file.type: file for file in EVENT_FILES}
ENVELOPE = json.loads((EVENTS / "envelope.json").read_text(encoding="utf-8"))
