"""Sessions: begun, carried on by tokens good once, seen and ended by their owner alone."""

import asyncio
from datetime import timedelta
from http.cookies import SimpleCookie
from uuid import UUID, uuid4

import httpx
import pytest

from identity import tables
from identity.app import build_app
from identity.building import build_core, build_services
from identity.domain.organisations import Role
from identity.store import retention

PASSWORD = "正确的马-电池-订书钉"
AT = "/api/identity/v1/"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0 Safari/537.36"


class Browser:
    """Keeps one cookie as a browser does, and can be made to show another."""

    def __init__(self, house, user_agent=CHROME):
        self.house = house
        self.user_agent = user_agent
        self.cookie = ""
        self.access = ""

    async def ask(self, method, path, *, cookie=None, token=False, headers=(), **more):
        shown = self.cookie if cookie is None else cookie
        sent = {"user-agent": self.user_agent, "idempotency-key": str(uuid4())} | dict(headers)
        if shown:
            sent["cookie"] = f"yuzheng-refresh={shown}"
        if token:
            sent["authorization"] = f"Bearer {self.access}"
        answer = await self.house.http.request(method, AT + path, headers=sent, **more)
        # One house serves many browsers: none may keep another's cookie.
        self.house.http.cookies.clear()
        return answer

    def keep(self, answer):
        morsel = SimpleCookie(answer.headers["set-cookie"])["yuzheng-refresh"]
        self.cookie = morsel.value
        self.access = answer.json()["access_token"]
        return answer.json()

    async def log_in(self, login, password=PASSWORD):
        body = {"login": login, "password": password}
        answer = await self.ask("POST", "sessions", json=body)
        assert answer.status_code == 201, answer.text
        return self.keep(answer)

    async def renew(self, **more):
        return await self.ask("POST", "sessions/renewal", **more)

    async def sessions(self, **params):
        answer = await self.ask("GET", "sessions", token=True, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()


async def logged_in(house, **more):
    made = await house.register()
    browser = Browser(house, **more)
    return browser, made, await browser.log_in(made["management_number"])


async def reasons(house):
    return [row["end_reason"] for row in await house.rows(tables.sessions)]


async def test_a_session_says_who_is_logged_in_and_opens_the_rest(house):
    browser, made, session = await logged_in(house)
    assert session["management_number"] == made["management_number"]
    assert (session["name"], session["person_id"]) == ("张䶮", made["person_id"])
    assert (session["roles"], session["grants"]) == (["technician"], [])
    assert session["must_change_password"] is False
    assert session["ends_at"] == "2026-11-23T16:00:00Z"
    assert (await browser.ask("GET", "me", token=True)).status_code == 200


async def test_the_cookie_is_for_the_session_routes_and_for_no_script(house):
    made = await house.register()
    body = {"login": made["management_number"], "password": PASSWORD}
    answer = await Browser(house).ask("POST", "sessions", json=body)
    morsel = SimpleCookie(answer.headers["set-cookie"])["yuzheng-refresh"]
    assert (morsel["path"], morsel["httponly"]) == ("/api/identity/v1/sessions", True)
    assert (morsel["samesite"], morsel["max-age"], morsel["domain"]) == ("strict", "", "")
    assert not morsel["secure"]
    assert answer.headers["cache-control"] == "no-store"
    assert morsel.value not in answer.text


@pytest.mark.parametrize(
    ("kind", "name", "path"),
    [
        ("host", "__Host-yuzheng-refresh", "/"),
        ("path", "__Secure-yuzheng-refresh", "/api/identity/v1/sessions"),
    ],
)
async def test_behind_tls_the_cookie_is_secure(house, new_settings, kind, name, path):
    made = await house.register()
    settings = new_settings(house.core.settings.database, session_cookie=kind)
    app = build_app(settings, build_services(build_core(settings, clock=house.clock)))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://identity") as http,
    ):
        body = {"login": made["management_number"], "password": PASSWORD}
        answer = await http.post(AT + "sessions", json=body)
        morsel = SimpleCookie(answer.headers["set-cookie"])[name]
        assert (morsel["path"], morsel["secure"]) == (path, True)
        assert (await http.post(AT + "sessions/renewal")).status_code == 200


def test_production_refuses_a_cookie_without_tls(new_settings, house):
    database = house.core.settings.database
    assert new_settings(database, environment="production").cookie_kind == "path"
    with pytest.raises(ValueError, match="session_cookie"):
        new_settings(database, environment="production", session_cookie="plain")


async def test_only_hashes_of_refresh_tokens_are_stored(house):
    browser, _, session = await logged_in(house)
    for table in tables.metadata.sorted_tables:
        stored = str(await house.rows(table))
        assert browser.cookie not in stored, table.name
        assert session["access_token"] not in stored, table.name


