"""Who listens where, read from /proc: no tool to install, and it works for any process of ours."""

import ipaddress
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LISTEN = "0A"
SOCKET_LINK = re.compile(r"socket:\[(\d+)\]")


@dataclass(frozen=True)
class Listener:
    """One listening TCP socket."""

    address: ipaddress.IPv4Address | ipaddress.IPv6Address
    port: int
    inode: str


def tcp_listeners() -> Iterator[Listener]:
    """Every listening TCP socket of this machine's network namespace."""
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if not table.exists():
            continue
        for line in table.read_text(encoding="ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTEN:
                address, _, port = fields[1].partition(":")
                yield Listener(_address(address), int(port, 16), fields[9])


def _address(words: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    # The kernel prints each 32-bit word in the machine's byte order, which is little-endian here.
    raw = bytes.fromhex(words)
    return ipaddress.ip_address(b"".join(raw[at : at + 4][::-1] for at in range(0, len(raw), 4)))


def socket_owners() -> Mapping[str, int]:
    """Socket inode to process id, as far as this user may look."""
    owners: dict[str, int] = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            for descriptor in (process / "fd").iterdir():
                if match := SOCKET_LINK.match(str(descriptor.readlink())):
                    owners[match[1]] = int(process.name)
        except OSError:
            # Another user's process, or one that has ended meanwhile.
            continue
    return owners


def owner_of(port: int) -> str:
    """`process 123 (name)` for whoever listens on the port, or who it may be."""
    owners = socket_owners()
    for listener in tcp_listeners():
        if listener.port == port and listener.inode in owners:
            pid = owners[listener.inode]
            name = Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
            return f"process {pid} ({name})"
    return "another user's process"


def descendants(pid: int) -> set[int]:
    """Return the process and everything that it has started."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name, in parentheses, may itself hold spaces.
            parent = int(status.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(status.parent.name))
    found, waiting = set(), [pid]
    while waiting:
        current = waiting.pop()
        found.add(current)
        waiting.extend(children.get(current, []))
    return found


def is_alive(pid: int) -> bool:
    """Whether a process of this id exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
