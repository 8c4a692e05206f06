"""The ports of this checkout: `ports.env` plus the offset."""

from collections.abc import Mapping
from pathlib import Path

from deploy.local.problems import StackError

PORTS_FILE = Path(__file__).with_name("ports.env")
HIGHEST_PORT = 65535


def read_assignments(file: Path) -> Mapping[str, str]:
    """`NAME=VALUE` lines; `#` begins a comment."""
    entries = (line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines())
    pairs = (entry.partition("=") for entry in entries if entry)
    return {name: value for name, _, value in pairs}


def read_ports(offset: int = 0, file: Path = PORTS_FILE) -> Mapping[str, int]:
    """Return name to port, in file order; refuse duplicates and ports that cannot exist."""
    ports = {name: int(number) + offset for name, number in read_assignments(file).items()}
    if len(set(ports.values())) != len(ports):
        raise StackError(f"{file}: two names share one port; give each its own")
    if not all(0 < port <= HIGHEST_PORT for port in ports.values()):
        raise StackError(
            f"YUZHENG_PORT_OFFSET={offset} moves a port out of range; choose a smaller one"
        )
    return ports