async def test_log_in_has_the_rules_of_a_token(house):
    made = await house.register()
    browser = Browser(house)
    body = {"login": made["management_number"], "password": "a wrong password"}
    answers = [await browser.ask("POST", "sessions", json=body) for _ in range(10)]
    assert {one.status_code for one in answers} == {401}
    unknown = await browser.ask("POST", "sessions", json=body | {"login": "nobody-here"})
    assert unknown.json()["detail"] == answers[0].json()["detail"]
    locked = await browser.ask("POST", "sessions", json=body | {"password": PASSWORD})
    assert (locked.status_code, locked.headers["retry-after"]) == (429, "900")
    # One counter for both ways in.
    assert (await house.log_in(made["management_number"])).status_code == 429
    assert await house.rows(tables.sessions) == []


async def test_renewal_gives_new_tokens_and_what_has_changed_meanwhile(house):
    browser, made, before = await logged_in(house)
    first = browser.cookie
    house.clock.advance(timedelta(minutes=11))
    assert (await browser.ask("GET", "me", token=True)).status_code == 401
    province = house.caller((Role.PROVINCIAL_ADMINISTRATOR, "province"))
    await province.post(
        "administrators",
        {
            "organisation_id": str(house.places["hospital"].id),
            "role": "employer_administrator",
            "name": "张䶮",
            "management_number": made["management_number"],
        },
    )
    after = browser.keep(await browser.renew())
    assert browser.cookie != first
    assert after["session_id"] == before["session_id"]
    assert after["roles"] == ["technician", "employer_administrator"]
    assert (await browser.ask("GET", "me", token=True)).status_code == 200


async def test_a_token_shown_again_ends_the_session_and_the_person_is_told(house):
    browser, _, _ = await logged_in(house)
    copied = browser.cookie
    browser.keep(await browser.renew())
    house.clock.advance(timedelta(seconds=11))
    thief = await browser.renew(cookie=copied)
    assert (thief.status_code, thief.json()["code"]) == (401, "identity.session_over")
    assert "set-cookie" not in thief.headers
    # Nobody can tell which of the two is the owner.
    assert (await browser.renew()).status_code == 401
    assert await reasons(house) == ["token_reused"]
    (message,) = (await browser.ask("GET", "messages", token=True)).json()["items"]
    assert message["template"] == "session_ended"
    assert "session.token_reused" in [r["action"] for r in await house.rows(tables.audit.rows)]
    again = await browser.renew(cookie=copied)
    assert again.status_code == 401
    assert len(await house.rows(tables.messages)) == 1


async def test_a_thief_who_comes_first_is_found_out_by_the_owner(house):
    browser, _, _ = await logged_in(house)
    thief = Browser(house)
    thief.keep(await thief.renew(cookie=browser.cookie))
    house.clock.advance(timedelta(minutes=5))
    assert (await browser.renew()).status_code == 401
    assert (await thief.renew()).status_code == 401


async def test_two_tabs_that_renew_at_once_both_go_on(house):
    browser, _, _ = await logged_in(house)
    answers = await asyncio.gather(*(browser.renew() for _ in range(4)))
    assert [one.status_code for one in answers] == [200] * 4
    # Whichever the browser keeps is good.
    house.clock.advance(timedelta(minutes=9))
    browser.keep(answers[2])
    browser.keep(await browser.renew())
    assert await reasons(house) == [None]


async def test_a_race_does_not_lengthen_its_own_grace(house):
    browser, _, _ = await logged_in(house)
    old = browser.cookie
    browser.keep(await browser.renew())
    for seconds, status in ((6, 200), (4, 200), (1, 401)):
        house.clock.advance(timedelta(seconds=seconds))
        assert (await browser.renew(cookie=old)).status_code == status


async def test_what_a_race_gave_away_is_used_up_with_the_generation(house):
    browser, _, _ = await logged_in(house)
    old = browser.cookie
    browser.keep(await browser.renew())
    spare = Browser(house)
    spare.keep(await browser.renew(cookie=old))
    house.clock.advance(timedelta(minutes=1))
    browser.keep(await browser.renew())
    house.clock.advance(timedelta(minutes=1))
    assert (await spare.renew()).status_code == 401
    assert await reasons(house) == ["token_reused"]


async def test_a_session_runs_out_when_idle_and_after_its_longest_time(house):
    browser, made, _ = await logged_in(house)
    for _ in range(14):
        house.clock.advance(timedelta(minutes=50))
        browser.keep(await browser.renew())
    house.clock.advance(timedelta(minutes=20))
    # Twelve hours since the log-in.
    assert (await browser.renew()).status_code == 401
    await browser.log_in(made["management_number"])
    house.clock.advance(timedelta(minutes=60))
    assert (await browser.renew()).status_code == 401
    other = Browser(house)
    await other.log_in(made["management_number"])
    assert len((await other.sessions())["items"]) == 1


