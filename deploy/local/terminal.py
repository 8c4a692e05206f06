"""Speaking to the person at the terminal."""

import sys


def say(line: str) -> None:
    """Write one line at once, also where the output goes into a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
