"""A bureau's administrator: finds an employer's claims in the queue and decides them for good."""

import re

import pytest
from playwright.async_api import expect
from tests.browser.doors import Portal, settled
from tests.browser.reviewing import (
    evidence_is_drawn,
    place_with_claims,
    settled_log_in,
    sound,
)
from tests.kit.browser import PHONE
from tests.kit.world import KAIFENG, YEAR, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]


async def test_finds_an_employer_and_completes_a_year(portal: Portal, world: World) -> None:
    place = await place_with_claims(world, KAIFENG, "吴市审")
    await place.approve_as_employer()
    bureau = world.bureaus[KAIFENG]
    who = await settled_log_in(world, bureau.administrators[0])
    page = await portal.page_of(who, "/bureau/reviews")
    main = page.get_by_role("main")
    await main.get_by_label("单位", exact=True).fill(place.employer.name)
    await main.get_by_role("button", name="查找").click()
    await main.get_by_role("button", name=re.compile(place.employer.name)).click()
    await expect(main.get_by_role("row")).to_have_count(3)
    await expect(page).to_have_url(re.compile(f"unit={place.employer.organisation_id}"))
    assert "吴市审" not in page.url
    await page.reload()
    await settled(page)
    await expect(main).to_contain_text(place.employer.name)
    await expect(main.get_by_role("row")).to_have_count(3)
    await sound(page)

    await main.get_by_role("link", name="从最早一项开始审核").click()
    await evidence_is_drawn(page)
    await expect(main).to_contain_text("同年度其他申报")
    await main.get_by_label("打开时自动领取").uncheck()
    await main.get_by_role("button", name="放回").click()
    await expect(main).to_contain_text("无人办理")
    await main.get_by_role("button", name="领取", exact=True).click()
    await expect(main).to_contain_text("由您办理")
    await page.keyboard.press("a")
    await page.keyboard.press("Enter")
    await expect(main.get_by_role("status").first).to_contain_text("已通过，已打开下一项")
    await expect(main.get_by_role("heading", name="急危重症护理新进展研修班")).to_be_visible()
    await page.keyboard.press("a")
    await page.keyboard.press("Enter")
    await expect(main.get_by_role("status").first).to_contain_text("这是最后一项")
    await expect(main).to_contain_text("已办结")
    year = await place.people[0].account.get(f"/api/hours/v1/years/{YEAR}")
    assert year["state"] == "completed"


async def test_another_subject_needs_a_reason_on_a_phone(portal: Portal, world: World) -> None:
    place = await place_with_claims(world, KAIFENG, "郑改科")
    await place.approve_as_employer()
    who = await settled_log_in(world, world.bureaus[KAIFENG].administrators[1])
    address = f"/bureau/reviews/{place.claims[1]}?unit={place.employer.organisation_id}"
    page = await portal.page_of(who, address, size=PHONE)
    main = page.get_by_role("main")
    await main.get_by_role("button", name="通过", exact=True).click()
    await main.get_by_label("认定科目").select_option("public")
    await sound(page)
    await main.get_by_role("button", name=re.compile("^确认按")).click()
    await expect(main.get_by_role("alert")).to_contain_text("须说明理由")
    await main.get_by_label("补充说明（申报人可见）").fill("内容属公需科目")
    await main.get_by_role("button", name=re.compile("^确认按")).click()
    await expect(main.get_by_role("status").first).to_contain_text("已通过")
    claims = await place.people[0].account.get("/api/hours/v1/claims", subject_kind="public")
    assert {one["claim_id"] for one in claims["items"]} == set(place.claims)


async def test_keys_can_be_switched_off_for_good(portal: Portal, world: World) -> None:
    place = await place_with_claims(world, KAIFENG, "王读屏")
    await place.approve_as_employer()
    who = await settled_log_in(world, world.bureaus[KAIFENG].administrators[0])
    page = await portal.page_of(who, f"/bureau/reviews/{place.claims[0]}")
    main = page.get_by_role("main")
    await expect(main).to_contain_text("王读屏")
    await main.get_by_role("button", name="快捷键（?）").click()
    await page.get_by_label("使用快捷键").uncheck()
    await page.keyboard.press("Escape")
    await page.reload()
    await settled(page)
    await page.keyboard.press("a")
    await expect(main.get_by_role("button", name="通过", exact=True)).to_have_attribute(
        "aria-pressed", "false"
    )
