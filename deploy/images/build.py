"""`python -m deploy.images.build [UNIT…]`: make the images with podman, else with docker.

`--base PYTHON_BASE=…` takes another base image (also NODE_BASE, ENVOY_BASE); `--secret id=FILE`
hands in what a build may need to get its packages (`pip`: a pip.conf, `npm`: an .npmrc) and no
layer keeps. `--option` is passed to the engine, `--build-option` to its build.
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence

from deploy.images.units import UNITS, Unit
from deploy.local.checkout import ROOT

ENGINES = ("podman", "docker")


def engine() -> str:
    """Return the program that makes images here."""
    found = next((name for name in ENGINES if shutil.which(name)), None)
    if not found:
        raise SystemExit(f"yuzheng: no {' and no '.join(ENGINES)} here; install one of them")
    return found


def command(unit: Unit, options: argparse.Namespace) -> list[str]:
    """Return the command line that makes one image."""
    line = [engine(), *options.option, "build", *options.build_option]
    line += ["--file", unit.dockerfile, "--tag", unit.tag]
    line += ["--target", unit.target] if unit.target else []
    for base in options.base:
        line += ["--build-arg", base]
    for secret in options.secret:
        name, _, file = secret.partition("=")
        line += ["--secret", f"id={name},src={file}"]
    return [*line, "."]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the images that are named, or all of them; stops at the first that fails."""
    names = [unit.name for unit in UNITS]
    parser = argparse.ArgumentParser(prog="python -m deploy.images.build")
    parser.add_argument("units", nargs="*", metavar="UNIT", help=", ".join(names))
    for option in ("base", "secret", "option", "build-option"):
        parser.add_argument(f"--{option}", action="append", default=[])
    options = parser.parse_args(arguments)
    if unknown := set(options.units) - set(names):
        parser.error(f"no such unit: {', '.join(sorted(unknown))}")
    for unit in UNITS:
        if not options.units or unit.name in options.units:
            print(f"image: {unit.tag}", flush=True)
            if subprocess.run(command(unit, options), check=False, cwd=ROOT).returncode:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
