"""Every consumer can read what every producer may send, and nothing is sent to nobody."""

import json
import typing
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from pydantic import BaseModel
from tests.contract.events import BY_TYPE, EVENT_FILES
from tests.contract.subscriptions import CONSUMING, Consumed, consumed
from tests.kit.contracts import bus_cipher, contracts

from chassis.envelope import Context, NewEvent, seal, unseal

every_consumer = pytest.mark.parametrize("consumer", consumed(), ids=str)


@pytest.mark.parametrize("service", CONSUMING)
def test_service_subscribes_to_something(service: str) -> None:
    assert any(consumer.service == service for consumer in consumed())


@every_consumer
def test_consumer_accepts_every_example(consumer: Consumed) -> None:
    for example in BY_TYPE[consumer.type].examples:
        event = unseal(_wire(consumer.type, example), consumer.subscription.model, bus_cipher())
        for name in consumer.subscription.model.model_fields:
            assert name in example, f"{name} is declared by the consumer and not in the example"
        assert isinstance(event.data, BaseModel)


@every_consumer
def test_consumer_declares_only_fields_of_the_contract(consumer: Consumed) -> None:
    # A misspelt optional field would otherwise be None for ever and nobody would know.
    declared = set(consumer.subscription.model.model_fields)
    assert declared
    assert declared <= set(BY_TYPE[consumer.type].schema["properties"])


@every_consumer
def test_consumer_takes_null_wherever_the_contract_allows_it(consumer: Consumed) -> None:
    file = BY_TYPE[consumer.type]
    for name, field in consumer.subscription.model.model_fields.items():
        if "null" in _types(file.schema["properties"][name]):
            arguments = typing.get_args(field.annotation)
            assert type(None) in arguments, f"{name} may be null by contract"


@every_consumer
def test_consumer_ignores_a_field_added_later(consumer: Consumed) -> None:
    document = _wire(consumer.type, BY_TYPE[consumer.type].examples[0])
    document["data"]["added_later"] = {"anything": 1}
    unseal(document, consumer.subscription.model, bus_cipher())


@pytest.mark.parametrize("file", EVENT_FILES, ids=str)
def test_event_has_a_consumer(file: Any) -> None:
    # Events are published as mandatory: one that no queue is bound to comes back and stays in
    # the outbox for ever.
    assert any(consumer.type == file.type for consumer in consumed())


def test_no_service_consumes_its_own_events() -> None:
    assert [str(c) for c in consumed() if c.type.startswith(f"{c.service}.")] == []


def _wire(event_type: str, example: dict[str, Any]) -> dict[str, Any]:
    event = NewEvent(event_type, uuid4(), 1, example)
    _, body = seal(
        event,
        contracts()[event_type],
        bus_cipher(),
        source=event_type.split(".", maxsplit=1)[0],
        time=datetime(2026, 11, 23, tzinfo=UTC),
        context=Context("story", "cause", ""),
    )
    return dict(json.loads(body))


def _types(field: dict[str, Any]) -> list[str]:
    kind = field.get("type", [])
    return [kind] if isinstance(kind, str) else list(kind)
