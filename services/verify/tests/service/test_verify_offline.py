"""The offline verifier with the network cut: real codes, real lists, a camera that sees a code."""

import re
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from browser_kit import NARROW, PHONE, accessible, launch, picture
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.async_api import async_playwright, expect
from verify_kit import NOW, heartbeat, served, until
from web_kit import Platform, film, photograph

from verify.status_keeping import StatusKeeper

pytestmark = [pytest.mark.infra, pytest.mark.slow]
STATES = ("valid", "revoked", "suspended", "superseded")


@pytest.fixture(scope="module")
async def playwright():
    async with async_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
async def browser(playwright):
    browser = await launch(playwright)
    yield browser
    await browser.close()


@pytest.fixture
def platform(tmp_path):
    return Platform(tmp_path)


@pytest.fixture
def settings(platform, database_url, redis_server):
    return platform.settings(database_url, redis_server.url)


@pytest.fixture
def sign_lists(settings, database):
    """Return a function that signs the lists as the worker would."""
    return StatusKeeper(database, settings.status_signing).turn


@pytest.fixture
async def issued(platform, sign_lists, tell):
    """Return a certificate in every state; the list says how each stands."""
    codes = {state: platform.issued(index) for index, state in enumerate(STATES)}
    known = {state: one.certificate for state, one in codes.items()}
    await tell(
        *(one.event(state, 1) for state, one in known.items()),
        heartbeat(1, len(known), *((one, 1) for one in known.values())),
    )
    await sign_lists()
    return codes


@asynccontextmanager
async def verifier(browser, api, *, query="lang=zh", size=PHONE, **more):
    """Open the offline verifier, let it fetch what it needs, then cut the network."""
    context = await browser.new_context(viewport=size, **more)
    await context.clock.set_fixed_time(NOW + timedelta(minutes=2))
    page = await context.new_page()
    page.refused = []

    def note(message):
        # That there is no network is what these tests are about.
        if "ERR_INTERNET_DISCONNECTED" not in message.text:
            page.refused.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: page.refused.append(str(error)))
    try:
        await page.goto(f"{api.address}/v/offline/?{query}")
        await expect(page.locator(".lists li")).to_have_count(2)
        await page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        await context.set_offline(True)
        await page.reload()
        await expect(page.locator(".lists li")).to_have_count(2)
        page.refused.clear()
        yield page
    finally:
        await context.close()


async def choose(page, content):
    file = {"name": "code.jpg", "mimeType": "image/jpeg", "buffer": content}
    await page.locator("#picture").set_input_files(file)


async def scan(page, address):
    await choose(page, photograph(address))


async def title(page, expected):
    await expect(page.locator("#said h2.verdict")).to_have_text(expected)


class TestOffline:
    @pytest.mark.parametrize(
        ("state", "told"),
        [
            ("valid", "证书有效"),
            ("revoked", "证书无效"),
            ("suspended", "证书已暂停使用"),
            ("superseded", "证书已被新版取代"),
        ],
    )
    async def test_state_is_told_as_of_the_list(self, api, browser, issued, state, told):
        async with verifier(browser, api) as page:
            await scan(page, issued[state].address())
            await title(page, told)
            said = page.locator("#said")
            await expect(said).to_contain_text("状态清单截至 2026 年 11 月 23 日 14:00（2 分钟前）")
            await expect(said).to_contain_text("由签发平台作出")
            await expect(said).to_contain_text("41038517264970")
            await expect(said.locator(".checks li")).to_have_count(3)
            assert page.refused == []
            await accessible(page, state)
            await picture(page, f"offline-{state}")

    async def test_large_english_page_is_accessible(self, api, browser, issued):
        query = "lang=en&type=large"
        async with verifier(browser, api, query=query, size=NARROW) as page:
            await accessible(page, "before")
            await picture(page, "offline-before-en-large")
            await scan(page, issued["valid"].address())
            await title(page, "Certificate is valid")
            await accessible(page, "valid")
            await picture(page, "offline-valid-en-large")

    async def test_name_is_compared_on_the_device(self, api, browser, issued):
        async with verifier(browser, api) as page:
            await scan(page, issued["valid"].address())
            for name, mark in (("张䶮", "good"), ("张三", "bad")):
                await page.locator("#name").fill(name)
                await page.locator("#said").get_by_role("button", name="核对").click()
                await expect(page.locator(f".said.{mark}")).to_be_visible()
            await accessible(page, "name")
            await picture(page, "offline-name")

    async def test_hand_scanner_types_the_code(self, api, browser, issued):
        async with verifier(browser, api) as page:
            await page.locator("#text").focus()
            await page.keyboard.insert_text(issued["valid"].address())
            await page.keyboard.press("Enter")
            await title(page, "证书有效")
            assert "#" not in page.url, "what was scanned stands in no address"

    async def test_camera_sees_the_code(self, api, playwright, issued, tmp_path):
        seen = film(issued["valid"].address(), tmp_path / "camera.y4m")
        camera = await launch(
            playwright,
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={seen}",
        )
        try:
            async with verifier(camera, api, permissions=["camera"]) as page:
                await page.get_by_role("button", name="打开摄像头").click()
                await title(page, "证书有效")
                await expect(page.locator("#video")).to_be_hidden()
                await expect(page.get_by_role("button", name="打开摄像头")).to_be_visible()
                assert page.refused == []
        finally:
            await camera.close()

    async def test_camera_that_is_not_allowed_is_told(self, api, browser, issued):
        async with verifier(browser, api) as page:
            await page.get_by_role("button", name="打开摄像头").click()
            await expect(page.locator("#trouble")).to_contain_text("不能使用摄像头")
            await accessible(page, "no camera")

    async def test_picture_without_a_code_is_told(self, api, browser, issued):
        async with verifier(browser, api) as page:
            await choose(page, b"no picture at all")
            await expect(page.locator("#trouble")).to_contain_text("没有读出二维码")


