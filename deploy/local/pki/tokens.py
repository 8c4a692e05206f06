"""The bureaus' tokens: SoftHSM stands in for the device, the seal service makes the key in it."""

import subprocess
from pathlib import Path

from deploy.local import services
from deploy.local.checkout import Checkout
from deploy.local.deployables import Bureau
from deploy.local.environment import softhsm_configuration
from deploy.local.problems import StackError
from deploy.local.secret_files import read_secret


def ensure_token(checkout: Checkout, bureau: Bureau) -> None:
    """Make the bureau's token unless it is there; its PINs are secrets of this stack."""
    name = bureau.deployable.name
    if name in _labels(checkout, bureau):
        return
    # On the command line for the moment of the call: SoftHSM's tool takes PINs nowhere else.
    pins = ["--pin", read_secret(checkout, f"{name}-pin")]
    pins += ["--so-pin", read_secret(checkout, f"{name}-so-pin")]
    _softhsm(checkout, bureau, ["--init-token", "--free", "--label", name, *pins])


def ensure_key(checkout: Checkout, bureau: Bureau, public_key: Path) -> None:
    """Have the seal service make its key pair unless it is there, and write the public half."""
    command = services.command(
        checkout, bureau.deployable, ["keygen", "--public-key", str(public_key)]
    )
    _run(command, checkout, {}, f"keygen of {bureau.deployable.name}")


def _labels(checkout: Checkout, bureau: Bureau) -> set[str]:
    listing = _softhsm(checkout, bureau, ["--show-slots"])
    entries = (line.partition(":") for line in listing.splitlines())
    return {value.strip() for key, _, value in entries if key.strip() == "Label"}


def _softhsm(checkout: Checkout, bureau: Bureau, arguments: list[str]) -> str:
    configuration = {"SOFTHSM2_CONF": str(softhsm_configuration(checkout, bureau))}
    return _run(["softhsm2-util", *arguments], checkout, configuration, "softhsm2-util")


def _run(command: list[str], checkout: Checkout, extra: dict[str, str], what: str) -> str:
    environment = {**checkout.process_environment(), **extra}
    result = subprocess.run(
        command, check=False, cwd=checkout.root, env=environment, capture_output=True, text=True
    )
    if result.returncode != 0:
        raise StackError(f"{what} failed: {(result.stderr or result.stdout).strip()[-500:]}")
    return result.stdout
