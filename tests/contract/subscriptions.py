"""The subscriptions that services really make, found in their ``subscribers`` modules.

A module offers subscriptions at its top (alone or in tuples, lists, dicts), or a function
``subscriptions(...)`` that builds them from its dependencies, or a class with such a method. Both
are called with empty stand-ins: building a subscription only takes bound methods, it runs nothing.
"""

import importlib
import importlib.util
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, get_type_hints

from chassis.bus import Subscription

# seal has no events: a bureau may run a service of its own in its place.
CONSUMING = ("identity", "hours", "certificates", "verify")


@dataclass(frozen=True)
class Consumed:
    """One event type as one service reads it."""

    service: str
    subscription: Subscription[Any]

    @property
    def type(self) -> str:
        return self.subscription.event_type

    def __str__(self) -> str:
        return f"{self.service}<-{self.type}"


@cache
def consumed() -> tuple[Consumed, ...]:
    """Return what every service subscribes to."""
    return tuple(
        Consumed(service, subscription)
        for service in CONSUMING
        if importlib.util.find_spec(f"{service}.subscribers")
        for subscription in _of(importlib.import_module(f"{service}.subscribers"))
    )


def _of(module: ModuleType) -> list[Subscription[Any]]:
    found: list[Subscription[Any]] = []
    for offer in [offer for value in vars(module).values() for offer in _offers(value, module)]:
        if offer not in found:
            found.append(offer)
    return found


def _offers(value: object, module: ModuleType) -> Iterator[Subscription[Any]]:
    if getattr(value, "__module__", None) != module.__name__:
        yield from _walk(value)
    elif inspect.isfunction(value) and value.__name__ == "subscriptions":
        yield from _walk(value(**_stand_ins(value)))
    elif inspect.isclass(value) and hasattr(value, "subscriptions"):
        yield from _walk(object.__new__(value).subscriptions())


def _stand_ins(builder: Any) -> dict[str, Any]:
    hints = get_type_hints(builder)
    return {name: object.__new__(hints[name]) for name in inspect.signature(builder).parameters}


def _walk(value: object) -> Iterator[Subscription[Any]]:
    if isinstance(value, Subscription):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _walk(one)
    elif isinstance(value, dict):
        yield from _walk(list(value.values()))
