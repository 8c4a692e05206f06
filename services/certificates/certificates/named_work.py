"""Document work by its name, for ``Workshop.run``.

What it needs (WeasyPrint, pyHanko) is imported where it runs, in the document process alone.
"""

from pkgutil import resolve_name
from typing import Any


def run_named(name: str, *arguments: Any) -> Any:
    """Call ``module:function`` with the arguments."""
    return resolve_name(name)(*arguments)
