"""What pages tell people to type, taken out of their code spans."""

import re
import shlex
from functools import cache
from importlib import import_module
from typing import Any

from tests.kit.stack import ROOT

_SPAN = re.compile(r"`([^`\n]+)`")
_CLI = re.compile(r'make cli s=(\S+) a="([^"]*)"')
_MODULE = re.compile(r"python -m (identity|hours|certificates|verify|seal)\b\s*(.*)")
SERVICES = ("identity", "hours", "certificates", "verify")


def spans(text: str) -> list[str]:
    """Return every piece of code in running text."""
    return _SPAN.findall(text)


def targets(text: str) -> set[str]:
    """Return which targets of the Makefile the page names."""
    found = (re.match(r"make ([a-z][a-z-]*)\b", span) for span in spans(text))
    return {match[1] for match in found if match}


@cache
def makefile_targets() -> frozenset[str]:
    """Return what the Makefile has."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^([a-z][a-z-]*):", text, re.MULTILINE))


def service_commands(text: str) -> list[tuple[str, list[str]]]:
    """Return (service, words) of every `make cli …` and `python -m SERVICE …`.

    SERVICE stands for each of the four.
    """
    found = []
    for span in spans(text):
        match = _CLI.search(span) or _MODULE.search(span)
        if match:
            words = shlex.split(match[2])
            services = SERVICES if match[1] == "SERVICE" else (match[1].partition("-")[0],)
            found += [(service, words) for service in services]
    return found


@cache
def commands_of(service: str) -> dict[str, Any]:
    """Return what `python -m SERVICE` offers."""
    commands: dict[str, Any] = import_module(f"{service}.__main__").SERVICE.commands()
    return commands
