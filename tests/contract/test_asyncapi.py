"""The AsyncAPI document tells exactly what is on the bus: no type more, no consumer less."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from tests.contract.events import BY_TYPE, CONTRACTS, EVENT_FILES, EventFile
from tests.contract.subscriptions import consumed

from chassis.topology import EXCHANGE

DOCUMENT: dict[str, Any] = yaml.safe_load((CONTRACTS / "asyncapi.yaml").read_text(encoding="utf-8"))
CHANNELS: dict[str, Any] = DOCUMENT["channels"]
MESSAGES: dict[str, Any] = DOCUMENT["components"]["messages"]
OPERATIONS: dict[str, Any] = DOCUMENT["operations"]
every_event = pytest.mark.parametrize("file", EVENT_FILES, ids=str)


def test_document_is_of_the_version_we_write() -> None:
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= set(DOCUMENT["info"])


def test_channels_and_messages_are_the_event_types() -> None:
    assert set(CHANNELS) == set(BY_TYPE)
    assert set(MESSAGES) == set(BY_TYPE)


@every_event
def test_channel_is_the_routing_key_on_the_exchange(file: EventFile) -> None:
    channel = CHANNELS[file.type]
    assert channel["address"] == file.type
    assert channel["messages"] == {"event": {"$ref": f"#/components/messages/{file.type}"}}
    binding = _resolved(channel["bindings"])["amqp"]
    assert binding["is"] == "routingKey"
    assert binding["exchange"]["name"] == EXCHANGE
    assert (binding["exchange"]["type"], binding["exchange"]["durable"]) == ("topic", True)


@every_event
def test_message_refers_to_envelope_and_schema(file: EventFile) -> None:
    message = MESSAGES[file.type]
    assert message["name"] == file.type
    assert message["summary"] == file.schema["description"]
    envelope, own = message["payload"]["schema"]["allOf"]
    assert envelope == {"$ref": "events/envelope.json"}
    assert own["properties"]["type"] == {"const": file.type}
    assert own["properties"]["data"] == {"$ref": f"events/{file.producer}/{file.type}.json"}


def test_every_reference_leads_somewhere() -> None:
    references = set(_references(DOCUMENT))
    assert references
    for reference in references:
        if reference.startswith("#/"):
            _lookup(reference)
        else:
            assert (CONTRACTS / reference).is_file(), reference


def test_senders_are_the_producers() -> None:
    sent = {(_service(one), _type(one)) for one in OPERATIONS.values() if one["action"] == "send"}
    assert sent == {(file.producer, file.type) for file in EVENT_FILES}


def test_receivers_are_the_subscriptions_that_services_make() -> None:
    told = {
        (_service(one), _type(one)) for one in OPERATIONS.values() if one["action"] == "receive"
    }
    assert told == {(consumer.service, consumer.type) for consumer in consumed()}


def test_every_operation_is_either_send_or_receive_and_named_after_it() -> None:
    for name, operation in OPERATIONS.items():
        verb = {"send": "sends", "receive": "receives"}[operation["action"]]
        assert name == f"{_service(operation)}-{verb}-{_type(operation)}"


def _service(operation: dict[str, Any]) -> str:
    return str(operation["tags"][0]["name"])


def _type(operation: dict[str, Any]) -> str:
    return str(operation["channel"]["$ref"]).removeprefix("#/channels/")


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    return _lookup(node["$ref"]) if "$ref" in node else node


def _lookup(reference: str) -> dict[str, Any]:
    node: Any = DOCUMENT
    for part in reference.removeprefix("#/").split("/"):
        node = node[part]
    return dict(node)


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            else:
                yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)
