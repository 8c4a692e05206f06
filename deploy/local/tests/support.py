"""A second stack beside the working one, driven through the command line as a person would."""

import os
import random
import subprocess
from dataclasses import dataclass
from pathlib import Path

from deploy.local.checkout import ROOT, Checkout
from deploy.local.ports import read_ports
from deploy.local.supervision import Supervisor
from deploy.local.waiting import is_taken


@dataclass(frozen=True)
class OwnStack:
    """A state folder and a port offset that nobody else uses."""

    state: Path
    offset: int

    @property
    def checkout(self) -> Checkout:
        return Checkout(ROOT, self.state, read_ports(self.offset), self.offset)

    @property
    def supervisor(self) -> Supervisor:
        return Supervisor(self.checkout)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m deploy.local.stack` for this stack."""
        return subprocess.run(
            [ROOT / ".venv" / "bin" / "python", "-m", "deploy.local.stack", *arguments],
            check=False,
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={
                "PATH": os.environ["PATH"],  # noqa: TID251 - the command needs a PATH as any does
                "YUZHENG_LOCAL": str(self.state),
                "YUZHENG_PORT_OFFSET": str(self.offset),
            },
        )


def free_offset() -> int:
    """Return an offset at which every port of the stack is free."""
    while True:
        offset = random.randrange(3_000, 11_000, 200)  # noqa: S311 - no secret
        if not any(is_taken(port) for port in read_ports(offset).values()):
            return offset
