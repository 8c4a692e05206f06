"""Going on after a failure, and telling all of them at the end."""

from collections.abc import Callable
from typing import ParamSpec

from deploy.local.problems import StackError

Arguments = ParamSpec("Arguments")


class Failures:
    """Collects what went wrong, so that one failing part does not hide the others."""

    def __init__(self) -> None:
        self._messages: list[str] = []

    def attempt(
        self,
        action: Callable[Arguments, object],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> bool:
        """Tell whether the action succeeded; its StackError is kept for the end."""
        try:
            action(*arguments, **named)
        except StackError as problem:
            self._messages.append(str(problem))
            return False
        return True

    def raise_if_any(self) -> None:
        """Raise one StackError with everything that went wrong."""
        if self._messages:
            raise StackError("\n".join(self._messages))
