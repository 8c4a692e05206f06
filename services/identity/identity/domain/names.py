"""Names of people: kept as received, compared by a key."""

import re
import unicodedata

from identity.errors import NameUnacceptable

_MIDDLE_DOTS = dict.fromkeys(map(ord, "•‧・．･∙⋅."), "·")
_MAX_CODE_POINTS = 60
# Control, surrogate, private use, digits: none can be part of a name that prints everywhere.
# Unassigned code points are let through, because this Python's tables are older than the
# characters that some people carry.
_REFUSED = {"Cc", "Cs", "Co", "Nd"}


def accept_name(text: str, *, field: str = "/name") -> str:
    """Return the name as it will be kept; raise ``NameUnacceptable`` for what no name can be."""
    name = text.strip()
    if not name or len(name) > _MAX_CODE_POINTS:
        raise NameUnacceptable(field=field)
    if any(unicodedata.category(character) in _REFUSED for character in name):
        raise NameUnacceptable(
            "姓名中有无法使用的字符（例如自造字、数字或控制字符）。",
            remedy="生僻字请使用国家标准编码的字符输入；无法输入时请联系用人单位管理员。",
            field=field,
        )
    return name


def match_key(name: str) -> str:
    """Return what two spellings of one name have in common: NFC, one middle dot, no spaces."""
    folded = unicodedata.normalize("NFC", name).translate(_MIDDLE_DOTS)
    return re.sub(r"\s+", "", folded).casefold()
