"""Who may do what: every action tried by everybody."""

from datetime import timedelta
from uuid import uuid4

import pytest
from services.certificates.tests.service.quarantining import quarantined

from certificates.store import seal_logs
from certificates.usecases.advance_ledger import advance_ledger
from certificates.usecases.publish_root import publish_root

pytestmark = pytest.mark.infra
REASON = {"reason_code": "under_review"}

# Everybody who might try, by role and where the role is held.
EVERYBODY = {
    "nobody": None,
    "holder": None,
    "other technician": None,
    "own employer": ("employer_administrator", "hospital zhengzhou"),
    "other employer": ("employer_administrator", "hospital luoyang"),
    "department above": ("department_administrator", "zhengzhou"),
    "training institution": ("training_institution", "zhengzhou"),
    "county bureau": ("bureau_administrator", "county"),
    "own bureau": ("bureau_administrator", "zhengzhou"),
    "other bureau": ("bureau_administrator", "luoyang"),
    "province": ("provincial_administrator", "province"),
    "operator": ("operator", "province"),
}
SEEING = {
    "holder",
    "own employer",
    "department above",
    "county bureau",
    "own bureau",
    "province",
}
# For each action: who may; everybody else gets the refusal beside it.
ACTIONS = {
    "see": ("get", "certificates/{certificate}", SEEING, 404),
    "download": ("get", "certificates/{certificate}/file", SEEING, 404),
    "see who checked": ("get", "certificates/{certificate}/checks", {"holder"}, 404),
    "suspend": (
        "post",
        "certificates/{certificate}/suspension",
        {"own bureau", "province"},
        403,
    ),
    "see the history": ("get", "certificates/{certificate}/history", SEEING, 404),
    "ask for a correction": (
        "post",
        "certificates/{certificate}/reissue",
        {"holder", "own bureau", "province"},
        403,
    ),
    "see work": (
        "get",
        "work?kind=parked",
        # Only within their subtree: a bureau elsewhere sees an empty list.
        {"own bureau", "other bureau", "county bureau", "province", "operator"},
        403,
    ),
    "propose revocation": (
        "post",
        "certificates/{certificate}/revocation",
        {"own bureau", "province"},
        403,
    ),
    "see the intent": (
        "get",
        "intents/{intent}",
        {"holder", "own bureau", "province", "operator"},
        404,
    ),
    "retry the intent": (
        "post",
        "intents/{waiting}/retry",
        {"own bureau", "province", "operator"},
        403,
    ),
    "see the seal": ("get", "seals/{seal}", {"own bureau", "province", "operator"}, 404),
    "suspend the seal": ("post", "seals/{seal}/suspension", {"own bureau", "province"}, 403),
    "file a seal": ("post", "seals/{inspected}/filing", {"province"}, 403),
    "see parked messages": ("get", "parked", {"operator"}, 403),
    "replay parked messages": ("post", "parked/replay", {"operator"}, 403),
    "take a quarantined file": (
        "get",
        "quarantines/{quarantine}/file",
        {"own bureau", "province", "operator"},
        404,
    ),
    "propose how a quarantine ends": (
        "post",
        "quarantines/{quarantine}/decision",
        {"own bureau", "province"},
        403,
    ),
    "decide how a quarantine ends": (
        "post",
        "approvals/{discarding}/approval",
        {"own bureau", "province"},
        403,
    ),
    "acknowledge a signature": (
        "post",
        "signatures/{signature}/acknowledgement",
        {"own bureau", "province"},
        403,
    ),
    "confirm an unknown signature": ("post", "approvals/{unknown}/approval", {"province"}, 403),
    "decide a revocation": (
        "post",
        "approvals/{revocation}/refusal",
        {"own bureau", "province"},
        403,
    ),
}


BODIES = {
    "replay parked messages": {"queue": "certificates.hours"},
    "propose how a quarantine ends": {"decision": "discard", "reason": "已核实"},
    "acknowledge a signature": {"reason": "已核实"},
}


