"""The modules of a symbol in a twentieth of the time that the QR library takes.

A symbol of one version is the fixed frame (finders, timing, format, mask) and the message's bits
in an order of their own. Frame and order are taken from one symbol of the library and kept; what
is left for each address is to encode its text and to compute the error correction. A test holds
every module against the library's own symbol.
"""

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add, itemgetter
from typing import Final

import segno

ERROR_CORRECTION = "M"
# A fixed mask costs a fifth of trying all eight, and the pattern of a signature is random anyway.
MASK = 3

_ALPHANUMERIC = string.digits + string.ascii_uppercase + " $%*+-./:"
_PAIRS = {
    first + second: f"{45 * high + low:011b}"
    for high, first in enumerate(_ALPHANUMERIC)
    for low, second in enumerate(_ALPHANUMERIC)
}
_SINGLES = {character: f"{value:06b}" for value, character in enumerate(_ALPHANUMERIC)}
_TIMING, _FORMAT = 6, 8  # rows and columns of these patterns
_PADDING = b"\xec\x11"


@dataclass(frozen=True, slots=True)
class _Blocks:
    """ISO/IEC 18004, table 9, level M: the data is cut into blocks, the last of them one longer."""

    short: int
    long: int
    data: int  # codewords of a short block
    correction: int

    @property
    def count(self) -> int:
        return self.short + self.long

    @property
    def capacity(self) -> int:
        return self.count * self.data + self.long


# What our addresses need; counts of characters have the same lengths in all of them. Below, they
# are up to eight bits shorter, and the library decides.
_BITS_BELOW, _COUNT_BITS_LESS = 8 * 182, 8
_VERSIONS: Final = {
    10: _Blocks(4, 1, 43, 26),
    11: _Blocks(1, 4, 50, 30),
    12: _Blocks(6, 2, 36, 22),
}


@dataclass(frozen=True, slots=True)
class _Layout:
    size: int
    pick: Callable[[str], tuple[str, ...]]  # modules in reading order, from the message's bits
    frame: tuple[int, ...]  # what is not message, by row


def quick_rows(parts: Sequence[str]) -> list[int] | None:
    """Return each row of modules as one number; None when the library has to be asked.

    ``parts`` are encoded one by one: in alphanumeric mode where possible, else as bytes.
    """
    try:
        bits = "".join(map(_segment, parts))
    except UnicodeEncodeError:
        return None
    if len(bits) <= _BITS_BELOW + _COUNT_BITS_LESS * len(parts):
        return None
    for version, blocks in _VERSIONS.items():
        if len(bits) <= 8 * blocks.capacity:
            message = _message(_codewords(bits, blocks.capacity), blocks)
            return _rows(message, _layout(version))
    return None


def _segment(text: str) -> str:
    if text.isdigit() or not set(text) <= _SINGLES.keys():
        data = text.encode("ascii")
        return f"0100{len(data):016b}{int.from_bytes(data):0{8 * len(data)}b}"
    pairs = "".join(map(_PAIRS.__getitem__, map(add, text[::2], text[1::2])))
    odd = _SINGLES[text[-1]] if len(text) % 2 else ""
    return f"0010{len(text):011b}{pairs}{odd}"


