"""The Dockerfiles: linted, and true to what the images promise."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from deploy.images.units import UNITS, VERSION
from tests.deploy.rendered import OVERLAYS, workloads
from tests.kit.stack import ROOT

HADOLINT = Path(sys.executable).with_name("hadolint")
DOCKERFILES = sorted({unit.dockerfile for unit in UNITS})
every = pytest.mark.parametrize("dockerfile", DOCKERFILES)
# Sources that units share; the dashboards are the portal's and Grafana's.
SHARED = ("contracts", "chassis/chassis", "deploy/observability/dashboards")
COMPILERS = ("build-essential", "gcc", "g++", "clang", "make", "cmake", "rustc", "cargo", "-dev")


def instructions(dockerfile: str) -> list[str]:
    """Return the instructions, each on one line, without comments."""
    text = (ROOT / dockerfile).read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return [line for line in lines.replace("\\\n", " ").splitlines() if line.strip()]


def last_stage(dockerfile: str) -> list[str]:
    """Return what makes the image itself: the default stage and those it continues."""
    stages: dict[str, list[str]] = {}
    name = ""
    for line in instructions(dockerfile):
        if line.startswith("FROM "):
            _, base, *alias = line.split()
            name = alias[-1] if alias else "last"
            stages[name] = [*stages.get(base, []), line]
        elif name:
            stages[name].append(line)
    return stages["last"]


def test_hadolint_has_nothing_to_say() -> None:
    files = [ROOT / dockerfile for dockerfile in DOCKERFILES]
    command = [HADOLINT, "--config", ROOT / ".hadolint.yaml", *files]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("", 0)


@every
def test_base_images_are_arguments_with_a_version(dockerfile: str) -> None:
    lines = instructions(dockerfile)
    defaults = dict(re.findall(r"ARG (\w+_BASE)=(\S+)", "\n".join(lines)))
    stages = {line.split()[-1] for line in lines if " AS " in line}
    for line in lines:
        if line.startswith("FROM "):
            base = line.split()[1]
            assert base in stages or base.strip("${}") in defaults, line
    for image in defaults.values():
        assert re.fullmatch(r"docker\.io/[\w./-]+:(?!latest)[\w.-]+", image)


@every
def test_image_runs_as_a_user_without_rights(dockerfile: str) -> None:
    users = [line.split()[1] for line in last_stage(dockerfile) if line.startswith("USER ")]
    assert users[-1] == "10001:10001"


@every
def test_last_stage_installs_no_compiler_and_no_installer(dockerfile: str) -> None:
    text = " ".join(last_stage(dockerfile))
    assert not [word for word in text.split() if word.endswith(COMPILERS)]
    assert "pip install" not in text
    assert "npm" not in text


@every
def test_packages_come_from_a_lock_with_digests(dockerfile: str) -> None:
    for line in instructions(dockerfile):
        if "pip install" in line:
            assert "--require-hashes" in line
        if "npm " in line and line.startswith("RUN") and "install" in line:
            pytest.fail(f"{line}: npm ci keeps to the lock")


@every
def test_only_its_own_folders_are_copied(dockerfile: str) -> None:
    own = dockerfile.rsplit("/", 1)[0]
    for line in instructions(dockerfile):
        if line.startswith("COPY ") and "--from=" not in line:
            sources = [word for word in line.split()[1:-1] if not word.startswith("--")]
            assert all(one.startswith((own, *SHARED)) for one in sources)


def test_the_context_is_a_list_of_what_may_come_in() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule for rule in rules if rule.startswith("!")} == {
        "!chassis/chassis",
        "!contracts",
        "!deploy/observability/dashboards",
        "!gateway",
        "!portal",
        "!services",
    }


def test_every_image_that_the_cluster_runs_is_made_here_in_this_version() -> None:
    wanted = {
        container["image"].partition("/")[2]
        for overlay in OVERLAYS
        for workload in workloads(overlay)
        for container in workload.containers
    }
    assert wanted == {f"yuzheng/{unit.name}:{VERSION}" for unit in UNITS}
