"""Work that is done once before a service can start: each step is a command with its own log.

To add one, add it to the list of its moment. A step must be safe to repeat, and quick when there
is nothing left to do. `stamp` names what it depends on: while that is unchanged since the step
last succeeded, the step is not run at all.
"""

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local import services
from deploy.local.checkout import Checkout, make_directory
from deploy.local.deployables import BUREAUS, Deployable
from deploy.local.fingerprints import fingerprint
from deploy.local.problems import StackError
from deploy.local.root import SIGNERS

LAST_WORDS = 15


@dataclass(frozen=True)
class Step:
    """One command that has to succeed before what needs it may start."""

    name: str
    command: Sequence[str]
    stamp: tuple[Path, ...] = ()

    def run(self, checkout: Checkout) -> bool:
        """Run it unless its stamp is fresh; StackError with the end of its log when it fails."""
        stamp = checkout.state / "stamps" / self.name
        present = fingerprint(*self.stamp)
        if self.stamp and stamp.exists() and stamp.read_text() == present:
            return False
        log = checkout.logs / f"step-{self.name}.log"
        with log.open("w", encoding="utf-8") as output:
            result = subprocess.run(
                list(self.command),
                check=False,
                cwd=checkout.root,
                env=checkout.process_environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        if result.returncode != 0:
            tail = "\n".join(log.read_text(encoding="utf-8").splitlines()[-LAST_WORDS:])
            raise StackError(f"step {self.name} failed ({log}):\n{tail}")
        make_directory(stamp.parent, 0o700)
        stamp.write_text(present)
        return True


def preparations(checkout: Checkout) -> Sequence[Step]:
    """Before any service starts, in this order."""
    python = str(checkout.python)
    fonts = checkout.root / "services" / "certificates" / "certificates" / "fonts.py"
    here = checkout.root / "deploy" / "local"
    seals = (bureau.deployable.settings_file(checkout) for bureau in BUREAUS)
    return (
        Step(
            # Monthly even when nothing has changed, because its certificates end one day.
            f"pki-{time.strftime('%Y-%m')}",
            [python, "-m", "deploy.local.pki.create"],
            stamp=(here / "pki", here / "deployables.py", *seals),
        ),
        Step(
            # Monthly too: the list ends after three months.
            f"key-list-{time.strftime('%Y-%m')}",
            [python, "-m", "deploy.local.root"],
            stamp=(here / "root.py", *(checkout.secrets / name for name in SIGNERS)),
        ),
        Step(
            "fonts",
            [python, "-m", "certificates.fonts", "build", "--output", f"{checkout.state}/fonts"],
            stamp=(fonts,),
        ),
    )


def seeds(checkout: Checkout) -> Sequence[Step]:
    """After the services are up, before the gateway opens."""
    identity = Deployable("identity", "identity")
    return (
        Step(
            "seed-identity",
            services.command(checkout, identity, ["seed"]),
            stamp=(
                checkout.root / "services" / "identity" / "identity",
                identity.settings_file(checkout),
            ),
        ),
    )


def migration(checkout: Checkout, deployable: Deployable) -> Step:
    """Bring a deployable's database to the newest version of its schema."""
    return Step(
        f"migrate-{deployable.name}",
        services.command(checkout, deployable, ["migrate"]),
        stamp=(
            checkout.root / "services" / deployable.module / "migrations",
            deployable.settings_file(checkout),
        ),
    )
