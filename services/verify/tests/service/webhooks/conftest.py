"""A client, a certificate, and somebody who listens."""

from datetime import timedelta

import pytest
from hooking import WAITS
from offices import CLIENT_ID, identity
from receiver import listening
from verify_kit import NOW, Certificate, client_event, heartbeat, make_settings, served

from chassis.clock import FrozenClock
from chassis.settings import Keyring
from verify.usecases.deliver import Deliveries
from verify.vault import Vault
from verify.webhook_addresses import AddressRules


@pytest.fixture
def settings(tmp_path, database_url, redis_server):
    def make(known):
        return make_settings(
            tmp_path,
            database_url.render_as_string(hide_password=False),
            redis_server.url,
            jwks_url=f"{known.url}/api/identity/v1/jwks.json",
            webhooks_to_private_addresses=True,
        )

    return make


@pytest.fixture
async def api(settings):
    async with identity() as known:
        chosen = settings(known)
        async with served(chosen) as running:
            running.settings = chosen
            yield running


@pytest.fixture(autouse=True)
async def certificate(tell):
    one = Certificate()
    await tell(
        heartbeat(1, 0), one.event("valid", 1), heartbeat(2, 1, (one, 1)), client_event(CLIENT_ID)
    )
    return one


@pytest.fixture
def clock():
    return FrozenClock(NOW + timedelta(seconds=1))


@pytest.fixture
def delivering(api, database, clock):
    """Return a maker of deliveries, which the test takes turn by turn."""

    def make(*, rules=None, trust=True) -> Deliveries:
        return Deliveries(
            database,
            clock,
            vault=Vault(Keyring.load(api.settings.records_keys_file)),
            rules=rules or AddressRules(private=True),
            timeout_seconds=0.5,
            waits=WAITS,
            trust=trust,
        )

    return make


@pytest.fixture
async def receiver():
    async with listening() as one:
        yield one
