"""Values that an earlier step has set."""

from typing import TypeVar

Value = TypeVar("Value")


class StepSkipped(Exception):
    """A step found missing what the one before it must have stored: a fault of ours."""


def present(value: Value | None) -> Value:
    """Return a value that must be there by now; raise ``StepSkipped`` when it is not."""
    if value is None:
        raise StepSkipped
    return value
