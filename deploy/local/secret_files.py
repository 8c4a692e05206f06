"""Secrets of the local stack: random, made once, one file each, readable by their owner only."""

import secrets
from collections.abc import Callable

from deploy.local.checkout import Checkout, write_private


def read_secret(checkout: Checkout, name: str) -> str:
    """Return the secret of this name; a random one is made the first time that somebody asks."""
    return read_or_make(checkout, name, lambda: secrets.token_urlsafe(24))


def read_or_make(checkout: Checkout, name: str, make: Callable[[], str]) -> str:
    """Return the secret of this name, made by `make` the first time."""
    path = checkout.secrets / name
    if not path.exists():
        write_private(path, make())
    return path.read_text(encoding="utf-8")