async def test_no_token_and_a_made_up_one_are_one_answer(shared_house):
    browser = Browser(shared_house)
    answers = [await browser.renew(), await browser.renew(cookie="yzr_made-up")]
    assert [one.status_code for one in answers] == [401, 401]
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://identity"},
        {"origin": "https://elsewhere.example"},
        {"origin": "https://identity.elsewhere.example"},
        {"origin": "null"},
    ],
)
async def test_pages_of_other_sites_are_refused(house, headers):
    browser, made, _ = await logged_in(house)
    body = {"login": made["management_number"], "password": PASSWORD}
    for method, path, more in (
        ("POST", "sessions", {"json": body}),
        ("POST", "sessions/renewal", {}),
        ("DELETE", "sessions/current", {}),
    ):
        answer = await browser.ask(method, path, headers=headers, **more)
        assert answer.json()["code"] == "identity.cross_site_refused", path
    assert len(await house.rows(tables.sessions)) == 1
    own = {"sec-fetch-site": "same-origin", "origin": "http://identity:21000"}
    assert (await browser.renew(headers=own)).status_code == 200


async def test_logging_out_ends_the_session_and_takes_the_cookie_back(house):
    browser, _, _ = await logged_in(house)
    answer = await browser.ask("DELETE", "sessions/current")
    assert answer.status_code == 204
    morsel = SimpleCookie(answer.headers["set-cookie"])["yuzheng-refresh"]
    assert (morsel.value, morsel["max-age"]) == ("", "0")
    assert (await browser.renew()).status_code == 401
    assert await reasons(house) == ["logged_out"]
    for cookie in (browser.cookie, "", "made-up"):
        assert (await browser.ask("DELETE", "sessions/current", cookie=cookie)).status_code == 204


async def test_logging_in_again_ends_what_the_browser_had(house):
    browser, made, _ = await logged_in(house)
    await browser.log_in(made["management_number"])
    assert sorted(await reasons(house), key=str) == [None, "logged_in_again"]


async def test_one_sees_own_sessions_page_by_page_and_which_is_this_one(house):
    browser, made, session = await logged_in(house)
    phone = Browser(house, user_agent="Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0")
    await phone.log_in(made["management_number"])
    await logged_in(house)
    first = await browser.sessions(limit=1)
    (newest,) = first["items"]
    assert (newest["browser"], newest["system"], newest["current"]) == ("wechat", "android", False)
    second = await browser.sessions(limit=1, cursor=first["next_cursor"])
    (oldest,) = second["items"]
    assert (oldest["session_id"], oldest["current"]) == (session["session_id"], True)
    assert (oldest["browser"], oldest["system"]) == ("chrome", "windows")
    assert second["next_cursor"] is None


async def test_one_ends_own_sessions_and_nobody_elses(house):
    browser, made, session = await logged_in(house)
    other, _, _ = await logged_in(house)
    phone = Browser(house)
    lost = await phone.log_in(made["management_number"])
    path = f"sessions/{lost['session_id']}"
    foreign = await other.ask("DELETE", path, token=True)
    assert (foreign.status_code, foreign.json()["code"]) == (404, "identity.session_unknown")
    assert (await browser.ask("DELETE", path, token=True)).status_code == 204
    assert (await phone.renew()).status_code == 401
    assert (await browser.ask("DELETE", path, token=True)).status_code == 404
    assert (await browser.renew()).status_code == 200
    assert session["session_id"] != lost["session_id"]


@pytest.mark.parametrize("who", ["nobody", "service", "client"])
async def test_sessions_are_for_people(shared_house, who):
    issuer = shared_house.services.issuer
    token = {
        "nobody": "",
        "service": issuer.for_service("hours", ["identity.resolve"]).access_token,
        "client": issuer.for_client(uuid4(), ["verify.check"]).access_token,
    }[who]
    browser = Browser(shared_house)
    browser.access = token
    body = {"old_password": PASSWORD, "new_password": PASSWORD + "!"}
    for method, path, more in (
        ("GET", "sessions", {}),
        ("DELETE", f"sessions/{uuid4()}", {}),
        ("POST", "password", {"json": body}),
        ("GET", "messages/unread", {}),
        ("POST", "messages/read", {"json": {}}),
    ):
        answer = await browser.ask(method, path, token=True, **more)
        assert answer.status_code == (403 if who == "service" else 401), path


async def test_an_account_that_was_closed_goes_on_no_longer(house):
    browser, _, session = await logged_in(house)
    async with house.core.database.transaction() as tx:
        await tx.execute(
            tables.accounts.update()
            .where(tables.accounts.c.id == UUID(session["account_id"]))
            .values(active=False)
        )
    assert (await browser.renew()).status_code == 401
    assert await reasons(house) == ["account_closed"]


async def test_sessions_that_are_long_over_are_forgotten(house):
    browser, made, _ = await logged_in(house)
    browser.keep(await browser.renew())
    house.clock.advance(timedelta(days=29))
    await browser.log_in(made["management_number"])
    await retention.drop_expired(house.core.database, house.clock)
    assert len(await house.rows(tables.sessions)) == 2
    house.clock.advance(timedelta(days=1, seconds=1))
    await retention.drop_expired(house.core.database, house.clock)
    (left,) = await house.rows(tables.sessions)
    assert {row["session_id"] for row in await house.rows(tables.refresh_tokens)} == {left["id"]}
