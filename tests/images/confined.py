"""A process in an image's file system as the cluster would run it, without a container engine.

Root read-only, user 10001 without rights, a network of its own with nobody else in it, and only
what the manifest mounts. bubblewrap needs no control groups, which an engine's runtime does.
"""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

SCRATCH = ("/tmp", "/run", "/var/lib", "/etc/softhsm")  # noqa: S108 - in the image's own root
# Asks for health as soon as somebody listens, prints the answer, and ends the process.
ASK = r"""
"$@" & process=$!
for _ in {1..300}; do
  kill -0 $process 2>/dev/null || { echo "it ended by itself"; exit 1; }
  if exec 3<>/dev/tcp/127.0.0.1/$ASK_PORT; then
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$ASK_ROUTE" >&3
    cat <&3
    echo; echo "user $(id -u) $(touch /anywhere 2>/dev/null && echo writes || echo reads)"
    kill $process; wait $process; exit 0
  fi 2>/dev/null
  sleep 0.1
done
echo "nobody listens"; exit 1
"""


def confined(
    root: Path,
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    mounts: Mapping[str, Path],
    writable: Mapping[str, Path],
    seconds: int = 60,
) -> subprocess.CompletedProcess[str]:
    """Run ``command`` in the file system below ``root``; returns when it has ended."""
    line = ["bwrap", "--unshare-all", "--die-with-parent", "--uid", "10001", "--gid", "10001"]
    line += ["--ro-bind", str(root), "/", "--proc", "/proc", "--dev", "/dev"]
    # A place to mount at cannot be made in a root that is read-only; not every image has each.
    for scratch in (one for one in SCRATCH if (root / one.lstrip("/")).is_dir()):
        line += ["--tmpfs", scratch]
    for at, path in mounts.items():
        line += ["--ro-bind", str(path), at]
    for at, path in writable.items():
        line += ["--bind", str(path), at]
    line += ["--remount-ro", "/run", "--clearenv", "--chdir", _folder(root)]
    for name, value in environment.items():
        line += ["--setenv", name, value]
    return subprocess.run(
        [*line, *command], check=False, capture_output=True, text=True, timeout=seconds
    )


def _folder(root: Path) -> str:
    return "/app" if (root / "app").is_dir() else "/"


def asking(port: int, route: str, command: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return command and variables that run ``command`` and ask it for ``route``."""
    return ["/bin/bash", "-c", ASK, "ask", *command], {
        "ASK_PORT": str(port),
        "ASK_ROUTE": route,
    }
