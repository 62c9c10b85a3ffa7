"""The stage of the stories: people of a community, its staff forum, and ways to wait and look."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.app import running
from bot.demo.clocks import SharedClock
from bot.demo.school import BOT_TOKEN
from bot.demo.stage import settings_for
from bot.wiring import House
from community.model import Topic, TopicState
from core.clock import SystemClock
from core.ids import ChatId, PersonId
from core.roles import Role
from emulator.actors import Person, Town
from emulator.actors.seen import Seen
from emulator.api import Emulator
from emulator.session import EmulatorSession
from emulator.world import access
from emulator.world.model import Bot, Chat, Member
from storage.unit import Unit

ADVERT = "Зарабатывай от 5000 рублей в день без вложений! Пишите в личку или сюда: https://t.me/+Zarabotok2026"
INSULT = "Да ты дура конченая, закрой рот, тупая тварь"
DOSE = "Давайте нурофен по 5 мл каждые 6 часов, нам так помогло"
CHILD = "Моего сына зовут Тимофей Ковалёв, ему 7 лет, учится в 1Б классе школы № 45"


@dataclass(slots=True)
class Street:
    """The world, the house in it, and its people."""

    house: House
    town: Town
    clock: SharedClock
    bot: Bot
    owner: Person
    moderator: Person
    colleague: Person
    group: Chat
    staff: Chat
    _numbers: int = field(default=0)

    def parent(self, name: str = "", *, wrote: int = 0) -> Person:
        """Let somebody into the community, as if long ago."""
        self._numbers += 1
        person = self.town.person(name or f"Родитель{self._numbers}", language_code="ru")
        self.group.members[person.id] = Member(person.id, joined_at=self.town.world.now())
        return person

    def joins(self, name: str = "") -> Person:
        """Let somebody come in at this moment; the bot hears of it."""
        self._numbers += 1
        person = self.town.person(name or f"Новичок{self._numbers}", language_code="ru")
        self.town.add_member(self.group, person)
        return person

    def topic(self, name: str) -> int:
        return next(t.id for t in self.group.topics.values() if t.name == name)

    async def until(self, condition: Callable[[], Any], seconds: float = 15.0) -> Any:
        """Wait until `condition` gives something."""
        clock = SystemClock()
        ends = clock.monotonic() + seconds
        while not (found := condition()):
            assert clock.monotonic() < ends, "it did not happen"
            await clock.sleep(0.005)
        return found

    async def settled(self) -> None:
        """Wait until every update is handled and everything due has left."""
        await self.until(lambda: not len(self.bot.queue))
        await self.house.intake.drained()
        clock = SystemClock()
        ends = clock.monotonic() + 20
        patience = clock.monotonic() + 0.04
        while clock.monotonic() < ends:
            async with self.house.database.reading() as unit:
                due = await unit.connection.scalar(
                    sa.text(
                        "SELECT count(*) FROM outbox WHERE state IN ('planned', 'claimed') AND due <= :now"
                    ),
                    {"now": int(self.house.clock.now().timestamp() * 1_000_000)},
                )
            if not due and not self.house.worker.in_flight:
                return
            await clock.sleep(0.005)
            if clock.monotonic() > patience:
                # Telegram takes twenty messages a minute in a group: let that time pass at once.
                self.clock.advance(6.0)
                patience = clock.monotonic() + 0.03
        raise AssertionError("the outbox did not empty")

    def stands(self, message: Seen) -> bool:
        """Tell whether a message is still in the group."""
        return message.message_id in message.chat.posts

    def shown(self, who: Person, part: str, chat: Any = None) -> list[Seen]:
        """List what a person sees with `part` in it, oldest first."""
        return [seen for seen in who.messages(chat) if part in seen.text]

    async def sees(self, who: Person, part: str, chat: Any = None) -> Seen:
        """Wait until a person sees a message with `part` in it; the newest one."""

        def look() -> Seen | None:
            return next(iter(self.shown(who, part, chat)[::-1]), None)

        return await self.until(look)

    def cards(self, part: str) -> list[Seen]:
        return self.shown(self.moderator, part, self.staff)

    async def card(self, part: str) -> Seen:
        """Wait for the card in the staff forum with `part` in it."""
        return await self.sees(self.moderator, part, self.staff)

    async def rows(self, query: str, **values: Any) -> list[sa.Row[Any]]:
        async with self.house.database.reading() as unit:
            return list((await unit.connection.execute(sa.text(query), values)).all())

    async def reading(self, look: Callable[[Unit], Any]) -> Any:
        async with self.house.database.reading() as unit:
            return await look(unit)

    async def cases_of(self, person: Person | int) -> list[Any]:
        number = person if isinstance(person, int) else person.id
        return await self.reading(lambda unit: unit.cases.of_author(self.group.id, number))

    def member(self, person: Person) -> Any:
        return self.group.members.get(person.id)

    def is_muted(self, person: Person) -> bool:
        member = access.standing(self.town.world, self.group, person.id)
        return member.status == "restricted" and not member.permissions.get("can_send_messages")

    def pressed(self, press: Any) -> str | None:
        """Tell the alert of a press, once answered."""
        return press.answer.get("text") if getattr(press, "answer", None) else None


@asynccontextmanager
async def street_at(template: Path, folder: Path, **settings: Any) -> AsyncIterator[Street]:
    """Start a bot in one community with a staff forum, on a copy of a migrated database."""
    shutil.copy(template, folder / "opora.db")
    clock = SystemClock()
    shared = SharedClock(clock)
    emulator = Emulator(clock=shared)
    town = Town(emulator)
    bot = town.bot("Опора", "opora_test_bot", token=BOT_TOKEN)
    owner = town.person("Алла", user_id=1001, language_code="ru")
    moderator = town.person("Майя", user_id=1002, language_code="ru")
    colleague = town.person("Олег", user_id=1003, language_code="ru")
    group = town.supergroup(
        "Родители",
        owner,
        members=(moderator, colleague),
        bots=(bot,),
        topics=("Общение", "Вопросы", "Адаптация"),
    )
    staff = town.supergroup(
        "Команда", owner, members=(moderator, colleague), bots=(bot,), topics=("Случаи", "Отчёты")
    )
    chosen = {"private_interval": 0, "messages_per_second": 1000, **settings}
    async with running(settings_for(folder, **chosen), EmulatorSession(emulator), clock) as at:
        people = (owner, moderator, colleague)
        await _community(at.house, group, staff, people)
        for person in people:
            person.user.started.add(bot.id)
        yield Street(at.house, town, shared, bot, owner, moderator, colleague, group, staff)


TOPICS = {
    "Общение": "parents",
    "Вопросы": "questions",
    "Адаптация": "adaptation",
    "Случаи": "cases",
    "Отчёты": "reports",
}


async def _community(house: House, group: Chat, staff: Chat, people: tuple[Person, ...]) -> None:
    async with house.database.begin() as unit:
        home = await unit.communities.add(
            ChatId(group.id), group.title or "", "ru", "Europe/Moscow", unit.now
        )
        await unit.communities.set_staff_chat(home.id, ChatId(staff.id))
        for chat in (group, staff):
            for topic in chat.topics.values():
                if topic.name in TOPICS:
                    place = Topic(
                        home.id,
                        TOPICS[topic.name],
                        ChatId(chat.id),
                        topic.id,
                        topic.name,
                        TopicState.OPEN,
                    )
                    await unit.communities.save_topic(place, unit.now)
        for person, role in zip(people, (Role.OWNER, Role.MODERATOR, Role.MODERATOR), strict=True):
            added = await unit.people.add(person.id, "ru", unit.now)
            await unit.people.change(
                added.id,
                stage="done",
                channel="active",
                display_name=person.name,
                started_at=unit.now,
            )
            await unit.roles.add(
                added.id, role, community=home.id, author=PersonId(1), now=unit.now
            )
    await house.directory.load_communities()
