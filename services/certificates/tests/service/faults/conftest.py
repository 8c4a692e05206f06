"""An office whose seal service is the simulator: it misbehaves as a test says."""

import pytest
from services.certificates.tests.service.faults.seal_simulator import SealSimulator
from services.certificates.tests.service.settings_of import settings_with
from tests.kit.pki import ZHENGZHOU

from certificates.usecases.render import render_due


@pytest.fixture(scope="session")
async def simulator(tmp_path_factory):
    running = SealSimulator(tmp_path_factory.mktemp("simulator"), ZHENGZHOU)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture(autouse=True)
async def _behaves(simulator):
    await simulator.set_faults()
    yield
    await simulator.set_faults()


@pytest.fixture
async def settings(simulator, secret_files, fonts_dir, tmp_path):
    """Give the office of Zhengzhou the simulator for a seal service."""
    files = {**secret_files, "trust_roots_file": simulator.root_file}
    endpoints = {"zhengzhou": simulator.endpoint("410100")}
    async with settings_with(endpoints, tmp_path, files, fonts_dir) as made:
        yield made


@pytest.fixture
def rendered(office):
    """Have so many certificates wait for the seal."""

    async def render(count=3):
        technicians = [await office.technician() for _ in range(count)]
        for technician in technicians:
            await office.complete_year(technician)
        while await render_due(office.bench):
            continue
        return technicians

    return render
