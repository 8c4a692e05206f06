"""What a process of the stack is; the servers and services each describe theirs with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Process:
    """One program under supervisord, and the condition that says it does its work."""

    name: str
    command: str
    is_ready: Callable[[], bool]
    ports: tuple[str, ...] = ()
    """Names in ports.env; each must be free before the process starts."""
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    stop_signal: str = "TERM"
    ready_seconds: float = 60.0
    stop_seconds: int = 20
