"""Crockford base 32: every character is alphanumeric mode in a QR code and none is ambiguous."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Typed by hand, O is read as 0 and I and L as 1, in either case.
_FOLD = str.maketrans("OILabcdefghijklmnopqrstuvwxyz", "011ABCDEFGH1JK1MN0PQRSTUVWXYZ")
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    """Return ``data`` in base 32, the last character filled up with zero bits, no padding."""
    length = -(-len(data) * 8 // 5)
    number = int.from_bytes(data) << (length * 5 - len(data) * 8)
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(length * 5 - 5, -5, -5))


def canonical(text: str) -> str:
    """Return the one spelling that ``encode`` makes: upper case, look-alikes folded."""
    return text.translate(_FOLD)


def decode(text: str) -> bytes:
    """Return the bytes of a canonical text.

    Raise ValueError for a foreign character, an impossible length or fill bits that are not zero,
    so that no two texts mean the same bytes.
    """
    size, fill = divmod(len(text) * 5, 8)
    number = 0
    try:
        for character in text:
            number = (number << 5) | _VALUES[character]
    except KeyError as error:
        raise ValueError("not base 32") from error
    if fill >= 5 or number & ((1 << fill) - 1):  # noqa: PLR2004 - bits in a character
        raise ValueError("not canonical base 32")
    return (number >> fill).to_bytes(size)
