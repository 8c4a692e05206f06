"""A file in quarantine without the work of making one."""

from uuid import UUID

from services.certificates.tests.service.office import Office

from certificates.domain.presence import present
from certificates.domain.states import IntentState
from certificates.store import intents, quarantines


async def quarantined(office: Office) -> UUID:
    """Put a new intent's file into quarantine as a refusing gate would; return the quarantine."""
    technician = await office.technician()
    await office.complete_year(technician)
    intent_id, now = (await office.intent(technician))["id"], office.clock.now()
    sha256 = await office.bench.objects.put(b"%PDF-1.7 not what was asked for")
    async with office.bench.database.transaction() as tx:
        intent = present(await intents.lock(tx, intent_id))
        state = IntentState.QUARANTINED
        await intents.change(tx, intent, state, now, quarantined_sha256=sha256)
        return await quarantines.add(
            tx,
            intent_id,
            file_sha256=sha256,
            code="certificates.gate_refused",
            failed=[("seal_box", "the seal is 60.0 points off its box")],
            now=now,
        )
