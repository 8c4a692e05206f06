"""`python -m deploy.local.listen_and_run PORT PROGRAM…`: become a program with its socket.

For a server that takes sockets from its starter (systemd's protocol: descriptor 3, LISTEN_FDS and
LISTEN_PID, see sd_listen_fds(3)) and whose own options would open more than 127.0.0.1.
"""

import os
import socket
import sys

BACKLOG = 128
HANDED_OVER = 3


def main() -> None:
    """Listen on 127.0.0.1 at the port, then be the program; env(1) keeps the process id."""
    port, *program = sys.argv[1:]
    listener = socket.create_server(("127.0.0.1", int(port)), backlog=BACKLOG)
    if listener.fileno() != HANDED_OVER:
        os.dup2(listener.fileno(), HANDED_OVER)
    os.set_inheritable(HANDED_OVER, True)
    settings = ["LISTEN_FDS=1", f"LISTEN_PID={os.getpid()}"]
    os.execv("/usr/bin/env", ["env", *settings, *program])


if __name__ == "__main__":
    main()