@pytest.fixture
async def world(office):
    """Have one of everything that actions act on."""
    seal_id = await office.activate_seal("zhengzhou")
    technician = await office.technician()
    certificate = await office.issue(technician)
    inspected = (await office.apply("zhengzhou")).json()["seal_id"]
    other = await office.issue(await office.technician())
    revocation = await office.post(
        f"certificates/{other['certificate_id']}/revocation",
        office.bureau(name="proposer"),
        REASON,
    )
    waiting = await office.technician()
    await office.complete_year(waiting)
    await office.park((await office.intent(waiting))["id"])
    quarantine, other_quarantine = [await quarantined(office) for _ in range(2)]
    discarding = await office.post(
        f"quarantines/{other_quarantine}/decision",
        office.bureau(name="proposer"),
        {"decision": "discard", "reason": "已核实"},
    )
    orphan, unknown = [await signature(office, one) for one in ("orphan", "unknown")]
    confirming = await office.post(
        f"signatures/{unknown}/acknowledgement", office.bureau(), {"reason": "已核实"}
    )
    return technician, {
        "signature": orphan,
        "unknown": confirming.json()["approval_id"],
        "quarantine": quarantine,
        "discarding": discarding.json()["approval_id"],
        "certificate": certificate["certificate_id"],
        "intent": (await office.intent(technician))["id"],
        "waiting": (await office.intent(waiting))["id"],
        "seal": seal_id,
        "inspected": inspected,
        "revocation": revocation.json()["approval_id"],
    }


async def signature(office, outcome):
    """Have a signature in the log of Zhengzhou's seal service that no file holds."""
    now, identifier = office.clock.now(), uuid4()
    async with office.bench.database.transaction() as tx:
        await seal_logs.open_checkpoints(tx)
        row = {
            "id": identifier,
            "endpoint": "zhengzhou",
            "position": identifier.int >> 72,
            "hash": identifier.bytes,
            "entry_hash": identifier.bytes,
            "certificate_sha256": "",
            "client": "certificates",
            "request_key": str(identifier),
            "signed_at": now,
            "outcome": outcome,
            "noted_at": now,
            "changed_at": now,
        }
        await seal_logs.add(tx, [row])
    return identifier


def headers_of(office, who, technician):
    if who == "nobody":
        return {}
    if who == "holder":
        return office.holder(technician)
    if EVERYBODY[who] is None:
        return office.headers(person=uuid4())
    role, place = EVERYBODY[who]
    return office.administrator(role, office.place(place), who)


@pytest.mark.parametrize("action", ACTIONS)
async def test_only_those_who_may(office, world, action):
    technician, ids = world
    method, path, allowed, refusal = ACTIONS[action]
    path = path.format(**ids)
    # Those who may not come first: an action that succeeds changes what follows.
    for who in sorted(EVERYBODY, key=lambda one: one in allowed):
        headers = headers_of(office, who, technician)
        if method == "get":
            address, _, kind = path.partition("?kind=")
            answer = await office.get(address, headers, **({"kind": kind} if kind else {}))
        else:
            answer = await office.post(path, headers, BODIES.get(action, REASON))
        if who in allowed:
            # The second of those who may finds it done: that too is not a refusal.
            assert answer.status_code in {200, 202, 409}, (who, answer.text)
        else:
            expected = 401 if who == "nobody" else refusal
            assert answer.status_code == expected, (who, answer.text)


class TestLists:
    async def test_certificates_are_those_one_may_see(self, office, world):
        technician, _ = world
        everything = {"own employer", "department above", "county bureau", "own bureau", "province"}
        for who in EVERYBODY:
            answer = await office.get("certificates", headers_of(office, who, technician))
            if who == "nobody":
                assert answer.status_code == 401
                continue
            expected = 2 if who in everything else 1 if who == "holder" else 0
            assert len(answer.json()["items"]) == expected, who

    async def test_seals_and_intents_are_those_of_the_subtree(self, office, world):
        technician, _ = world
        for who in ("other bureau", "county bureau", "own employer", "other technician"):
            headers = headers_of(office, who, technician)
            assert (await office.get("seals", headers)).json()["items"] == []
            assert (await office.get("intents", headers)).json()["items"] == []

    async def test_scope_needs_the_role_and_the_place_together(self, office, world):
        _, ids = world
        mixed = office.headers(
            person=uuid4(),
            grants=[
                ("bureau_administrator", office.city("luoyang")),
                ("training_institution", office.city("zhengzhou")),
            ],
        )

        answer = await office.post(f"certificates/{ids['certificate']}/suspension", mixed, REASON)

        assert answer.status_code == 403

    async def test_new_employer_sees_what_its_people_bring_along(self, office):
        await office.activate_seal("zhengzhou")
        technician = await office.technician(city="luoyang")
        await office.issue(technician)

        page = await office.get(
            "certificates",
            office.administrator("employer_administrator", office.hospital("luoyang")),
        )

        assert len(page.json()["items"]) == 1


