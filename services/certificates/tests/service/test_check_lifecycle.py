"""The auditor finds what should never be between versions and in the comparison with the logs."""

import pytest
from sqlalchemy import text

from certificates.usecases.check_lifecycle import check_lifecycle
from certificates.usecases.compare_logs import compare_logs
from chassis.audit import InvariantBroken

pytestmark = pytest.mark.infra


async def check(office):
    async with office.bench.database.reading() as tx:
        return await check_lifecycle(tx)


@pytest.fixture
async def replaced(office):
    """Issue two versions of one year and compare the log; return both ids."""
    await office.activate_seal()
    technician = await office.technician()
    first = await office.issue(technician)
    second = await office.issue(technician, version=3, completion=2)
    await compare_logs(office.bench)
    return first["certificate_id"], second["certificate_id"]


async def tamper(office, *statements):
    async with office.bench.database.transaction() as tx:
        await tx.execute(text("ALTER TABLE certificates DISABLE TRIGGER keeps_its_facts"))
        for statement in statements:
            await tx.execute(text(statement))


async def test_counts_what_is_right(office, replaced):
    report = await check(office)

    assert report.superseded == 1
    assert report.logged["matched"] == 2
    assert "(0 orphans, 0 unknown, 0 acknowledged)" in report.summary


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        (
            "UPDATE intents SET version = 7 WHERE completion = 2",
            "{second} has another version than its intent",
        ),
        (
            (
                "UPDATE certificates SET state = 'revoked' WHERE version = 2;"
                "UPDATE certificates SET state = 'valid' WHERE version = 1"
            ),
            "{first} is in force beside a newer version",
        ),
        (
            "UPDATE certificates SET supersedes = NULL",
            "{first} is superseded without exactly one successor",
        ),
        (
            "UPDATE certificates SET state = 'revoked' WHERE version = 1",
            "{second} replaces one that is not superseded",
        ),
        (
            "UPDATE seal_logs SET position = position + 1",
            "the log read from zhengzhou does not reach its checkpoint",
        ),
        ("UPDATE signing_digests SET stored_at = NULL", "is matched without a stored file"),
    ],
)
async def test_names_what_is_wrong(office, replaced, statement, complaint):
    first, second = replaced
    await tamper(office, *statement.split(";"))

    with pytest.raises(InvariantBroken) as found:
        await check(office)

    assert complaint.format(first=first, second=second) in str(found.value)
