"""``python -m SERVICE COMMAND``: the same words for every service."""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Command:
    """One command: its help line, its arguments, and what it does with them.

    ``run`` may return an exit code, or an awaitable of one; None means 0.
    """

    help: str
    run: Callable[[argparse.Namespace], Any]
    arguments: Callable[[argparse.ArgumentParser], None] | None = None


def main(service: str, commands: Mapping[str, Command], argv: Sequence[str] | None = None) -> None:
    """Parse the command line, run the command, exit with its code."""
    parser = argparse.ArgumentParser(prog=f"python -m {service}")
    choices = parser.add_subparsers(dest="command", required=True)
    for name, command in commands.items():
        sub = choices.add_parser(name, help=command.help)
        if command.arguments:
            command.arguments(sub)
    chosen = parser.parse_args(argv)
    result = commands[chosen.command].run(chosen)
    if asyncio.iscoroutine(result):
        result = asyncio.run(result)
    sys.exit(result or 0)


def print_openapi(document: Mapping[str, Any]) -> None:
    """Write an OpenAPI document as the goldens in contracts/http are kept."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n")
