"""Opening the portal as somebody, in a browser of their own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, Page, ViewportSize
from tests.browser.people import LogIn
from tests.kit.browser import DESKTOP, Watch


@dataclass
class Portal:
    """The running portal and everybody who can log in."""

    browser: Browser
    address: str
    people: Mapping[str, LogIn]
    opened: list[tuple[Page, Watch]] = field(default_factory=list)

    async def page(
        self,
        role: str = "public",
        path: str = "/",
        *,
        size: ViewportSize = DESKTOP,
        **display: Any,
    ) -> Page:
        """Open ``path`` as ``role``, logged in; ``display`` is language, large, contrast."""
        who = self.people[role] if role != "public" else None
        return await self.page_of(who, path, size=size, **display)

    async def page_of(
        self, who: LogIn | None, path: str = "/", *, size: ViewportSize = DESKTOP, **display: Any
    ) -> Page:
        """Open ``path`` as this person, or as a visitor."""
        context = await self.browser.new_context(
            base_url=self.address, viewport=size, locale="zh-CN", reduced_motion="reduce"
        )
        kept = {"yuzheng.display": json.dumps(display)} if display else {}
        if who:
            answer = await context.request.post(
                "/api/identity/v1/sessions", data={"login": who.login, "password": who.password}
            )
            assert answer.ok, await answer.text()
            kept["yuzheng.has-session"] = "yes"
        # Once for the tab: what is changed or ended later stays so after a reload.
        put = "".join(
            f"localStorage.setItem({json.dumps(name)}, {json.dumps(value)});"
            for name, value in kept.items()
        )
        await context.add_init_script(
            f"if (!sessionStorage.begun) {{ sessionStorage.begun = 1; {put} }}"
        )
        page = await context.new_page()
        watch = Watch(self.address)
        await watch.over(page)
        self.opened.append((page, watch))
        await page.goto(path)
        await settled(page)
        return page

    async def faults(self) -> list[str]:
        """Return what any opened page did that it may not, and close them all."""
        found = [fault for page, watch in self.opened for fault in await watch.look(page)]
        for page, _ in self.opened:
            await page.context.close()
        self.opened.clear()
        return found


async def settled(page: Page) -> None:
    """Wait until a page has shown what it asked for."""
    await page.locator("main > *").first.wait_for()
    await page.wait_for_load_state("networkidle")


async def go(page: Page, path: str) -> None:
    """Change to another page as a link does, without loading the portal anew."""
    await page.evaluate(f"{ROUTER}.push({json.dumps(path)})")
    await settled(page)


async def routes(page: Page) -> list[dict[str, Any]]:
    """Return the table of routes of the portal as it is built."""
    table: list[dict[str, Any]] = await page.evaluate(
        f"{ROUTER}.getRoutes().map(({{path, name, meta}}) => "
        "({path, name, public: !!meta.public, roles: meta.roles ?? null, area: meta.area ?? null}))"
    )
    return table


ROUTER = "document.querySelector('#app').__vue_app__.config.globalProperties.$router"
