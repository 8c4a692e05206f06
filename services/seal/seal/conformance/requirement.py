"""A requirement: what must hold, how to mend it, and the function that finds out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from seal.conformance.subject import Subject

Check = Callable[[Subject], Awaitable[str]]


@dataclass(frozen=True)
class Requirement:
    """``check`` returns what it found, or raises ``NotMet`` or ``NotChecked``."""

    id: str
    text: str
    remedy: str
    check: Check


@dataclass
class Catalogue:
    """The requirements of one profile, in the order they are checked."""

    profile: str
    requirements: list[Requirement] = field(default_factory=list)

    def requires(self, name: str, text: str, *, remedy: str) -> Callable[[Check], Check]:
        """Enter the decorated check."""

        def enter(check: Check) -> Check:
            requirement = Requirement(f"{self.profile}.{name}", text, remedy, check)
            self.requirements.append(requirement)
            return check

        return enter
