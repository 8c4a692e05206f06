"""A PDF taken apart for the checks of ISO 19005-3: its bytes, objects, contents and fonts."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pikepdf

Check = Callable[["Inspected"], Iterator[str]]
# Clause of ISO 19005-3 → its check.
REQUIREMENTS: dict[str, Check] = {}


def requirement(clause: str) -> Callable[[Check], Check]:
    """Register a check: it yields what is wrong in a file."""

    def register(check: Check) -> Check:
        assert clause not in REQUIREMENTS
        REQUIREMENTS[clause] = check
        return check

    return register


@dataclass(frozen=True)
class Content:
    """A content stream with the resources it names things in."""

    name: str
    resources: pikepdf.Object
    instructions: list

    def operands_of(self, *operators: str) -> Iterator[tuple[str, list]]:
        for operands, operator in self.instructions:
            if str(operator) in operators:
                yield str(operator), list(operands)


class Inspected:
    """One file."""

    def __init__(self, file: bytes) -> None:
        self.file = file
        self.pdf = pikepdf.open(io.BytesIO(file))
        self.root = self.pdf.Root

    @cached_property
    def dictionaries(self) -> list[pikepdf.Object]:
        """Every dictionary and stream, also those that lie in others."""
        found = []
        waiting = [*self.pdf.objects, self.pdf.trailer]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                found.append(one)
                waiting += [value for _, value in one.items() if _is_direct(value)]
            elif isinstance(one, pikepdf.Array):
                waiting += [value for value in one if _is_direct(value)]
        return found

    @cached_property
    def streams(self) -> list[pikepdf.Object]:
        return [one for one in self.dictionaries if isinstance(one, pikepdf.Stream)]

    def of_type(self, name: str) -> list[pikepdf.Object]:
        return [one for one in self.dictionaries if str(one.get("/Type", "")) == name]

    def of_subtype(self, name: str) -> list[pikepdf.Object]:
        return [one for one in self.dictionaries if str(one.get("/Subtype", "")) == name]

    @cached_property
    def annotations(self) -> list[pikepdf.Object]:
        return [one for page in self.pdf.pages for one in page.obj.get("/Annots", [])]

    @cached_property
    def contents(self) -> list[Content]:
        """The pages, the annotations' appearances, and every form they draw."""
        found, seen = [], set()
        waiting = [(f"page {n}", page.obj) for n, page in enumerate(self.pdf.pages, start=1)]
        waiting += [
            ("appearance", one.AP.N) for one in self.annotations if "/N" in one.get("/AP", {})
        ]
        while waiting:
            name, stream = waiting.pop()
            resources = stream.get("/Resources", pikepdf.Dictionary())
            found.append(Content(name, resources, list(pikepdf.parse_content_stream(stream))))
            patterns = resources.get("/Pattern", {})
            drawn = [*resources.get("/XObject", {}).items(), *patterns.items()]
            for key, one in drawn:
                is_content = str(one.get("/Subtype", "")) == "/Form" or "/PaintType" in one
                if is_content and one.objgen not in seen:
                    seen.add(one.objgen)
                    waiting.append((f"{name} {key}", one))
        return found

    @cached_property
    def shown(self) -> dict[tuple[int, int], set[int]]:
        """Character codes shown with each font, by the font's object."""
        codes: dict[tuple[int, int], set[int]] = {}
        for content in self.contents:
            font = None
            for operands, operator in content.instructions:
                if str(operator) == "Tf":
                    font = content.resources.Font[str(operands[0])].objgen
                for text in _texts(str(operator), list(operands)):
                    codes.setdefault(font, set()).update(
                        int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text), 2)
                    )
        return codes

    @cached_property
    def outside_streams(self) -> bytes:
        """The file without what is between the words stream and endstream."""
        return re.sub(rb"stream\r?\n.*?endstream", b"stream\nendstream", self.file, flags=re.DOTALL)


def _is_direct(value: object) -> bool:
    return isinstance(value, pikepdf.Object) and not value.is_indirect


def _texts(operator: str, operands: list) -> list[bytes]:
    if operator in {"Tj", "'"}:
        return [bytes(operands[0])]
    if operator == '"':
        return [bytes(operands[2])]
    if operator == "TJ":
        return [bytes(one) for one in operands[0] if isinstance(one, pikepdf.String)]
    return []
