"""A compiled shell: everything of the certificates of one template version and host that is alike.

Content and metadata are kept as patterns: constant parts with the names of fields between them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from chassis.errors import Category, ServiceError


class ShellUnusable(ServiceError):
    """The page as set does not have the form that the compiler knows: it is rendered in full."""

    code: ClassVar[str] = "certificates.shell_unusable"
    category: ClassVar[Category] = Category.CONFLICT
    detail = "证书样式无法预编译，改用完整生成。"


Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text with fields: constant at even places, the name of a field at odd ones."""

    parts: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the fields, in order."""
        return self.parts[1::2]

    def fill(self, fields: Fields) -> str:
        """Return the text with the fields' values."""
        return "".join(
            fields[part] if number % 2 else part for number, part in enumerate(self.parts)
        )


def pattern_of(text: str, samples: Fields) -> Pattern:
    """Return the pattern behind a text that was set with the sample values."""
    names = {value: name for name, value in samples.items()}
    longest_first = sorted(names, key=len, reverse=True)
    pieces = re.split("(" + "|".join(map(re.escape, longest_first)) + ")", text)
    return Pattern(tuple(names[p] if n % 2 else p for n, p in enumerate(pieces)))


Codes = Mapping[str, tuple[str, int]]  # character: code in hexadecimal, advance in 1/1000 em


@dataclass(frozen=True, slots=True)
class Slot:
    """A line that depends on fields; ``growth`` is how much of a greater width goes to the left."""

    pattern: Pattern
    font: str
    size: str
    x: float
    y: str
    spacing: float
    growth: float
    width: float  # of the sample

    def measure(self, text: str, codes: Codes) -> float:
        """Return the width of a text in this slot."""
        advance = sum(codes[character][1] for character in text)
        return advance * float(self.size) / 1000 + len(text) * self.spacing


@dataclass(frozen=True, slots=True)
class Follower:
    """A constant line that moves with a slot beside it: by ``share`` of the slot's growth."""

    slot: int
    share: float
    x: float
    rest: str


Piece = str | Slot | Follower


@dataclass(frozen=True, slots=True)
class Numbers:
    """Object numbers of what is written for each document."""

    content: int
    qr: int
    attachment: int
    metadata: int
    information: int
    font: int
    descendant: int
    descriptor: int
    program: int
    to_unicode: int
    seal: int
    signature: int
    loose: int  # the object stream of the small ones above
    references: int  # the cross-reference stream


@dataclass(frozen=True, slots=True)
class Shell:
    """Ready to be filled; plain data."""

    prefix: bytes
    references: bytes  # cross-reference entries of what the prefix holds, six bytes each
    catalogue: int
    numbers: Numbers
    pieces: tuple[Piece, ...]
    fonts: Mapping[str, Codes]
    field_font: str  # resource name of the font that is cut for each document
    metadata: Pattern
    information: Mapping[str, Pattern]
