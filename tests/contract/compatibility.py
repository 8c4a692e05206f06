"""What may change in an event schema within a major: optional additions, and words."""

from collections.abc import Iterator
from typing import Any

# Words that validate nothing. x-pii is not among them: a new mark changes the wire format.
_WORDS = {"description", "examples", "title", "$id", "$schema"}


def differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Yield every change that a consumer or a message already in a queue would not survive."""
    if set(old.get("required", ())) != set(new.get("required", ())):
        yield "the required fields changed"
    for name, field in old["properties"].items():
        if name not in new["properties"]:
            yield f"{name} was removed"
        elif _meaning(field) != _meaning(new["properties"][name]):
            yield f"{name} changed"
    if _meaning({**old, "properties": {}, "required": []}) != _meaning(
        {**new, "properties": {}, "required": []}
    ):
        yield "a rule about the whole document changed"


def _meaning(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _meaning(value) for key, value in node.items() if key not in _WORDS}
    return [_meaning(one) for one in node] if isinstance(node, list) else node
