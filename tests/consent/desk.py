"""Parents at the preference centre: the emulator, the routers of consent, a real database."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiohttp import web

from bot.directory import Directory
from bot.middlewares.answers import Answers
from bot.middlewares.who import WhoActs
from bot.reading import all_texts
from community.escalation import Escalations
from community.forms import Forms as DialogForms
from community.surveys import Surveys
from consent.centre import Centre
from consent.forms import Forms
from consent.links import Links
from consent.privacy import Privacy
from consent.staff import StaffConsents
from core.ids import PersonId
from emulator.actors import Person, Seen, Town
from emulator.api import Emulator
from emulator.session import EmulatorSession
from handlers import fallback
from handlers.admins import consents as staff
from handlers.parents import (
    consents,
    consents_blocked,
    consents_settings,
    consents_teen,
    consents_typed,
    privacy,
    surveys,
)
from handlers.web.routes import web_routes
from storage.erasure_journal import ErasureJournal
from tests.consent.school import School
from texts.say import Texts

BOT_TOKEN = "700700700:" + "A" * 35
SITE = "https://school.example"


@dataclass
class Desk:
    school: School
    town: Town
    bot: Bot
    dispatcher: Dispatcher
    forms: Forms
    links: Links
    texts: Texts
    people: dict[int, PersonId] = field(default_factory=dict)
    offset: int = 0

    async def parent(self, name: str = "Вера", **facts) -> tuple[Person, PersonId]:
        """A parent who opened the bot."""
        actor = self.town.person(name, language_code="ru", **facts)
        actor.start()
        async with self.school.database.begin() as unit:
            person = (await unit.people.add(actor.id, "ru", unit.now)).id
            await unit.people.change(person, started_at=unit.now, stage="done")
        await self.handled(quiet=True)
        return actor, person

    async def handled(self, *, quiet: bool = False) -> None:
        """Let the bot handle everything sent to it."""
        for update in await self.bot.get_updates(offset=self.offset, limit=100, timeout=0):
            self.offset = update.update_id + 1
            if not quiet:
                await self.dispatcher.feed_update(self.bot, update)

    async def says(self, actor: Person, text: str) -> str:
        actor.send(text)
        await self.handled()
        return self.last(actor)

    async def clicks(self, actor: Person, button: str):
        pressed = actor.click(button)
        await self.handled()
        return pressed

    def shown(self, actor: Person) -> Seen:
        found = actor.last_message()
        assert found is not None
        return found

    def last(self, actor: Person) -> str:
        return self.shown(actor).text or ""

    def site(self) -> web.Application:
        pages = web.Application()
        pages.router.add_routes(web_routes(self.forms, self.texts, self.school.clock))
        return pages


def opened_desk(school: School, journal: ErasureJournal, sweep) -> Desk:
    emulator = Emulator()
    town = Town(emulator)
    town.bot("Опора", "opora_desk_bot", token=BOT_TOKEN)
    bot = Bot(
        BOT_TOKEN,
        session=EmulatorSession(emulator),
        default=DefaultBotProperties(parse_mode="HTML"),
    )
    texts = all_texts()
    links = Links(b"secret")
    forms = Forms(school.database, school.consents, links, BOT_TOKEN)
    zone = ZoneInfo("Europe/Moscow")
    dispatcher = Dispatcher(
        consents=school.consents,
        centre=Centre(school.database),
        privacy=Privacy(school.database, school.consents.book, journal, sweep),
        links=links,
        web_forms=forms,
        public_url=SITE,
        texts=texts,
        clock=school.clock,
        staff_consents=StaffConsents(school.database, school.consents),
        forms=DialogForms(school.database),
        surveys=Surveys(school.database, Escalations(school.database)),
    )
    directory = Directory(school.database, school.clock, [])
    for observer in (dispatcher.message, dispatcher.callback_query, dispatcher.my_chat_member):
        observer.outer_middleware(WhoActs(directory, texts, zone))
        observer.outer_middleware(Answers(texts))
    for module in (
        staff,
        consents_teen,
        surveys,
        consents_typed,
        consents_blocked,
        consents,
        consents_settings,
        privacy,
        fallback,
    ):
        dispatcher.include_router(module.router())
    return Desk(school, town, bot, dispatcher, forms, links, texts)
