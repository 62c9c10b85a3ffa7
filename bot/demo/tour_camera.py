"""Pictures of the emulator's page in a real Chromium, small enough for a repository."""

from __future__ import annotations

import io
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from emulator.actors import Person

PHONE, DESK = (400, 860), (1180, 720)
"""Points of the two windows; the phone is drawn at one and a half pixels a point."""
SHARPER = 1.5
COLOURS = 128
LARGEST = 120_000
"""Bytes of a picture."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
REST = 350
"""Milliseconds a drawn page is given to come to rest."""
PLAIN = "#messages, .talk { background: #dfe5f3 !important }"
"""A flat background: a gradient would take the palette."""
PLACE = """([person, chat, thread]) => {
  localStorage.setItem("opora.person", person);
  localStorage.setItem("opora.theme", '"light"');
  localStorage.setItem("opora.place." + person, JSON.stringify({ chat, thread }));
}"""


class TooLarge(Exception):  # noqa: N818 - reads as a sentence
    """A picture does not fit into the repository."""


@dataclass(slots=True)
class Camera:
    """Takes pictures of what a person sees into `folder`."""

    browser: Browser
    address: str
    folder: Path
    windows: dict[tuple[int, int], Page] = field(default_factory=dict)

    async def shot(
        self, name: str, who: Person, chat: int, thread: int = 0, *, phone: bool = True, up: int = 0
    ) -> None:
        """Picture the chat as `who` sees it, scrolled `up` by so many messages. Raises TooLarge."""
        page = await self._window(PHONE if phone else DESK)
        await page.evaluate(PLACE, [str(who.id), chat, thread])
        await page.goto(f"{self.address}/?shot={name}#talk")
        await page.wait_for_selector("#messages .message")
        await page.add_style_tag(content=PLAIN)
        await page.wait_for_timeout(REST)
        if up:
            await page.locator("#messages .message").nth(-1 - up).scroll_into_view_if_needed()
            await page.wait_for_timeout(REST)
        small = shrunk(await page.screenshot(animations="disabled", caret="hide"))
        if len(small) > LARGEST:
            message = f"{name}: {len(small)} bytes"
            raise TooLarge(message)
        (self.folder / f"{name}.png").write_bytes(small)

    async def _window(self, size: tuple[int, int]) -> Page:
        if size not in self.windows:
            context = await self.browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                device_scale_factor=SHARPER if size == PHONE else 1,
                has_touch=size == PHONE,
                locale="ru-RU",
                timezone_id="Europe/Moscow",
                reduced_motion="reduce",
                bypass_csp=True,
            )
            self.windows[size] = await context.new_page()
            await self.windows[size].goto(self.address)
        return self.windows[size]


def shrunk(png: bytes) -> bytes:
    """Draw a picture with few colours."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


@asynccontextmanager
async def camera(address: str, folder: Path) -> AsyncIterator[Camera]:
    """Open a browser. Raises FileNotFoundError without Chromium on the path."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        message = "Chromium is not installed"
        raise FileNotFoundError(message)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield Camera(browser, address, folder)
        finally:
            await browser.close()
