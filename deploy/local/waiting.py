"""Waiting on a condition, never on a clock alone."""

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from deploy.local.problems import StackError

# Short enough not to be felt, long enough not to load the machine that is starting up.
POLL_SECONDS = 0.05
PROBE_SECONDS = 2.0


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Return when the condition holds; StackError naming `what` when the time is over."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise StackError(f"{what}: not there after {seconds:.0f} s")
        time.sleep(POLL_SECONDS)


def answers_http(url: str, headers: dict[str, str] | None = None) -> bool:
    """Whether the address answers with a success status."""
    request = urllib.request.Request(url, headers=headers or {})  # noqa: S310 - our own loopback addresses
    try:
        with urllib.request.urlopen(request, timeout=PROBE_SECONDS) as response:  # noqa: S310 - as above
            return bool(response.status < 300)  # noqa: PLR2004 - the end of the 2xx range
    except (urllib.error.URLError, OSError):
        return False


def answers_redis(port: int) -> bool:
    """Whether Redis is past loading its data."""
    try:
        with socket.create_connection(("127.0.0.1", port), PROBE_SECONDS) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def answers_epmd(port: int) -> bool:
    """Whether Erlang's port mapper lists its names."""
    try:
        with socket.create_connection(("127.0.0.1", port), PROBE_SECONDS) as connection:
            connection.sendall(b"\x00\x01n")
            return connection.recv(4) == port.to_bytes(4, "big")
    except OSError:
        return False


def is_taken(port: int) -> bool:
    """Whether something else already listens on 127.0.0.1:port (or on every address)."""
    with socket.socket() as probe:
        # What a server's own start does: connections in TIME_WAIT are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False
