"""The event envelope: CloudEvents 1.0 with the extensions every Yuzheng event carries.

What crosses processes is fixed in ``contracts/events/envelope.json``; this module is its only
reader and writer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel

from chassis.cipher import ValueCipher
from chassis.contracts import EventContract
from chassis.ids import uuid7

Data = TypeVar("Data", bound=BaseModel)
CONTENT_TYPE = "application/cloudevents+json"


@dataclass(frozen=True)
class NewEvent:
    """A fact a service is about to tell: full current state of ``aggregate_id`` at a version."""

    type: str
    aggregate_id: UUID
    aggregate_version: int
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Event(Generic[Data]):
    """A fact received, its data reduced to the fields the consumer declared."""

    id: UUID
    type: str
    time: datetime
    aggregate_id: UUID
    aggregate_version: int
    correlation_id: str
    data: Data


@dataclass(frozen=True)
class Context:
    """Where an event comes from: carried on so that one story can be followed through services."""

    correlation_id: str
    causation_id: str
    traceparent: str


def seal(
    event: NewEvent,
    contract: EventContract,
    cipher: ValueCipher,
    *,
    source: str,
    time: datetime,
    context: Context,
) -> tuple[UUID, bytes]:
    """Return the id and wire form of ``event``: validated, personal fields encrypted."""
    data = json.loads(json.dumps(event.data, default=_plain, ensure_ascii=False))
    contract.validate(data)
    event_id = uuid7()
    for field in contract.personal_fields:
        if isinstance(data.get(field), str):
            data[field] = cipher.encrypt(data[field], f"{event_id}/{field}")
    document = {
        "specversion": "1.0",
        "id": str(event_id),
        "type": event.type,
        "source": f"/{source}",
        "subject": str(event.aggregate_id),
        "time": time.isoformat(),
        "datacontenttype": "application/json",
        "traceparent": context.traceparent,
        "correlationid": context.correlation_id,
        "causationid": context.causation_id,
        "aggregateid": str(event.aggregate_id),
        "aggregateversion": event.aggregate_version,
        "data": data,
    }
    return event_id, json.dumps(document, ensure_ascii=False).encode()


def unseal(document: Mapping[str, Any], model: type[Data], cipher: ValueCipher) -> Event[Data]:
    """Return the event with the declared fields decrypted; extra fields are not touched."""
    raw: dict[str, Any] = dict(document["data"])
    declared = {field.alias or name for name, field in model.model_fields.items()}
    for name in declared & raw.keys():
        if cipher.is_encrypted(raw[name]):
            raw[name] = cipher.decrypt(raw[name], f"{document['id']}/{name}")
    return Event(
        id=UUID(document["id"]),
        type=document["type"],
        time=datetime.fromisoformat(document["time"]),
        aggregate_id=UUID(document["aggregateid"]),
        aggregate_version=int(document["aggregateversion"]),
        correlation_id=document["correlationid"],
        data=model.model_validate(raw),
    )


def _plain(value: object) -> str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime) or hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise TypeError(f"{type(value).__name__} has no place in an event")
