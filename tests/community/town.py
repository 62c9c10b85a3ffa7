"""A school one can talk to: the community's handlers, services and delivery over the emulator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.types import Update

from bot.directory import Directory
from bot.middlewares.answers import Answers
from bot.middlewares.who import WhoActs
from bot.reading import all_texts
from bot.simulate.clock import EmulatorTime, FlowingClock
from bot.upkeep import Upkeep
from community.ama.after import After
from community.ama.asking import Asking
from community.ama.live import Live
from community.ama.place import Places as SessionPlaces
from community.ama.planning import Planning
from community.ama.ports import NothingFrozen
from community.ama.watch import AmaWatch
from community.arrivals import Arrivals
from community.blueprint import Blueprint, TopicPlan
from community.dutybook import DutyBook
from community.escalation import Escalations
from community.escalation_call import Calls
from community.escalation_watch import Watch
from community.feed import Feed
from community.forms import Forms
from community.join_requests import JoinRequests
from community.mentorship.applications import Applications
from community.mentorship.meeting import Meeting
from community.mentorship.pairing import Pairing
from community.mentorship.relay import Relay
from community.mentorship.templates import Template
from community.model import Topic, TopicState
from community.places import Places
from community.premoderation import NoObjections
from community.questions.insights import Insights
from community.questions.search import Entry, Index
from community.questions.service import Questions, close_answered
from community.roles import Roles
from community.setup import Setup
from consent.links import Links
from core.ids import ChatId
from delivery.bucket import LocalBucket
from delivery.fence import NoFence
from delivery.limiter import Limiter
from delivery.policy import GatePolicy, SenderPolicy
from delivery.render import Renderer
from delivery.sender import Sender
from delivery.worker import Worker
from emulator.actors import Person, Town
from emulator.api import Emulator
from emulator.session import EmulatorSession
from emulator.updates import Pending
from emulator.world.model import Chat
from handlers import edits, fallback
from handlers.admins import ama, ama_new, duty, roles, setup
from handlers.admins.setup_invite import Doors
from handlers.experts import answers, calls
from handlers.experts import questions as expert_questions
from handlers.groups import ama as group_ama
from handlers.groups import joins
from handlers.groups import questions as group_questions
from handlers.groups.votes import Votes
from handlers.mentors import desk, templates
from handlers.parents import ama as parent_ama
from handlers.parents import mentors, mentors_pairs, questions
from handlers.web.community import Signed
from storage.ama_votes import Ballots
from storage.database import Database

NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday, 12:00 in Moscow."""
MOSCOW = ZoneInfo("Europe/Moscow")
TEXTS = all_texts()
MODULES = (
    roles, duty, setup, ama, ama_new, answers, calls, expert_questions, desk, templates,
    joins, group_ama, group_questions, edits, questions, parent_ama, mentors, mentors_pairs, fallback,
)  # fmt: skip
PLAN = Blueprint(
    topics=(
        TopicPlan("rules", {"ru": "Правила"}),
        TopicPlan("parents", {"ru": "Общение"}),
        TopicPlan("adaptation", {"ru": "Адаптация"}, cohorts=("3-5",)),
        TopicPlan("ama", {"ru": "Встречи"}),
    ),
    staff=(
        TopicPlan("escalations", {"ru": "Вопросы"}),
        TopicPlan("ama-desk", {"ru": "Подготовка"}),
    ),
    rules={"ru": "<b>Правила</b>: бережём детей."},
)
STAFF_TOPICS = {"escalations": "Вопросы", "reports": "Отчёты", "ama-desk": "Подготовка"}
FAQ = Index([Entry("adapt", "ru", ("Плачет в саду",), "Короткий ритуал прощания.")])
LINKS = Links(b"secret of the tests")
SIGNED = Signed(LINKS, "https://opora.example", FlowingClock(NOON))
HELLO = Template("hello", "Знакомство", "Здравствуйте, {имя}!")


async def consented(unit: Any, person: Any) -> bool:
    return True


