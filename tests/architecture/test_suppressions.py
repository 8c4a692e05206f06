"""A silenced tool says which rule is silenced and why."""

import io
import re
import tokenize
from collections.abc import Iterator

from tests.architecture.sources import Source, product_files, python_files

# Suppressions for 1,000 lines of the product: more means that the rule or the code is wrong.
BUDGET_PER_THOUSAND = 3
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma: no cover|mypy:)", re.IGNORECASE)
EXPLAINED = re.compile(
    r"#\s*noqa: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)* (- |# ).{4,}"
    r"|#\s*type: ignore\[[a-z-]+(, ?[a-z-]+)*\]\s+(- |# ).{4,}"
)


def comments(source: Source) -> Iterator[str]:
    if "#" not in source.text:
        return
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def suppressions(source: Source) -> list[str]:
    return [comment for comment in comments(source) if SUPPRESSION.search(comment)]


def test_suppression_names_its_rule_and_its_reason() -> None:
    bare = [
        f"{source}: {one}"
        for source in python_files()
        for one in suppressions(source)
        if not EXPLAINED.search(one)
    ]
    assert bare == []


def test_suppressions_stay_within_the_budget() -> None:
    sources = product_files()
    lines = sum(len(source.lines) for source in sources)
    count = sum(len(suppressions(source)) for source in sources)
    assert count <= BUDGET_PER_THOUSAND * lines / 1000


def test_todo_says_when_it_goes_away() -> None:
    vague = [
        f"{source}: {one}"
        for source in python_files()
        for one in comments(source)
        if re.search(r"\b(TODO|FIXME|XXX)\b", one) and not re.search(r"TODO\(#\d+\): .+", one)
    ]
    assert vague == []