# What readers get: for each call the answer to each of them; "others" to everybody left.
EMPTY = 400  # nothing within their subtree
READING = {
    "read the log's root": ("get", "log/head", None, {"others": 200}),
    "read the log's entries": ("get", "log/entries", None, {"others": 200}),
    "prove an entry": (
        "get",
        "log/inclusion?certificate_id={certificate}&aggregate_version=1",
        None,
        {"others": 200},
    ),
    "prove that the log grew": ("get", "log/consistency?first=1&second=1", None, {"others": 200}),
    "open a share": ("get", "shares/{code}", None, {"others": 200}),
    "open a shared file": (
        "get",
        "shares/{code}/certificates/{certificate}/file",
        None,
        {"others": 200},
    ),
    "open another's file with a share": (
        "get",
        "shares/{code}/certificates/{other}/file",
        None,
        {"others": 404},
    ),
    "share": (
        "post",
        "shares",
        {"years": [2026], "ends_at": "{soon}"},
        {"nobody": 401, "holder": 201, "others": 400},
    ),
    "see shares": ("get", "shares", None, {"nobody": 401, "others": 200}),
    "end a share": (
        "post",
        "shares/{share}/revocation",
        {},
        {"nobody": 401, "holder": 200, "others": 404},
    ),
    "order a download": (
        "post",
        "downloads",
        {"year": 2026, "format": "zip"},
        {
            "nobody": 401,
            "own employer": 202,
            "department above": 202,
            "county bureau": 202,
            "own bureau": 202,
            "province": 202,
            "other employer": EMPTY,
            "other bureau": EMPTY,
            "others": 403,
        },
    ),
    "see a download": (
        "get",
        "downloads/{download}",
        None,
        {"nobody": 401, "own employer": 200, "others": 404},
    ),
    "fetch a download": (
        "get",
        "downloads/{download}/file",
        None,
        # Its own, which nobody has bound yet.
        {"nobody": 401, "own employer": 409, "others": 404},
    ),
    "list downloads": ("get", "downloads", None, {"nobody": 401, "others": 200}),
}


class TestReaders:
    @pytest.fixture
    async def reading(self, office, settings):
        """Have a signed log, a share and a download."""
        await office.activate_seal("zhengzhou")
        technician = await office.technician()
        certificate = await office.issue(technician)
        other = await office.issue(await office.technician())
        database, deps = office.bench.database, office.bench.deps
        await advance_ledger(database, deps)
        await publish_root(database, deps, settings.log_signer, every=1)
        soon = (office.clock.now() + timedelta(days=9)).isoformat()
        share = await office.post(
            "shares", office.holder(technician), {"years": [2026], "ends_at": soon}
        )
        employer = headers_of(office, "own employer", technician)
        download = await office.post("downloads", employer, {"year": 2026, "format": "zip"})
        return technician, {
            "certificate": certificate["certificate_id"],
            "other": other["certificate_id"],
            "code": share.json()["code"],
            "share": share.json()["share_id"],
            "soon": soon,
            "download": download.json()["download_id"],
        }

    @pytest.mark.parametrize("action", READING)
    async def test_each_gets_what_is_his(self, office, reading, action):
        technician, ids = reading
        method, path, body, expected = READING[action]
        address, _, query = path.format(**ids).partition("?")
        words = dict(one.split("=") for one in query.split("&") if one)
        if body and "ends_at" in body:
            body = {**body, "ends_at": ids["soon"]}
        # He whose it is comes last: what he does changes what the others find.
        for who in sorted(EVERYBODY, key=lambda one: one in expected):
            headers = headers_of(office, who, technician)
            if method == "get":
                answer = await office.get(address, headers, **words)
            else:
                answer = await office.post(address, headers, body)
            wanted = expected.get(who, expected["others"])
            assert answer.status_code == wanted, (who, answer.text)

    async def test_lists_hold_ones_own_alone(self, office, reading):
        technician, _ = reading
        for path, owner in (("shares", "holder"), ("downloads", "own employer")):
            for who in EVERYBODY.keys() - {"nobody"}:
                answer = await office.get(path, headers_of(office, who, technician))
                assert len(answer.json()["items"]) == (who == owner), (path, who)
