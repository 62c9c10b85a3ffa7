"""Routes of the pages. A GET only shows (link previews fetch it); a POST acts, also the one-click POST of RFC 8058."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from consent.forms import Forms
from consent.links import LinkKind
from consent.purposes import purpose_of
from core.clock import Clock
from core.errors import Refusal
from handlers.web.pages import document, field, form, page, paragraph
from texts.markup import visible
from texts.say import Texts

logger = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.Response]]
STOP, UNDO, FORM, FORM_APP = "/u/{token}", "/u/{token}/undo/{receipt}", "/form/{token}", "/form"
DOCUMENT = "/documents/{purpose}/{language}"
FALLBACK = "ru"


def web_routes(forms: Forms, texts: Texts, clock: Clock) -> list[web.AbstractRouteDef]:
    """Make the routes to be added to the product's HTTP server."""
    pages = Pages(forms, texts, clock)
    return [
        web.get(STOP, pages.polite(pages.ask_stop)),
        web.post(STOP, pages.polite(pages.stop)),
        web.post(UNDO, pages.polite(pages.undo)),
        web.get(FORM, pages.polite(pages.ask_form)),
        web.post(FORM, pages.polite(pages.save_form)),
        web.post(FORM_APP, pages.polite(pages.open_form)),
        web.get(DOCUMENT, pages.polite(pages.show_document)),
        web.get(DOCUMENT + r"/{version:\d{1,6}}", pages.polite(pages.show_document)),
    ]


@dataclass(frozen=True, slots=True)
class Pages:
    """Translates requests into use cases and outcomes into pages."""

    forms: Forms
    texts: Texts
    clock: Clock

    def polite(self, handler: Handler) -> Handler:
        """Answer refusals with a page; neither the address nor what was sent is logged."""

        async def answer(request: web.Request) -> web.Response:
            try:
                return await handler(request)
            except Refusal as refusal:
                logger.info("page refused", extra={"code": refusal.code})
                words = self.texts.refusal(FALLBACK, refusal.code, refusal.facts)
                title = self.texts.plain(FALLBACK, "web-document-title")
                status = _STATUS.get(refusal.code, 400)
                return page(FALLBACK, title, paragraph(words), status=status)

        return answer

    async def ask_stop(self, request: web.Request) -> web.Response:
        """Show one button and change nothing."""
        token = request.match_info["token"]
        link = self.forms.links.read(token, LinkKind.STOP, self.clock.now())
        language = await self.forms.language(link.person)
        body = paragraph(self.texts.say(language, "web-stop-ask"))
        body += form(self.texts.plain(language, "web-stop-button"))
        return page(language, self.texts.plain(language, "web-stop-title"), body)

    async def stop(self, request: web.Request) -> web.Response:
        """Stop at once and offer to put it back."""
        token, now = request.match_info["token"], self.clock.now()
        receipt = await self.forms.stop(token, now)
        person = self.forms.links.read(token, LinkKind.STOP, now).person
        language = await self.forms.language(person)
        if receipt.already:
            body = paragraph(self.texts.say(language, "web-stop-already"))
        else:
            undo = str(request.rel_url.path) + f"/undo/{receipt.id}"
            body = paragraph(self.texts.say(language, "web-stop-done"))
            body += form(self.texts.plain(language, "web-undo-button"), action=undo)
        return page(language, self.texts.plain(language, "web-stop-title"), body)

    async def undo(self, request: web.Request) -> web.Response:
        """Put back what the page stopped."""
        token, now = request.match_info["token"], self.clock.now()
        await self.forms.undo(token, request.match_info["receipt"], now)
        person = self.forms.links.read(token, LinkKind.STOP, now).person
        language = await self.forms.language(person)
        body = paragraph(self.texts.say(language, "web-undone"))
        return page(language, self.texts.plain(language, "web-stop-title"), body)

    async def ask_form(self, request: web.Request) -> web.Response:
        """Show the form."""
        token = request.match_info["token"]
        link = self.forms.links.read(token, LinkKind.FORM, self.clock.now())
        return self._form(await self.forms.language(link.person), action="")

    async def open_form(self, request: web.Request) -> web.Response:
        """Show the form to a Mini App whose initData are genuine and fresh."""
        data = await request.post()
        now = self.clock.now()
        token = await self.forms.form_link(str(data.get("init_data", "")), now)
        person = self.forms.links.read(token, LinkKind.FORM, now).person
        return self._form(await self.forms.language(person), action=f"/form/{token}")

    async def save_form(self, request: web.Request) -> web.Response:
        """Keep what was filled in; the link works once."""
        token, now = request.match_info["token"], self.clock.now()
        data = await request.post()
        child = str(data.get("child", ""))
        await self.forms.save(
            token,
            phone=str(data.get("phone", "")),
            birth=str(data.get("birth", "")),
            child=int(child) if child.isdecimal() else None,
            now=now,
        )
        person = self.forms.links.read(token, LinkKind.FORM, now).person
        language = await self.forms.language(person)
        body = paragraph(self.texts.say(language, "form-done"))
        return page(language, self.texts.plain(language, "form-title"), body)

    async def show_document(self, request: web.Request) -> web.Response:
        """Show a consent document, the current version or an old one."""
        given = request.match_info
        version = int(given["version"]) if "version" in given else None
        found = await self.forms.document(purpose_of(given["purpose"]), given["language"], version)
        return page(found.language, visible(found.title), document(found.html))

    def _form(self, language: str, action: str) -> web.Response:
        fields = field("phone", self.texts.plain(language, "form-phone-label"), "tel", "tel")
        fields += field("birth", self.texts.plain(language, "form-birth-label"), "date", "off")
        body = paragraph(self.texts.say(language, "form-ask"))
        body += form(self.texts.plain(language, "form-save-button"), fields, action)
        return page(language, self.texts.plain(language, "form-title"), body)


_STATUS = {
    "consent.link_forged": 404,
    "consent.link_expired": 410,
    "consent.link_used": 410,
    "consent.document_missing": 404,
    "consent.unknown_purpose": 404,
    "child.not_yours": 403,
}
