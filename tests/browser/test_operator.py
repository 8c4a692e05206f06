"""An operator's day: the overview, work, lanes, and a message that could not be handled."""

import json
import re
from uuid import uuid4

import aio_pika
import pytest
from deploy.local.demo.__main__ import broker_url
from playwright.async_api import expect
from tests.browser.doors import Portal, settled
from tests.kit.browser import PHONE, sticks_out
from tests.kit.stack import stack

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(600)]
QUEUE = "hours.identity"


async def park() -> str:
    """Have the hours service meet a message that it cannot know; return the event's id."""
    event_id = str(uuid4())
    message = {"specversion": "2.0", "id": event_id, "type": "identity.person.changed.v1"}
    connection = await aio_pika.connect(broker_url(stack().checkout))
    async with connection:
        channel = await connection.channel()
        await channel.default_exchange.publish(
            aio_pika.Message(json.dumps(message).encode()), routing_key=QUEUE
        )
    return event_id


async def test_parked_message_is_seen_with_its_reason_and_replayed(portal: Portal) -> None:
    event_id = await park()
    page = await portal.page("operator", "/operator/parked")
    button = page.get_by_role("button", name=event_id)
    for _ in range(20):
        if await button.count():
            break
        await page.get_by_role("button", name="刷新").click()
        await page.wait_for_load_state("networkidle")
    item = page.get_by_role("listitem").filter(has=button)
    await expect(item.get_by_text("本版本不认识这种消息")).to_be_visible()
    await button.click()
    await expect(page.get_by_text("已登记重放 1 条").last).to_be_visible()
    # It cannot be handled this time either, and says so.
    again = (
        page.get_by_role("listitem")
        .filter(has_text="此前重放过 1 次")
        .filter(has=page.get_by_role("button", name=event_id))
    )
    await expect(again).to_be_visible(timeout=20_000)


async def test_overview_leads_to_the_lists_of_work_that_keep_their_address(portal: Portal) -> None:
    page = await portal.page("operator", "/operator")
    await expect(page.get_by_role("heading", name="自动巡检")).to_be_visible()
    await page.get_by_role("link", name="隔离的文件").click()
    await expect(page).to_have_url(re.compile("kind=quarantined"))
    await page.reload()
    await settled(page)
    tab = page.get_by_role("button", name="隔离的文件")
    await expect(tab).to_have_attribute("aria-pressed", "true")


async def test_lanes_of_all_offices_on_a_phone(portal: Portal) -> None:
    page = await portal.page("operator", "/operator/lanes", size=PHONE)
    await expect(page.get_by_role("link", name="郑州市专业技术人员继续教育专用章")).to_be_visible()
    await expect(page.get_by_text("通道畅通").first).to_be_visible()
    assert await sticks_out(page) == ""
