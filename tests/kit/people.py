"""People who do not exist: valid ID numbers and names worth testing with."""

from datetime import date, timedelta
from itertools import count

RARE_NAMES = ("张䶮", "㛃𬀩", "王𫖯", "张𬱖", "𫓧𬴂", "李𩽾", "𫄧𫠆", "赵𠅤", "买买提·吐尔逊")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MAP = "10X98765432"
_serial = count(1)


def identity_number(
    *, birth: date = date(1990, 3, 7), serial: int = 1, area: str = "410100"
) -> str:
    """Return a valid 18-character ID number (GB 11643); an odd ``serial`` is a man's."""
    body = f"{area}{birth:%Y%m%d}{serial % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _MAP[total % 11]


def new_identity_number(seed: int = 0) -> str:
    """Return an ID number this process has not used yet; ``seed`` separates processes and runs."""
    number = seed * 100_000 + next(_serial)
    birth = date(1950, 1, 1) + timedelta(days=(number // 999) % 18_000)
    return identity_number(birth=birth, serial=number % 999 + 1)
