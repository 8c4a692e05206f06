"""The repository as text and as syntax trees, for tests that go over all of it."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from tests.kit.stack import ROOT

SERVICES = ("identity", "hours", "certificates", "verify", "seal")
PACKAGES = {
    "chassis": ROOT / "chassis" / "chassis",
    **{service: ROOT / "services" / service / service for service in SERVICES},
}
# Made by tools, or not part of the repository; folders that begin with a dot are left out too.
_FOREIGN = {"__pycache__", "node_modules", "dist", "build", "built"}


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def references(self) -> list[tuple[int, str]]:
        """Line and full dotted name of every name used, imports resolved."""
        return list(references(self.tree))

    @property
    def name(self) -> str:
        """The path from the root, as errors should show it."""
        return str(self.path.relative_to(ROOT))

    def __str__(self) -> str:
        return self.name


@cache
def files() -> tuple[Path, ...]:
    """Return every file of the repository."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(
            one for one in folders if one not in _FOREIGN and not one.startswith(".")
        )
        kept = (name for name in sorted(names) if not name.startswith(".coverage"))
        found += [Path(folder) / name for name in kept]
    return tuple(found)


@cache
def python_files() -> tuple[Source, ...]:
    """Return every Python file of the repository, tests included."""
    return tuple(Source(path) for path in files() if path.suffix == ".py")


def product_files() -> list[Source]:
    """Return the files that run in production: chassis and services without their tests."""
    return [
        source
        for source in python_files()
        if any(source.path.is_relative_to(folder) for folder in PACKAGES.values())
    ]


def dotted(node: ast.expr) -> str:
    """Return ``a.b.c`` for a chain of names, or an empty text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (left := dotted(node.value)):
        return f"{left}.{node.attr}"
    return ""


def imported(tree: ast.Module) -> dict[str, str]:
    """Return local name → full name of everything the module imports, at any depth of it."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name if alias.asname else alias.name.partition(".")[0]
                names[alias.asname or top] = top
                if not alias.asname:
                    names.setdefault(alias.name, alias.name)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def references(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and full dotted name of every name the module uses, its imports resolved."""
    names = imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)) and (chain := dotted(node)):
            first, _, rest = chain.partition(".")
            full = names.get(first, first)
            yield node.lineno, f"{full}.{rest}" if rest else full
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for name in imported(ast.Module([node], [])).values():
                yield node.lineno, name


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and value of every text in code; the parts of an f-string that are constant."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
