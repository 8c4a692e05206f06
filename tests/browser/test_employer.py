"""An employer's administrator: reviews what the own people filed, alone and in bulk, and prints."""

import re
import zipfile

import pytest
from playwright.async_api import expect
from tests.browser.doors import Portal, settled
from tests.browser.reviewing import evidence_is_drawn, place_with_claims, sound
from tests.kit.browser import PHONE
from tests.kit.faults import gate
from tests.kit.world import YEAR, ZHENGZHOU, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]


async def test_reviews_one_after_the_other_by_keyboard(portal: Portal, world: World) -> None:
    place = await place_with_claims(world, ZHENGZHOU, "李审核", "王审核")
    page = await portal.page_of(place.log_in, "/employer/reviews")
    main = page.get_by_role("main")
    await expect(main.get_by_role("row")).to_have_count(5)
    await main.get_by_label("科目", exact=True).select_option("public")
    await expect(main.get_by_role("row")).to_have_count(3)
    await expect(page).to_have_url(re.compile(r"\?subject=public$"))
    await page.reload()
    await settled(page)
    await expect(main.get_by_role("row")).to_have_count(3)
    await main.get_by_role("button", name="清除筛选").click()
    await expect(main.get_by_role("row")).to_have_count(5)
    await sound(page)

    await main.get_by_role("link", name="从最早一项开始审核").click()
    await expect(main).to_contain_text("由您办理")
    await expect(main).to_contain_text("李审核")
    await sound(page)
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="键盘快捷键")).to_be_visible()
    await page.keyboard.press("Escape")

    await page.keyboard.press("a")
    await expect(main.get_by_role("button", name="确认通过")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(main.get_by_role("status").first).to_contain_text("已通过，已打开下一项")
    second = main.get_by_role("heading", name="急危重症护理新进展研修班")
    await expect(second).to_be_visible()
    await evidence_is_drawn(page)

    await page.keyboard.press("a")
    await main.get_by_label("核定学时").fill("50")
    await page.keyboard.press("x")
    await expect(main.get_by_role("button", name="确认按 50x 学时通过")).to_be_visible()
    await main.get_by_label("核定学时").fill("50")
    await main.get_by_label("补充说明（申报人可见）").fill("材料只载 50 学时")
    await main.get_by_role("button", name="确认按 50 学时通过").click()
    await expect(main).to_contain_text("王审核")

    await page.keyboard.press("r")
    await page.keyboard.press("1")
    await page.keyboard.press("Enter")
    await expect(main.get_by_role("status").first).to_contain_text("已退回")
    await expect(second).to_be_visible()
    await page.keyboard.press("k")
    await expect(main.get_by_role("status").first).to_contain_text("已是第一项")
    await page.keyboard.press("x")
    await page.keyboard.press("2")
    await main.get_by_role("button", name="确认不通过").click()
    await expect(main.get_by_role("status").first).to_contain_text("这是最后一项")
    technician = place.people[0].account
    claims = await technician.get("/api/hours/v1/claims")
    assert sorted(one["approved_tenths"] for one in claims["items"]) == [300, 500]


async def test_decides_in_bulk_and_hears_of_each(portal: Portal, world: World) -> None:
    place = await place_with_claims(world, ZHENGZHOU, "赵批量", "钱批量")
    other = await portal.page_of(
        await place.another_administrator(), f"/employer/reviews/{place.claims[1]}"
    )
    await expect(other.get_by_role("main")).to_contain_text("由您办理")
    page = await portal.page_of(place.log_in, "/employer/reviews")
    main = page.get_by_role("main")
    await expect(main).to_contain_text("他人办理")
    await main.get_by_label("选择本页全部").check()
    await main.get_by_role("button", name="批量通过").click()
    await page.get_by_role("dialog").get_by_role("button", name="批量通过").click()
    told = page.get_by_role("dialog", name="办理结果")
    await expect(told).to_contain_text("办成 3 项，未办成 1 项")
    await expect(told.get_by_role("listitem").first).to_contain_text("正由其他管理员办理")
    await told.get_by_role("button", name="关闭").last.click()
    await expect(main.get_by_role("row")).to_have_count(2)

    await main.get_by_role("link", name=re.compile("^审核赵批量")).click()
    await expect(main).to_contain_text("此前您不能作出决定")
    await expect(main.get_by_role("button", name="通过", exact=True)).to_be_disabled()


async def test_reviews_on_a_phone(portal: Portal, world: World) -> None:
    place = await place_with_claims(world, ZHENGZHOU, "孙手机")
    page = await portal.page_of(place.log_in, "/employer/reviews", size=PHONE)
    main = page.get_by_role("main")
    await sound(page)
    await main.get_by_role("link", name="从最早一项开始审核").click()
    await evidence_is_drawn(page)
    await sound(page)
    await main.get_by_role("button", name="旋转").click()
    await main.get_by_role("button", name="放大").click()
    await main.get_by_role("button", name="退回修改").click()
    await main.get_by_role("button", name="确认退回").click()
    await expect(main.get_by_role("alert")).to_contain_text("退回须选择一个理由")
    await main.get_by_role("radio").first.check()
    await main.get_by_role("button", name="确认退回").click()
    await expect(main.get_by_role("status").first).to_contain_text("已退回，已打开下一项")


async def test_prints_certificates_in_bulk_and_sees_it_to_its_end(
    portal: Portal, world: World
) -> None:
    place = await place_with_claims(world, ZHENGZHOU, "周打印", "吴打印")
    for number, person in enumerate(place.people):
        await world.people.review_year(person, place.claims[2 * number : 2 * number + 2])
        await world.people.certificate(person, YEAR)
    page = await portal.page_of(place.log_in, "/employer/certificates")
    main = page.get_by_role("main")
    await expect(main.get_by_role("table")).to_contain_text("周打印")
    # Held at the first part, so that a page that is opened meanwhile finds it under way.
    async with gate("certificates", "download_parts", "INSERT") as shut:
        await main.get_by_role("button", name="开始制作").click()
        await expect(main).to_contain_text("已开始制作")
        await shut.reached()
        await expect(main.get_by_text("制作中", exact=True)).to_be_visible()
        await page.reload()
        job = main.get_by_role("listitem").filter(has_text="合并打印件").first
        await expect(job).to_contain_text("制作中")
        await expect(job).to_contain_text("0 / 2")
        await sound(page)
    # Nobody reloads: the page follows the job by itself.
    await expect(job.get_by_text("可下载")).to_be_visible()
    await expect(job).to_contain_text("2 / 2")
    await expect(job.get_by_role("progressbar")).to_have_js_property("position", 1)
    async with page.expect_download() as fetched:
        await job.get_by_role("button", name="下载", exact=True).click()
    download = await fetched.value
    assert download.suggested_filename.endswith(f"_{YEAR}.pdf")
    assert (await download.path()).read_bytes().startswith(b"%PDF-")
    await expect(job).to_contain_text("已下载。")

    # One of them alone, as the sealed file.
    await main.get_by_label("选择周打印").check()
    await main.get_by_label("所选的 1 人").check()
    await main.get_by_label("签章原件").check()
    await main.get_by_role("button", name="开始制作").click()
    archive = main.get_by_role("listitem").filter(has_text="压缩包").first
    await expect(archive).to_contain_text("1 / 1")
    async with page.expect_download() as fetched:
        await archive.get_by_role("button", name="下载", exact=True).click()
    with zipfile.ZipFile(await (await fetched.value).path()) as kept:
        assert len([one for one in kept.namelist() if one.endswith(".pdf")]) == 1
