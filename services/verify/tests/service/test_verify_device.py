"""The page's script: the code's signature is checked on the device, and compared with the page."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from browser_kit import NARROW, PHONE, accessible, launch, picture
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.async_api import async_playwright, expect
from verify_kit import NOW, heartbeat, seal_event
from web_kit import LONG_AGO, Platform

pytestmark = [pytest.mark.infra, pytest.mark.slow]


@pytest.fixture(scope="module")
async def browser():
    async with async_playwright() as playwright:
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
async def issued(platform, settings, tell, mirror):
    one = platform.issued(4711)
    certificate = one.certificate
    await tell(
        certificate.event("valid", 1), seal_event("active", 1), heartbeat(1, 1, (certificate, 1))
    )
    await mirror.turn()
    return one


@pytest.fixture
async def open_page(api, browser):
    """Return a function that opens an address as a phone would, and what was requested."""
    contexts = []

    async def open_(address, *, size=PHONE, **more):
        context = await browser.new_context(viewport=size, locale="zh-CN", **more)
        contexts.append(context)
        await context.clock.set_fixed_time(NOW + timedelta(seconds=1))
        page = await context.new_page()
        page.requests, page.refused = [], []

        def note(request):
            page.requests.append(request)

        page.on("request", note)
        page.on("console", lambda message: page.refused.append(message.text))
        page.on("pageerror", lambda error: page.refused.append(str(error)))
        await page.goto(address)
        return page

    yield open_
    for context in contexts:
        await context.close()


def outcome(page):
    return page.locator("#device")


class TestSignature:
    async def test_genuine_code_that_says_what_the_page_says(self, issued, open_page):
        page = await open_page(issued.address())
        await expect(outcome(page)).to_have_class("good")
        await expect(outcome(page)).to_contain_text("属实")
        await expect(outcome(page)).to_contain_text("本机核查")
        assert page.refused == []
        await expect(page.get_by_role("alert")).to_have_count(0)
        await accessible(page, "genuine")
        await picture(page, "device-genuine")

    async def test_nothing_of_the_fragment_is_sent(self, issued, open_page):
        page = await open_page(issued.address())
        await expect(outcome(page)).to_have_class("good")
        payload = urlsplit(issued.address()).fragment
        sent = [
            one.url.split("#")[0] + (one.post_data or "") + str(await one.all_headers())
            for one in page.requests
            if not one.url.startswith("data:")
        ]
        assert len(sent) == 3, "the page, its script, the key list"
        assert not any(payload in one for one in sent)

    async def test_forged_code_is_named_so(self, issued, open_page):
        page = await open_page(issued.address(key=Ed25519PrivateKey.generate()))
        await expect(outcome(page)).to_have_class("bad")
        await expect(outcome(page)).to_contain_text("伪造")
        await expect(page.get_by_role("alert")).to_contain_text("二维码数字签名不符")
        await expect(page.get_by_role("alert")).to_be_in_viewport()
        await picture(page, "device-forged")

    async def test_altered_fragment_is_named_so(self, issued, open_page):
        page = await open_page(issued.address()[:-9])
        await expect(outcome(page)).to_have_class("bad")
        await expect(outcome(page)).to_contain_text("不完整或被改动")

    async def test_genuine_code_of_another_certificate_differs_in_what_it_says(
        self, issued, open_page
    ):
        other = replace(issued, record=replace(issued.record, year=2025, version=3), index=9)
        page = await open_page(other.address())
        await expect(outcome(page)).to_have_class("bad")
        for field in ("年度", "版次", "登记序号", "电子证书数据"):
            await expect(outcome(page)).to_contain_text(field)
        await accessible(page, "differs")
        await picture(page, "device-differs")

    async def test_withdrawn_key_says_nothing(self, issued, platform, open_page):
        platform.publish(sequence=2, revoked_at=NOW)
        page = await open_page(issued.address())
        await expect(outcome(page)).to_have_class("open")
        await expect(outcome(page)).to_contain_text("已被停用")

    async def test_key_that_had_ended_by_the_day_of_issue_is_not_believed(
        self, issued, platform, open_page
    ):
        platform.publish(sequence=2, valid_until=LONG_AGO + timedelta(days=1))
        page = await open_page(issued.address())
        await expect(outcome(page)).to_have_class("bad")
        await expect(outcome(page)).to_contain_text("并未启用")

    async def test_list_of_another_root_is_none(self, issued, platform, open_page):
        # The service refuses such a list itself; a cloned site would not.
        page = await open_page("about:blank")
        other = Platform(platform.folder)
        other.status = platform.status
        other.publish(sequence=9)
        forged = (platform.folder / "keys.jwt").read_text()
        await page.route("**/v/keys", lambda route: route.fulfill(body=forged))
        await page.goto(issued.address(key=other.key))
        await expect(outcome(page)).to_have_class("open")
        await expect(outcome(page)).to_contain_text("未能取得平台公钥清单")

    async def test_page_that_could_not_check_tells_what_the_code_says(self, api, issued, open_page):
        api.clock.advance(timedelta(days=1))
        page = await open_page(issued.address())
        await expect(outcome(page)).to_have_class("good")
        await expect(outcome(page)).to_contain_text("41038517264970")
        await expect(outcome(page)).to_contain_text("以登记为准")
        await accessible(page, "could not check")
        await picture(page, "device-could-not-check")

    async def test_browser_without_ed25519_checks_in_script(self, issued, open_page):
        page = await open_page("about:blank")
        await page.add_init_script(
            "const real = SubtleCrypto.prototype.importKey;"
            "SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...more) {"
            " if (algorithm === 'Ed25519') { window.asked = true;"
            "  throw new DOMException('no', 'NotSupportedError'); }"
            " return real.call(this, format, key, algorithm, ...more); };"
        )
        await page.goto(issued.address())
        await expect(outcome(page)).to_have_class("good")
        assert await page.evaluate("window.asked")


class TestPage:
    async def test_fragment_stays_through_language_size_and_name(self, issued, open_page):
        page = await open_page(issued.address(), size=NARROW)
        payload = urlsplit(issued.address()).fragment
        await page.get_by_role("link", name="大字版").click()
        await page.get_by_role("link", name="English").click()
        await expect(outcome(page)).to_contain_text("The issuing platform signed the code")
        await page.locator("#name").fill("张䶮")
        await page.get_by_role("button", name="Compare").click()
        await expect(page.locator(".said")).to_contain_text("It is the name in the register")
        await expect(outcome(page)).to_have_class("good")
        assert urlsplit(page.url).fragment == payload
        assert "type=large" in page.url
        await expect(page.locator(".said")).to_be_in_viewport()
        assert page.refused == []
        await accessible(page, "large, English, name compared")

    async def test_address_without_a_fragment_says_what_is_missing(self, issued, open_page):
        page = await open_page(issued.address().split("#")[0])
        await expect(outcome(page)).to_have_class("open")
        await expect(outcome(page)).to_contain_text("没有签名数据")
