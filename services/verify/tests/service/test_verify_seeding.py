"""Invented certificates for load: real to every check, and no burden to a stack that issues."""

import pytest
from sqlalchemy import func, select
from verify_kit import NAME_KEYS, NOW, TOKEN_KEY, Certificate, heartbeat, served

from chassis.clock import FrozenClock
from chassis.settings import Keyring
from verify import store
from verify.__main__ import SERVICE
from verify.auditing import audit_projection
from verify.seeding import Seeder, seeded_token
from verify.tables import certificates

pytestmark = pytest.mark.infra
KEYS = Keyring(current=1, keys={1: TOKEN_KEY})
# More than one batch, and not a whole number of them.
MANY = 2_150


@pytest.fixture
def seeder(database, cache):
    return Seeder(database, cache, tokens=KEYS, names=NAME_KEYS, clock=FrozenClock(NOW))


async def run(seeder, count):
    return [done async for done in seeder.run(count)]


async def count(database):
    async with database.reading() as tx:
        return await tx.scalar(select(func.count()).select_from(certificates))


async def test_seeded_certificates_answer_as_issued_ones(seeder, database, cache, settings):
    assert await run(seeder, MANY) == [2_000, MANY]
    async with served(settings) as api:
        assert await api.state(seeded_token(KEYS, 0)) == "valid"
        assert await api.state(seeded_token(KEYS, MANY - 51)) == "revoked"
        assert await api.state(seeded_token(KEYS, MANY)) == "not_found"
    audited = await audit_projection(database, cache)
    assert (audited.certificates, audited.cached) == (MANY, MANY)


async def test_seeding_again_changes_nothing(seeder, database):
    await run(seeder, 30)
    await run(seeder, 40)
    assert await count(database) == 40


async def test_stack_that_issues_is_not_disturbed(seeder, database, cache, tell):
    issued = Certificate()
    await tell(issued.event("valid", 1), heartbeat(1, 1, (issued, 1)))
    await run(seeder, 20)
    # A heartbeat after a gap: what is held must add up to the ledger's count, seeded or not.
    await tell(issued.event("revoked", 2), heartbeat(9, 2, (issued, 2)))
    async with database.reading() as tx:
        fresh = await store.current_freshness(tx)
        places = await tx.scalar(
            select(func.count(certificates.c.status_index)).where(
                certificates.c.certificate_id != issued.certificate_id
            )
        )
    assert (fresh["sequence"], places) == (9, 0)
    await audit_projection(database, cache)


async def test_production_refuses_invented_certificates(settings, monkeypatch, capsys):
    production = settings.model_copy(update={"environment": "production"})
    monkeypatch.setattr(type(SERVICE), "configured", lambda *_: production)
    with pytest.raises(SystemExit) as ended:
        SERVICE.main(["seed", "--certificates", "1"])
    assert ended.value.code == 1
    assert "production" in capsys.readouterr().err
