"""Repeated forms, each placed relative to the one before: equal operators pack to almost nothing.

Two hundred absolute placements of the border's tiles and the rosettes' lobes take 3 KB in every
file, the same ones as steps 0.4 KB.
"""

import math
import re
from collections.abc import Iterator
from itertools import groupby

_PLACED = re.compile(r"q (?P<turn>1 0 0 1|0 1 -1 0) (?P<x>\S+) (?P<y>\S+) cm /(?P<form>\S+) Do Q")
_CURVE = re.compile(r"(?:-?[\d.]+ ){2}m(?: (?:-?[\d.]+ ){6}c)+")
_FRACTION = re.compile(r"-?\d+\.\d+")
_TURNED = re.compile(r"q \S+ \S+ \S+ \S+ 0 0 cm /(?P<form>\S+) Do Q")


def in_steps(operators: str) -> str:
    """Return operators that draw the same; what is not a plain repetition stays as it is."""
    parts: list[str] = []
    for kind, lines in groupby(operators.split("\n"), key=_kind):
        if kind == "placed":
            parts += _rows(lines)
        elif kind == "turned":
            parts += _rings(lines)
        else:
            parts += lines
    return "\n".join(parts)


def to_tenths(operators: str) -> str:
    """Return a small form with its curves' points rounded to 0.1 point: 0.02 mm on paper."""
    return _CURVE.sub(lambda path: _FRACTION.sub(_tenth, path[0]), operators)


def _tenth(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}"


def _kind(line: str) -> str:
    if _PLACED.fullmatch(line):
        return "placed"
    return "turned" if _TURNED.fullmatch(line) else ""


def _rings(lines: Iterator[str]) -> Iterator[str]:
    """Take as a ring all turns of one form about the origin, evenly spaced from zero on."""
    for _, ring in groupby(lines, key=lambda line: line.split("cm ")[1]):
        turns = list(ring)
        form = turns[0].split("cm ")[1].removesuffix(" Q")
        angle = 2 * math.pi / len(turns)
        cosine, sine = f"{math.cos(angle):.8f}", f"{math.sin(angle):.8f}"
        step = f"{cosine} {sine} {-math.sin(angle):.8f} {cosine} 0 0 cm {form}"
        yield from ("q", form, *[step] * (len(turns) - 1), "Q")


def _rows(lines: Iterator[str]) -> Iterator[str]:
    """Take as a row the placements of one form on one line, in its direction, evenly spaced."""
    rows: dict[tuple[str, str, str], list[tuple[float, str]]] = {}
    for line in lines:
        found = _PLACED.fullmatch(line)
        if found is None:
            continue
        along, across = ("x", "y") if found["turn"] == "1 0 0 1" else ("y", "x")
        row = rows.setdefault((found["turn"], found[across], found["form"]), [])
        row.append((float(found[along]), line))
    for (_, _, form), row in rows.items():
        (first, line), (last, _) = min(row), max(row)
        step = (last - first) / max(len(row) - 1, 1)
        start = line.removesuffix(" Q")
        yield from (start, *[f"1 0 0 1 {step:.6f} 0 cm /{form} Do"] * (len(row) - 1), "Q")
