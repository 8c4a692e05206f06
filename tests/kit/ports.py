"""Ports for servers of a test's own."""

import random
import socket

# Below those that the kernel hands to outgoing connections, one of which could take the port
# before the server has it; and below the local stack's.
_LOWEST, _HIGHEST = 10_000, 20_000
_TRIES = 100


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    for _ in range(_TRIES):
        port = random.randrange(_LOWEST, _HIGHEST)  # noqa: S311 - nothing secret
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"no free port from {_LOWEST} to {_HIGHEST}")