class TestRefusals:
    async def test_forged_and_foreign_codes(self, api, browser, issued):
        valid = issued["valid"]
        async with verifier(browser, api) as page:
            await scan(page, valid.address(key=Ed25519PrivateKey.generate()))
            await title(page, "二维码无效")
            await accessible(page, "forged")
            await picture(page, "offline-forged")
            await scan(page, valid.address(host="www.example.com"))
            await title(page, "不是官方二维码")
            await expect(page.locator("#said")).to_contain_text("www.example.com，不是官方网址")
            await picture(page, "offline-foreign")
            await scan(page, "https://www.example.com/")
            await title(page, "不是证书二维码")

    async def test_index_past_the_end_of_all_lists_could_not_be_checked(
        self, api, browser, issued, platform
    ):
        async with verifier(browser, api) as page:
            await scan(page, platform.issued(1 << 18).address())
            await title(page, "未能核验")
            await expect(page.locator("#said")).to_contain_text("本机没有相应的状态清单")
            await picture(page, "offline-could-not-check")

    async def test_certificate_newer_than_the_list_could_not_be_checked(
        self, api, browser, platform, issued
    ):
        async with verifier(browser, api) as page:
            await scan(page, platform.issued(77, issued_on=date(2026, 11, 23)).address())
            await title(page, "未能核验")
            await expect(page.locator("#said")).to_contain_text("比本机的状态清单新")

    async def test_list_that_is_too_old_is_refused_clearly(self, api, browser, issued):
        async with verifier(browser, api) as page:
            await page.context.clock.set_fixed_time(NOW + timedelta(hours=25))
            await page.reload()
            await expect(page.locator(".lists")).to_contain_text("已过期，不能据此判断")
            await scan(page, issued["valid"].address())
            await title(page, "未能核验")
            await expect(page.locator("#said")).to_contain_text("状态清单已过期")
            await accessible(page, "old list")
            await picture(page, "offline-old-list")

    async def test_clock_before_the_list_is_named(self, api, browser, issued):
        async with verifier(browser, api) as page:
            await page.context.clock.set_fixed_time(NOW - timedelta(days=1))
            await scan(page, issued["valid"].address())
            await title(page, "未能核验")
            await expect(page.locator("#said")).to_contain_text("本机时间不准")

    async def test_device_without_lists_checks_nothing(self, browser, api, issued):
        context = await browser.new_context(viewport=PHONE)
        page = await context.new_page()
        await page.route("**/v/keys", lambda route: route.abort())
        await page.goto(f"{api.address}/v/offline/?lang=zh")
        await expect(page.locator("#lists")).to_contain_text("还没有核验资料")
        await scan(page, issued["valid"].address())
        await title(page, "未能核验")
        await accessible(page, "nothing held")
        await context.close()