class CommunityTown:
    """People, chats and the product between them. `settle` lets everything happen that was set off."""

    def __init__(self, database: Database, clock: FlowingClock) -> None:
        self.database, self.clock = database, clock
        self.emulator = Emulator(clock=EmulatorTime(clock))
        self.world = Town(self.emulator)
        self.telegram = self.world.bot("Opora", "opora_bot", supports_join_request_queries=True)
        self.telegram.queue.allow(
            [
                "message",
                "edited_message",
                "callback_query",
                "chat_member",
                "my_chat_member",
                "chat_join_request",
            ]
        )
        self.bot = Bot(
            self.telegram.token,
            session=EmulatorSession(self.emulator),
            default=DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True),
        )
        self.bot.session.middleware(Upkeep(Places(database).topic_gone))
        self.owner = self.world.person("Ольга")
        self.directory = Directory(database, clock, [self.owner.id])
        self.ballots = Ballots(database, clock)
        self.services = self._services()
        self.votes = Votes(self.services["asking"], self.bot, TEXTS)
        self.dispatcher = self._dispatcher()
        self.seen: list[str] = []

    def _services(self) -> dict[str, Any]:
        database = self.database
        escalations = Escalations(database, (close_answered,))
        all_roles = Roles(database, TEXTS)
        return {
            "addresses": SIGNED,
            "calls": Calls(database, escalations),
            "after": After(database, escalations, SIGNED),
            "ama_watch": AmaWatch(
                Live(database), After(database, escalations, SIGNED), SessionPlaces(database)
            ),
            "feed": Feed(database),
            "applications": Applications(database, all_roles),
            "arrivals": Arrivals(database, PLAN.by_cohort()),
            "asking": Asking(database, NoObjections(), self.ballots),
            "clock": self.clock,
            "doors": Doors(self.bot, Places(database), self.directory.communities),
            "duty": DutyBook(database),
            "escalations": escalations,
            "forms": Forms(database),
            "insights": Insights(database),
            "join_requests": JoinRequests(database, consented),
            "live": Live(database),
            "meeting": Meeting(database),
            "pairing": Pairing(database),
            "places": Places(database),
            "planning": Planning(database, NothingFrozen()),
            "questions": Questions(database, FAQ, escalations, NoObjections()),
            "relay": Relay(database, escalations),
            "roles": all_roles,
            "setup": Setup(database, PLAN, self.clock.sleep),
            "templates": {"ru": {"hello": HELLO}},
            "texts": TEXTS,
        }

    def _dispatcher(self) -> Dispatcher:
        dispatcher = Dispatcher(**self.services)
        who, replies = WhoActs(self.directory, TEXTS, MOSCOW), Answers(TEXTS)
        for name, observer in dispatcher.observers.items():
            if name not in {"update", "error"}:
                observer.outer_middleware(who)
                observer.outer_middleware(replies)
        dispatcher.include_routers(*(module.router() for module in MODULES))
        return dispatcher

    def _worker(self) -> Worker:
        policy = SenderPolicy()
        return Worker(
            "w1",
            self.database,
            Sender(self.bot, Renderer(TEXTS), policy, self.clock),
            Limiter(LocalBucket(policy.per_second, self.clock), self.clock),
            self.clock,
            NoFence(),
            gate=GatePolicy(),
            policy=policy,
        )

    async def settle(self) -> None:
        """Handle every waiting update and send everything that is due, until nothing moves."""
        queue = self.telegram.queue
        while True:
            pending: list[Pending] = queue.pending()
            for one in pending:
                if not await self.votes(one.as_json()):
                    update = Update.model_validate(one.as_json(), context={"bot": self.bot})
                    await self.dispatcher.feed_update(self.bot, update)
                queue.confirm(one.update_id)
            sent = await self._worker().drain()
            if not pending and not sent:
                return

    async def person(self, name: str, *roles_: Any, **facts: Any) -> Person:
        """A person who has been through the first steps."""
        actor = self.world.person(name)
        await self.know(actor, name, **facts)
        return actor

    async def know(self, actor: Person, name: str, **facts: Any) -> None:
        actor.user.started.add(self.telegram.id)
        async with self.database.begin() as unit:
            person = await unit.people.add(actor.id, "ru", unit.now)
            await unit.people.change(
                person.id,
                stage="done",
                channel="active",
                zone="Europe/Moscow",
                display_name=name,
                **facts,
            )

    async def key(self, actor: Person) -> Any:
        async with self.database.reading() as unit:
            person = await unit.people.by_telegram(actor.id)
        assert person is not None
        return person.id

    async def grant(self, actor: Person, role: Any, speciality: Any = None) -> None:
        async with self.database.begin() as unit:
            [home, *_] = await unit.communities.all()
            await unit.roles.add(
                await self._key_in(unit, actor),
                role,
                community=home.id,
                author=None,
                now=unit.now,
                speciality=speciality,
            )

    async def _key_in(self, unit: Any, actor: Person) -> Any:
        return (await unit.people.by_telegram(actor.id)).id

    async def forum(self, *members: Person, title: str = "Родители") -> Chat:
        """A forum of parents that stands in the database, with its topics."""
        chat = self.world.supergroup(
            title,
            self.owner,
            members=members,
            bots=(self.telegram,),
            topics=tuple(t.names["ru"] for t in PLAN.topics),
        )
        threads = {topic.name: topic.id for topic in chat.topics.values()}
        async with self.database.begin() as unit:
            home = await unit.communities.add(
                ChatId(chat.id), title, "ru", "Europe/Moscow", unit.now
            )
            for plan in PLAN.topics:
                name = plan.names["ru"]
                topic = Topic(
                    home.id, plan.key, ChatId(chat.id), threads[name], name, TopicState.OPEN
                )
                await unit.communities.save_topic(topic, unit.now)
        await self.directory.load_communities()
        return chat

    async def staff(self, *members: Person) -> Chat:
        """The staff forum of the community, with its topics."""
        chat = self.world.supergroup(
            "Команда",
            self.owner,
            members=members,
            bots=(self.telegram,),
            topics=tuple(STAFF_TOPICS.values()),
        )
        threads = {topic.name: topic.id for topic in chat.topics.values()}
        async with self.database.begin() as unit:
            [home] = await unit.communities.all()
            await unit.communities.set_staff_chat(home.id, ChatId(chat.id))
            for key, name in STAFF_TOPICS.items():
                topic = Topic(home.id, key, ChatId(chat.id), threads[name], name, TopicState.OPEN)
                await unit.communities.save_topic(topic, unit.now)
        await self.directory.load_communities()
        return chat

    async def watch(self) -> None:
        """Let the clock's jobs run and what they set off happen."""
        await Watch(self.database).tick(self.clock.now())
        await self.settle()

    @asynccontextmanager
    async def voting(self) -> AsyncIterator[None]:
        """Keep the ballot box open."""
        import asyncio

        task = asyncio.create_task(self.ballots.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
