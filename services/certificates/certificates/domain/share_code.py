"""Share codes as people read, say and type them: 12 signs of Crockford's base 32.

Eleven signs are random (55 bits), the last is a check over GF(32): one wrong sign or two signs
exchanged are noticed without asking anybody.
"""

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_SIGNS = 11
# What people write for a sign that looks like it.
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_LENGTH = _RANDOM_SIGNS + 1


def code_from(random_bytes: bytes) -> str:
    """Return the code that at least seven random bytes make."""
    number = int.from_bytes(random_bytes[:7], "big") >> 1
    values = [number >> 5 * place & 31 for place in reversed(range(_RANDOM_SIGNS))]
    return "".join(_SIGNS[value] for value in [*values, _check(values)])


def normalised(text: str) -> str | None:
    """Return the code as it was made from what was typed; None when it cannot be one."""
    code = text.upper().translate(_ALIKE)
    if len(code) != _LENGTH or not set(code) <= set(_SIGNS):
        return None
    values = [_SIGNS.index(sign) for sign in code]
    return code if _check(values[:-1]) == values[-1] else None


def _check(values: list[int]) -> int:
    total = 0
    for value in values:
        total = _times_x(total ^ value)
    return total


def _times_x(value: int) -> int:
    """Multiply by x in GF(32) modulo x^5 + x^2 + 1, which generates the whole field."""
    return (value << 1) ^ (0b100101 if value & 0b10000 else 0)
