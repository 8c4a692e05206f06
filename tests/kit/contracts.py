"""The project's event contracts and a bus key, as every service under test needs them."""

from functools import cache

from tests.kit.stack import ROOT

from chassis.cipher import ValueCipher
from chassis.contracts import EventContracts
from chassis.settings import Keyring

KEYRING = Keyring(current=1, keys={1: bytes(range(32))})


@cache
def contracts() -> EventContracts:
    """All contracts of contracts/events."""
    return EventContracts(ROOT / "contracts")


@cache
def bus_cipher() -> ValueCipher:
    """Return the cipher of personal event fields under the test key."""
    return ValueCipher(KEYRING)
