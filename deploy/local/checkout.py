"""Where this checkout keeps its state, and which ports are its own."""

import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from deploy.local.ports import read_ports
from deploy.local.problems import StackError

ROOT = Path(__file__).resolve().parents[2]
# A unix socket's path may have 107 bytes; supervisord adds a suffix while it binds.
LONGEST_SOCKET_PATH = 90


@dataclass(frozen=True)
class Checkout:
    """The paths of one stack. Nothing is created until somebody asks for it."""

    root: Path
    state: Path
    ports: Mapping[str, int]
    port_offset: int = 0

    @classmethod
    def from_environment(cls) -> "Checkout":
        """YUZHENG_LOCAL (default `.local`) and YUZHENG_PORT_OFFSET (default 0)."""
        environment = os.environ  # noqa: TID251 - where the stack lies is told from outside, once
        offset = environment.get("YUZHENG_PORT_OFFSET") or "0"
        if not offset.isdecimal():
            raise StackError(
                f"YUZHENG_PORT_OFFSET={offset} is not a whole number; use for example 1000"
            )
        state = ROOT / (environment.get("YUZHENG_LOCAL") or ".local")
        return cls(ROOT, state.absolute(), read_ports(int(offset)), int(offset))

    @property
    def secrets(self) -> Path:
        """One secret per file, mode 0600, made once."""
        return self.state / "secrets"

    @property
    def environments(self) -> Path:
        """One settings file per service."""
        return self.state / "env"

    @property
    def logs(self) -> Path:
        """One log file per process."""
        return self.state / "logs"

    @property
    def pki(self) -> Path:
        """Keys and certificates of the test PKI."""
        return self.state / "pki"

    @property
    def offline(self) -> Path:
        """What in a real deployment is on no network: the root of the key list."""
        return self.state / "offline"

    @property
    def published(self) -> Path:
        """Files that everybody may read."""
        return self.state / "published"

    @property
    def key_list(self) -> Path:
        """The list of the platform's public keys, signed by the offline root."""
        return self.published / "keys.jwt"

    @property
    def root_public_key(self) -> Path:
        """The one key that a checker of the key list has to know beforehand."""
        return self.published / "root.pem"

    @property
    def tool_folder(self) -> Path:
        """The executables of the virtual environment."""
        return self.root / ".venv" / "bin"

    @property
    def python(self) -> Path:
        """The interpreter that has every dependency."""
        return self.tool_folder / "python"

    @cached_property
    def refuge(self) -> Path:
        """A short path which every user may traverse, for what cannot live in the state folder."""
        digest = hashlib.sha256(str(self.state).encode()).hexdigest()[:12]
        return Path("/var/tmp") / f"yuzheng-{digest}"  # noqa: S108 - checked for its owner in make_refuge

    @property
    def supervisor_socket(self) -> Path:
        """The control socket, moved to the refuge where the state folder's path is too long."""
        usual = self.state / "supervisor" / "control.sock"
        if len(str(usual)) <= LONGEST_SOCKET_PATH:
            return usual
        return self.refuge / "control.sock"

    def process_environment(self) -> Mapping[str, str]:
        """Return what every process of the stack starts with, whoever's shell it was started from.

        A proxy setting of that shell, for example, would send calls to 127.0.0.1 elsewhere.
        """
        return {
            "HOME": str(self.state),
            "LANG": "C.UTF-8",
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "TZ": "UTC",
            "YUZHENG_LOCAL": str(self.state),
            "YUZHENG_PORT_OFFSET": str(self.port_offset),
        }

    def prepare(self) -> None:
        """Make the state folder; only its owner may list it."""
        make_directory(self.state, 0o711)
        for private in (self.secrets, self.environments, self.logs):
            make_directory(private, 0o700)
        make_directory(self.state / "supervisor", 0o700)

    def make_refuge(self) -> None:
        """Make the refuge, or refuse one that somebody else has put in its place."""
        make_directory(self.refuge, 0o711)
        facts = self.refuge.lstat()
        if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.getuid():
            raise StackError(
                f"{self.refuge} belongs to somebody else; remove it or set YUZHENG_LOCAL"
            )


def make_directory(path: Path, mode: int) -> None:
    """Create a directory with exactly this mode; one that exists keeps its own."""
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(mode)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can ever read, in one step."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)
