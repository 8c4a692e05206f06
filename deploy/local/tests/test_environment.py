"""The settings files fit the settings classes of the services."""

import importlib
import shlex
import stat
import subprocess
from pathlib import Path

import pytest
from deploy.local.checkout import ROOT, Checkout
from deploy.local.deployables import DEPLOYABLES, Deployable
from deploy.local.environment import settings_of, write_settings
from deploy.local.ports import read_ports
from pydantic import ValidationError
from pydantic_settings import BaseSettings

from chassis.settings import ServiceSettings


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    checkout = Checkout(ROOT, tmp_path_factory.mktemp("settings"), read_ports())
    checkout.prepare()
    write_settings(checkout)
    return checkout


def settings_class(deployable: Deployable) -> type[BaseSettings]:
    """Return the service's own subclass of the common settings."""
    module = importlib.import_module(f"{deployable.module}.settings")
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, ServiceSettings)
        and value is not ServiceSettings
    ]
    assert len(found) == 1
    return found[0]


def assignments(checkout: Checkout, deployable: Deployable) -> dict[str, str]:
    lines = deployable.settings_file(checkout).read_text(encoding="utf-8").splitlines()
    pairs = (shlex.split(line)[0].partition("=") for line in lines)
    return {name: value for name, _, value in pairs}


@pytest.mark.parametrize("deployable", DEPLOYABLES, ids=lambda one: one.name)
def test_service_accepts_its_settings(
    checkout: Checkout, deployable: Deployable, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in assignments(checkout, deployable).items():
        monkeypatch.setenv(name, value)
    loaded = settings_class(deployable)()
    assert loaded.model_dump()["api_port"] == checkout.ports[deployable.port_name("api")]


@pytest.mark.parametrize("deployable", DEPLOYABLES, ids=lambda one: one.name)
def test_every_setting_is_one_that_the_service_knows(
    checkout: Checkout, deployable: Deployable
) -> None:
    fields = settings_class(deployable).model_fields
    assert set(settings_of(checkout, deployable)) <= set(fields)


def test_service_refuses_to_start_when_a_setting_is_missing(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployable = DEPLOYABLES[0]
    for name, value in assignments(checkout, deployable).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("IDENTITY_DATABASE_URL")
    with pytest.raises(ValidationError, match="database_url"):
        settings_class(deployable)()


def test_secrets_are_files_that_only_their_owner_reads(checkout: Checkout) -> None:
    files = [*checkout.secrets.iterdir(), *checkout.environments.iterdir()]
    assert len(files) > len(DEPLOYABLES)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_no_settings_file_holds_a_secret(checkout: Checkout) -> None:
    settings = "".join(file.read_text() for file in checkout.environments.iterdir())
    for secret in checkout.secrets.iterdir():
        assert secret.read_text().strip() not in settings


def test_settings_and_secrets_stay_when_they_are_written_again(checkout: Checkout) -> None:
    def contents() -> dict[Path, str]:
        places = (checkout.secrets, checkout.environments)
        return {file: file.read_text() for place in places for file in place.iterdir()}

    before = contents()
    write_settings(checkout)
    assert contents() == before


def test_values_survive_a_shell(checkout: Checkout) -> None:
    seal = next(one for one in DEPLOYABLES if one.name == "seal-luoyang")
    runner = ROOT / "deploy" / "local" / "run-service"
    command = [runner, seal.settings_file(checkout), "/bin/sh", "-c", 'echo "$SEAL_OFFICE_NAME"']
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert printed == "洛阳市人力资源和社会保障局\n"
