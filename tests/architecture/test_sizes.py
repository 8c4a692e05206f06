"""No file and no function grows until nobody dares to touch it."""

import ast

from tests.architecture.sources import python_files

# Think again at 250 lines (python -m tests.architecture.report lists those); split before 400.
MOST_LINES = 400
MOST_FUNCTION_LINES = 60
Function = ast.FunctionDef | ast.AsyncFunctionDef
# A migration is written once and never edited, so its length harms nobody.
sources = [source for source in python_files() if "migrations" not in source.path.parts]


def test_files_are_short_enough() -> None:
    long = [
        f"{source}: {len(source.lines)}" for source in sources if len(source.lines) > MOST_LINES
    ]
    assert long == []


def test_functions_are_short_enough() -> None:
    long = [
        f"{source}:{node.lineno} {node.name}: {length_of(node)} lines"
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, Function) and length_of(node) > MOST_FUNCTION_LINES
    ]
    assert long == []


def length_of(function: Function) -> int:
    """Return the lines from ``def`` to the last statement, those of functions inside it too."""
    return (function.end_lineno or function.lineno) - function.lineno + 1
