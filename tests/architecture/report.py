"""What to think about again: ``python -m tests.architecture.report``.

Nothing here is a failure: the tests beside this file say what is.
"""

import ast

from tests.architecture.sources import Source, product_files, python_files
from tests.architecture.test_sizes import Function, length_of
from tests.architecture.test_suppressions import suppressions

LINES = 250
FUNCTION_LINES = 40


def main() -> None:
    print(f"files over {LINES} lines")
    for source in sorted(python_files(), key=lambda one: -len(one.lines)):
        if len(source.lines) > LINES and "migrations" not in source.path.parts:
            print(f"  {len(source.lines):4} {source}")
    print(f"functions over {FUNCTION_LINES} lines")
    for source in product_files():
        for length, name in long_functions(source):
            print(f"  {length:4} {source}: {name}")
    lines = sum(len(source.lines) for source in product_files())
    count = sum(len(suppressions(source)) for source in product_files())
    print(f"suppressions: {count} in {lines} lines, {1000 * count / lines:.1f} per 1,000")


def long_functions(source: Source) -> list[tuple[int, str]]:
    return [
        (length_of(node), node.name)
        for node in ast.walk(source.tree)
        if isinstance(node, Function) and length_of(node) > FUNCTION_LINES
    ]


if __name__ == "__main__":
    main()
