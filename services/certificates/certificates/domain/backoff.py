"""How long to wait before the next attempt."""

import random
from datetime import timedelta


def delay_after(failures: int, *, first: timedelta, longest: timedelta) -> timedelta:
    """Return an exponentially growing delay with jitter: between half of it and all of it.

    Without jitter every certificate that failed together would come back together.
    """
    whole: timedelta = min(first * 2 ** min(max(failures - 1, 0), 20), longest)
    return whole * random.uniform(0.5, 1.0)  # noqa: S311 - spreading load, not secrecy
