"""What producers really put on the wire follows the envelope, and consumers get it back."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import BaseModel, create_model
from tests.contract.events import ENVELOPE, EVENT_FILES, EventFile
from tests.kit.contracts import bus_cipher, contracts

from chassis.cipher import CannotDecrypt, ValueCipher
from chassis.contracts import PERSONAL, ContractViolation
from chassis.envelope import Context, NewEvent, seal, unseal

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
STORY = Context("story", "cause", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
cases = [(file, example) for file in EVENT_FILES for example in file.examples]
every_example = pytest.mark.parametrize(("file", "example"), cases, ids=[str(c[0]) for c in cases])


def wire(file: EventFile, example: dict[str, Any], version: int = 3) -> dict[str, Any]:
    event = NewEvent(file.type, uuid4(), version, example)
    contract = contracts()[file.type]
    _, body = seal(event, contract, bus_cipher(), source=file.producer, time=NOW, context=STORY)
    return dict(json.loads(body))


def everything(file: EventFile) -> type[BaseModel]:
    fields: dict[str, Any] = dict.fromkeys(file.schema["properties"], (Any, None))
    return create_model("Everything", **fields)


@every_example
def test_sealed_event_follows_the_envelope(file: EventFile, example: dict[str, Any]) -> None:
    validator = Draft202012Validator(ENVELOPE, format_checker=FormatChecker())
    document = wire(file, example)
    assert not [error.message for error in validator.iter_errors(document)]
    assert document["type"] == file.type
    assert document["source"] == f"/{file.producer}"


@every_example
def test_sealed_event_shows_no_personal_value(file: EventFile, example: dict[str, Any]) -> None:
    document = wire(file, example)
    for name, field in file.schema["properties"].items():
        if field["x-pii"] in PERSONAL and example.get(name) is not None:
            assert ValueCipher.is_encrypted(document["data"][name])
            assert example[name] not in json.dumps(document, ensure_ascii=False)
        else:
            assert document["data"][name] == example[name]


@every_example
def test_unsealing_gives_every_field_back(file: EventFile, example: dict[str, Any]) -> None:
    event = unseal(wire(file, example), everything(file), bus_cipher())
    assert event.data.model_dump() == example
    assert (event.type, event.time, event.aggregate_version) == (file.type, NOW, 3)
    assert event.correlation_id == "story"


def test_personal_value_moved_to_another_event_cannot_be_read() -> None:
    file = next(file for file in EVENT_FILES if file.type == "identity.person.changed.v1")
    first, second = wire(file, file.examples[0]), wire(file, file.examples[0])
    second["data"]["name"] = first["data"]["name"]
    with pytest.raises(CannotDecrypt):
        unseal(second, everything(file), bus_cipher())


@every_example
def test_event_without_a_required_field_is_never_sealed(
    file: EventFile, example: dict[str, Any]
) -> None:
    for name in file.schema["required"]:
        rest = {key: value for key, value in example.items() if key != name}
        with pytest.raises(ContractViolation):
            wire(file, rest)
