"""The ports of this checkout: `ports.env` plus the offset."""

from collections.abc import Mapping
from pathlib import Path

from deploy.local.problems import StackError

PORTS_FILE = Path(__file__).with_name("ports.env")
HIGHEST_PORT = 65535


def read_ports(offset: int = 0, file: Path = PORTS_FILE) -> Mapping[str, int]:
    """Name to port, in file order; refuses duplicates and ports that cannot exist."""
    ports: dict[str, int] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if not entry:
            continue
        name, _, number = entry.partition("=")
        ports[name] = int(number) + offset
    if len(set(ports.values())) != len(ports):
        message = f"{file}: two names share one port; give each its own"
        raise StackError(message)
    if not all(0 < port <= HIGHEST_PORT for port in ports.values()):
        message = f"YUZHENG_PORT_OFFSET={offset} moves a port out of range; choose a smaller one"
        raise StackError(message)
    return ports
