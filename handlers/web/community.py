"""Pages of the community behind signed addresses: a calendar to subscribe to, the transcript of a session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from community.ama.after import After, page
from community.calendars import calendar
from community.feed import Feed
from consent.links import LinkKind, Links
from core.clock import Clock
from core.errors import Refusal
from core.ids import PersonId
from handlers.web.pages import HEADERS
from texts.say import Texts

Handler = Callable[[web.Request], Awaitable[web.Response]]
CALENDAR, TRANSCRIPT = "/calendar/{token}.ics", "/ama/{token}"
_STATUS = {"consent.link_expired": 410}


def community_routes(
    feed: Feed, after: After, links: Links, texts: Texts, clock: Clock
) -> list[web.AbstractRouteDef]:
    """Make the routes to be added to the product's HTTP server."""
    pages = CommunityPages(feed, after, links, texts, clock)
    return [
        web.get(CALENDAR, polite(pages.calendar)),
        web.get(TRANSCRIPT, polite(pages.transcript)),
    ]


@dataclass(frozen=True, slots=True)
class Signed:
    """Addresses under the school's own one; none while it has none."""

    links: Links
    public_url: str
    clock: Clock

    def feed(self, person: PersonId) -> str | None:
        """Address of a person's calendar."""
        token = self.links.make(LinkKind.CALENDAR, person, self.clock.now())
        return f"{self.public_url}/calendar/{token}.ics" if self.public_url else None

    def transcript(self, session: int) -> str | None:
        """Address of a session's transcript; the token carries the session's key in place of a person's."""
        token = self.links.make(LinkKind.TRANSCRIPT, PersonId(session), self.clock.now())
        return f"{self.public_url}/ama/{token}" if self.public_url else None


@dataclass(frozen=True, slots=True)
class CommunityPages:
    """Translates requests into use cases."""

    feed: Feed
    after: After
    links: Links
    texts: Texts
    clock: Clock

    async def calendar(self, request: web.Request) -> web.Response:
        """Write a person's calendar anew for every request, so that a moved session moves in it."""
        now = self.clock.now()
        link = self.links.read(request.match_info["token"], LinkKind.CALENDAR, now)
        language = self._language(request)
        title = self.texts.plain(language, "duty-entry-title")
        entries = await self.feed.of(link.person, title, now)
        name = self.texts.plain(language, "calendar-name")
        body = calendar(entries, now, name)
        return web.Response(
            body=body, content_type="text/calendar", charset="utf-8", headers=HEADERS
        )

    async def transcript(self, request: web.Request) -> web.Response:
        """Show what was asked and answered in a session."""
        link = self.links.read(request.match_info["token"], LinkKind.TRANSCRIPT, self.clock.now())
        held, chapters = await self.after.transcript(int(link.person))
        language = self._language(request)
        title = self.texts.plain(language, "ama-transcript-title", title=held.title)
        html = page(held, chapters, title, self.texts.plain(language, "ama-anonymous"))
        return web.Response(text=html, content_type="text/html", headers=HEADERS)

    def _language(self, request: web.Request) -> str:
        """Speak the first language the browser asks for, when there are words in it."""
        wanted = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
        return self.texts.language(wanted or None)


def polite(handler: Handler) -> Handler:
    """Answer a forged address with 404 and an expired one with 410; the address is not logged."""

    async def answer(request: web.Request) -> web.Response:
        try:
            return await handler(request)
        except Refusal as refusal:
            return web.Response(status=_STATUS.get(refusal.code, 404))

    return answer
