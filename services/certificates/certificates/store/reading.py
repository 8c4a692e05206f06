"""From rows to entities."""

from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, RowMapping, Table

from certificates.domain.states import CertificateState, IntentState, SealState

Entity = TypeVar("Entity")
_STATES = {"Intent": IntentState, "Certificate": CertificateState, "Seal": SealState}


@cache
def columns_of(table: Table, entity: type) -> tuple[Column[Any], ...]:
    """Return the columns an entity is made of, so that a SELECT names what it reads."""
    return tuple(table.c[field.name] for field in fields(entity))


def entity_of(entity: type[Entity], row: RowMapping) -> Entity:
    """Return the row as an entity; its state as a word of the domain."""
    values = {field.name: row[field.name] for field in fields(entity)}  # type: ignore[arg-type]  # always a dataclass
    if state := _STATES.get(entity.__name__):
        values["state"] = state(values["state"])
    for name in ("chain", "years", "certificate_ids"):
        if values.get(name) is not None:
            values[name] = tuple(values[name])
    return entity(**values)
