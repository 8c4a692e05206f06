"""Whatever a bureau's seal service does, nothing false becomes valid and everybody sees why.

Every fault of the simulator has its row in ``fault_table``; one without fails here. Faults that
concern others' requests (what a service lets pass) change nothing for us: the conformance suite
finds them.
"""

from datetime import timedelta

import pytest
from services.certificates.tests.service.faults.fault_table import (
    APPLYING,
    COMPARING,
    SEALING,
)

from certificates.usecases.compare_logs import compare_logs
from certificates.usecases.seal import seal_due
from seal.simulator.faults import Fault

pytestmark = pytest.mark.infra


def test_every_fault_has_its_row():
    assert sorted([*SEALING, *APPLYING, *COMPARING]) == sorted(Fault)
    for row in (*SEALING.values(), *APPLYING.values(), *COMPARING.values()):
        told = row.work is not None or row.states[0] in {"rejected", "applied"}
        assert bool(row.sentence) == told


async def states_of(office, technicians):
    return tuple(sorted([(await office.intent(one))["state"] for one in technicians]))


async def listed(office, kind):
    office.clock.advance(office.bench.deps.rules.deadline + timedelta(minutes=1))
    answer = await office.get("work", office.bureau(), kind=kind)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def prepared(office):
    return {row["intent_id"]: row["prepared"] for row in await office.rows("prepared_documents")}


@pytest.mark.parametrize("fault", SEALING)
async def test_while_sealing(office, simulator, rendered, fault):
    row = SEALING[fault]
    seal_id = await office.activate_seal()
    technicians = await rendered()
    before = await prepared(office)
    await simulator.set_faults(fault)

    await seal_due(office.bench, seal_id)

    assert await states_of(office, technicians) == row.states
    assert len(await office.rows("certificates", state="valid")) == row.states.count("issued")
    lane = (await office.get(f"seals/{seal_id}", office.bureau())).json()["lane"]
    assert (lane["failures"], lane["last_error"]) == ((1, row.code) if row.code else (0, None))
    items = await listed(office, row.work or "overdue")
    assert len(items) == (3 - row.states.count("issued"))
    for item in items:
        assert item["task"].startswith(row.sentence) or row.sentence in item["task"]
        # Prepared bytes are sent again as they were; a refused file is kept.
        intent = (await office.rows("intents", id=item["intent_id"]))[0]
        assert bool(intent["quarantined_sha256"]) == (row.work == "quarantined")
    kept = await prepared(office)
    assert kept.items() <= before.items()


@pytest.mark.parametrize("fault", [one for one, row in SEALING.items() if row.code])
async def test_what_waited_is_sealed_when_the_fault_is_mended(office, simulator, rendered, fault):
    # Fewer refusals than this may mean the documents and do not stop the lane.
    seal_id, technicians = await office.activate_seal(), await rendered(3)
    before = await prepared(office)
    await simulator.set_faults(fault)
    await seal_due(office.bench, seal_id)
    for technician in technicians:
        intent_id = (await office.intent(technician))["id"]
        seen = (await office.get(f"intents/{intent_id}", office.bureau())).json()
        assert (seen["state"], seen["last_error"]) == ("sealing", SEALING[fault].code)
    assert await prepared(office) == before

    await simulator.set_faults()
    office.clock.advance(timedelta(minutes=2))
    while await seal_due(office.bench, seal_id):
        continue

    assert set(await states_of(office, technicians)) == {"issued"}


@pytest.mark.parametrize("fault", APPLYING)
async def test_while_applying(office, simulator, fault):
    row = APPLYING[fault]
    await simulator.set_faults(fault)

    answer = await office.apply()

    assert answer.json().get("code") == row.code
    (seal,) = await office.rows("seals")
    shown = (await office.get(f"seals/{seal['id']}", office.bureau())).json()
    assert (shown["state"],) == row.states
    assert row.sentence in {shown["state_reason"], shown["last_error"], ""}


@pytest.mark.parametrize("fault", COMPARING)
async def test_while_comparing_logs(office, simulator, rendered, fault):
    row = COMPARING[fault]
    seal_id = await office.activate_seal()
    # Two turns: what changes its past shows when it is asked for again.
    for turn in range(2):
        technicians = await rendered()
        if turn:
            await simulator.set_faults(fault)
        await seal_due(office.bench, seal_id)
        assert set(await states_of(office, technicians)) == {"issued"}
        await compare_logs(office.bench)
    # What a log leaves out shows when it was read well after the signature.
    office.clock.advance(timedelta(minutes=6))
    await compare_logs(office.bench)

    for kind in ("logs", "omissions"):
        items = await listed(office, kind)
        assert len(items) == ({"logs": 1, "omissions": 3}[kind] if kind == row.work else 0)
        assert all(item["endpoint"] == "zhengzhou" for item in items)
        assert all(item["task"].startswith(row.sentence) for item in items)
    outcomes = {one["outcome"] for one in await office.rows("seal_log_entries")}
    assert outcomes - {"earlier", "canary"} == {"matched"}, "nothing false is believed of a log"
