"""A requirement: what must hold, how to mend it, and the function that finds out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from seal.conformance.session import Session

# Signing digests and sealing documents are asked in different words.
SessionT = TypeVar("SessionT", bound=Session)


@dataclass(frozen=True)
class Requirement(Generic[SessionT]):
    """``check`` returns what it found, or raises ``NotMet`` or ``NotChecked``."""

    id: str
    text: str
    remedy: str
    check: Callable[[SessionT], Awaitable[str]]


@dataclass
class Catalogue(Generic[SessionT]):
    """The requirements of one profile, in the order they are checked."""

    profile: str
    requirements: list[Requirement[SessionT]] = field(default_factory=list)

    def requires(
        self, name: str, text: str, *, remedy: str
    ) -> Callable[[Callable[[SessionT], Awaitable[str]]], Callable[[SessionT], Awaitable[str]]]:
        """Enter the decorated check."""

        def enter(
            check: Callable[[SessionT], Awaitable[str]],
        ) -> Callable[[SessionT], Awaitable[str]]:
            requirement = Requirement(f"{self.profile}.{name}", text, remedy, check)
            self.requirements.append(requirement)
            return check

        return enter

    def under(self, profile: str) -> list["Requirement[SessionT]"]:
        """Return its requirements as those of another profile."""
        return [
            Requirement(f"{profile}.{one.id.partition('.')[2]}", one.text, one.remedy, one.check)
            for one in self.requirements
        ]