def _codewords(bits: str, capacity: int) -> bytes:
    """Add terminator and padding: at least one zero bit after the terminator, as the library."""
    ended = bits + "0000"[: 8 * capacity - len(bits)]
    length = min(len(ended) // 8 + 1, capacity)
    data = int(ended.ljust(8 * length, "0"), 2).to_bytes(length)
    return data + (_PADDING * capacity)[: capacity - length]


def _message(data: bytes, blocks: _Blocks) -> bytes:
    """Interleave the blocks and, behind them, their error correction."""
    count, common = blocks.count, blocks.count * blocks.data
    message = bytearray(blocks.capacity + count * blocks.correction)
    at = 0
    for number in range(count):
        extra = number - blocks.short
        end = at + blocks.data + (extra >= 0)
        block = data[at:end]
        message[number:common:count] = block[: blocks.data]
        if extra >= 0:
            message[common + extra] = block[-1]
        message[blocks.capacity + number :: count] = _correction(block, blocks.correction)
        at = end
    return bytes(message)


def _correction(block: bytes, count: int) -> bytes:
    """Divide by the generator polynomial, a byte a step (Reed-Solomon, ISO/IEC 18004, annex A)."""
    table, top, kept = _remainders(count), 8 * count - 8, (1 << (8 * count - 8)) - 1
    rest = 0
    for byte in block:
        rest = ((rest & kept) << 8) ^ table[(rest >> top) ^ byte]
    return rest.to_bytes(count)


@lru_cache
def _remainders(count: int) -> tuple[int, ...]:
    """Return what each leading byte leaves when the generator polynomial is taken off."""
    generator = [1]
    root = 1
    for _ in range(count):
        generator = [
            high ^ _times(low, root)
            for high, low in zip([*generator, 0], [0, *generator], strict=True)
        ]
        root = _times(root, 2)
    return tuple(
        int.from_bytes(_times(factor, byte) for factor in generator[1:]) for byte in range(256)
    )


def _times(one: int, other: int) -> int:
    """Multiply in the field of 256 elements that QR codes use."""
    product = 0
    while other:
        product ^= one * (other & 1)
        one = one << 1 ^ (0x11D if one & 0x80 else 0)
        other >>= 1
    return product


def _rows(message: bytes, layout: _Layout) -> list[int]:
    # One zero more than there are bits: the frame's modules pick that.
    bits = f"{int.from_bytes(message):0{8 * len(message)}b}0"
    size, modules = layout.size, "".join(layout.pick(bits))
    return [
        int(modules[row * size : (row + 1) * size], 2) ^ fixed
        for row, fixed in enumerate(layout.frame)
    ]


@lru_cache
def _layout(version: int) -> _Layout:
    """Take a symbol of an empty message apart."""
    symbol = segno.make_qr("0", version=version, error=ERROR_CORRECTION, mask=MASK,
                           boost_error=False)  # fmt: skip
    size, blocks = len(symbol.matrix), _VERSIONS[version]
    message = _message(_codewords("0001" + f"{1:012b}" + "0000", blocks.capacity), blocks)
    order = [8 * len(message)] * (size * size)
    places = [place for place in _reading_order(size) if not _is_fixed(*place, size)]
    for number, (row, column) in enumerate(places):
        order[row * size + column] = number
    bare = _Layout(size, itemgetter(*order), (0,) * size)
    sample = [int("".join("1" if module else "0" for module in row), 2) for row in symbol.matrix]
    frame = tuple(map(int.__xor__, sample, _rows(message, bare)))
    return _Layout(size, bare.pick, frame)


def _is_fixed(row: int, column: int, size: int) -> bool:
    """Say whether a module belongs to a pattern and not to the message (versions 7 to 13)."""
    far = size - 8
    far, last = size - 8, size - 7
    centres = {(one, other) for one in (_TIMING, size // 2, last) for other in (size // 2, last)}
    centres |= {(other, one) for one, other in centres}
    centres -= {(_TIMING, last), (last, _TIMING)}
    return (
        _TIMING in (row, column)
        or (row <= _FORMAT and (column <= _FORMAT or column >= far))
        or (row >= far and column <= _FORMAT)
        or (min(row, column) < _TIMING and far - 3 <= max(row, column) < far)  # version
        or any(max(abs(row - one), abs(column - other)) <= 2 for one, other in centres)  # noqa: PLR2004 - alignment patterns are five modules wide
    )


def _reading_order(size: int) -> list[tuple[int, int]]:
    """Return where the message runs: pairs of columns, up and down, leaving out the timing one."""
    rights = [right if right > _TIMING else right - 1 for right in range(size - 1, 0, -2)]
    return [
        (row, right - left)
        for number, right in enumerate(rights)
        for row in (range(size) if number % 2 else range(size - 1, -1, -1))
        for left in (0, 1)
    ]