class TestLists:
    async def test_revocation_is_known_after_an_update(
        self, api, browser, issued, tell, sign_lists
    ):
        valid = issued["valid"]
        async with verifier(browser, api) as page:
            later = NOW + timedelta(minutes=1)
            certificate = valid.certificate
            await tell(
                certificate.event("revoked", 2),
                heartbeat(2, 5, (certificate, 2), as_of=later),
            )
            await sign_lists()
            await page.get_by_role("button", name="联网更新").click()
            await expect(page.locator("#lists")).to_contain_text("未能更新")
            await scan(page, valid.address())
            await title(page, "证书有效")
            await page.context.set_offline(False)
            await api.forget()
            await page.get_by_role("button", name="联网更新").click()
            await expect(page.locator(".lists")).to_contain_text("14:01")
            await scan(page, valid.address())
            await title(page, "证书无效")

    async def test_key_list_with_a_lower_number_is_not_taken(self, api, browser, issued, platform):
        platform.publish(sequence=5)
        async with verifier(browser, api) as page:
            await expect(page.locator(".lists")).to_contain_text("第 5 号")
            old = replace(platform, folder=platform.folder / "old")
            old.folder.mkdir()
            old.status = platform.status
            old.publish(sequence=4)
            played_back = (old.folder / "keys.jwt").read_text()
            await page.context.set_offline(False)
            await page.route("**/v/keys", lambda route: route.fulfill(body=played_back))
            await page.get_by_role("button", name="联网更新").click()
            await expect(page.locator("#lists .note")).to_have_count(0)
            await expect(page.locator(".lists")).to_contain_text("第 5 号")


async def test_nothing_of_a_certificate_is_asked_for_or_kept(api, browser, issued):
    context = await browser.new_context(viewport=PHONE)
    await context.clock.set_fixed_time(NOW + timedelta(minutes=2))
    page = await context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(f"{api.address}/v/offline/?lang=zh")
    await expect(page.locator(".lists li")).to_have_count(2)
    code = issued["valid"]
    await scan(page, code.address())
    await title(page, "证书有效")
    assert not any(code.token in one or "#" in one for one in asked)
    kept = await page.evaluate(
        """async () => {
            const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) texts.push(request.url);
            }
            return texts.join();
        }"""
    )
    assert code.token not in kept
    assert "41038517264970" not in kept
    await context.close()


async def test_page_and_files_are_served_as_the_policy_says(api):
    page = await api.client.get("/v/offline/")
    assert page.headers["permissions-policy"].startswith("camera=(self),")
    policy = page.headers["content-security-policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    assert "unsafe-inline" not in policy
    assert page.headers["cache-control"] == "no-cache"
    tag = {"if-none-match": page.headers["etag"]}
    assert (await api.client.get("/v/offline/", headers=tag)).status_code == 304
    names = [part.split('"')[0] for part in page.text.split('"/v/assets/')[1:]]
    assert len(names) == 5
    for name in names:
        asset = await api.client.get(f"/v/assets/{name}")
        assert asset.status_code == 200
        assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert asset.headers["content-encoding"] == "gzip"
        assert not re.search(r"\[\[(root|host|files|release|[a-z]+\.[a-z]+)\]\]", asset.text)
    worker = await api.client.get("/v/offline/worker.js")
    assert worker.headers["cache-control"] == "no-cache"
    for missing in ("/v/assets/x.js", "/v/assets/../keys2", "/v/offline/x"):
        assert (await api.client.get(missing)).status_code == 404


async def test_check_page_may_run_its_script_and_nothing_else(api, issued):
    headers = (await api.page(issued["valid"].token)).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self'; connect-src 'self';" in policy
    assert "unsafe" not in policy
    assert headers["permissions-policy"] == "camera=(), microphone=(), geolocation=()"


async def test_new_release_is_there_the_next_time_the_page_is_opened(
    browser, platform, settings, issued
):
    context = await browser.new_context(viewport=PHONE)
    await context.clock.set_fixed_time(NOW + timedelta(minutes=2))
    page = await context.new_page()
    asset = "document.querySelector('script').src"
    kept = "caches.keys().then(names => names.filter(one => one.startsWith('yuzheng-offline-')))"
    async with served(settings) as api:
        address = f"{api.address}/v/offline/?lang=zh"
        await page.goto(address)
        await page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        before, [release] = await page.evaluate(asset), await page.evaluate(kept)
    # Another root: other scripts, other names.
    platform.root = Ed25519PrivateKey.generate()
    platform.write_root()
    platform.publish(sequence=1)
    async with served(settings):
        await page.goto(address)
        assert await page.evaluate(asset) == before, "what is kept is there at once"

        async def taken_over() -> bool:
            names = await page.evaluate(kept)
            return len(names) == 1 and names != [release]

        await until(taken_over, seconds=20)
        await page.reload()
        assert await page.evaluate(asset) != before
        await expect(page.locator(".lists li")).to_have_count(2)
    await context.close()
