"""`/setup` in a supergroup: rights, forum, topics, rules, commands; `/setup staff` in the staff forum."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandObject
from aiogram.types import ChatMemberAdministrator, ChatMemberOwner, Message

from community.actions import Action
from community.blueprint import RIGHTS, missing_rights
from community.model import Community
from community.places import Places
from community.setup import Report, Setup
from core.clock import Clock
from core.errors import Refusal
from core.ids import ChatId
from handlers.actor import Actor
from handlers.admins.setup_commands import publish_commands
from handlers.admins.setup_invite import Doors
from handlers.filters import Group
from handlers.guard import may
from texts.markup import Markup
from texts.say import Texts


def router() -> Router:
    """Build the router of setting up."""
    routes = Router(name="admins.setup")
    routes.message.register(on_setup, Group(), Command("setup"), may(Action.COMMUNITY_SETUP))
    return routes


class TelegramForum:
    """The forum as `community.setup` asks for it."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def create(self, chat: ChatId, name: str, icon_color: int | None) -> int:
        """Create a topic; the thread id is the one Telegram gives."""
        made = await self._bot.create_forum_topic(chat, name, icon_color=icon_color)
        return made.message_thread_id

    async def keep(self, chat: ChatId, thread: int, name: str) -> bool:
        """Rename back. Telegram lists no topics, so an edit that changes nothing is the way to ask for one."""
        try:
            await self._bot.edit_forum_topic(chat, thread, name=name)
        except TelegramBadRequest as refused:
            return "NOT_MODIFIED" in refused.message.upper()
        return True

    async def close(self, chat: ChatId, thread: int) -> None:
        await self._bot.close_forum_topic(chat, thread)


async def on_setup(
    message: Message,
    *,
    command: CommandObject,
    bot: Bot,
    actor: Actor,
    setup: Setup,
    places: Places,
    doors: Doors,
    clock: Clock,
    texts: Texts,
) -> None:
    """Set this chat up: a community by default, the staff forum with the word `staff`."""
    language = actor.language
    if not await _rights_suffice(message, bot, texts, language):
        return
    if not message.chat.is_forum:
        await message.reply(texts.say(language, "community-setup-forum-needed"))
        return
    forum, now = TelegramForum(bot), clock.now()
    words = (command.args or "").split()
    if words[:1] == ["staff"]:
        home = await setup.join_staff(
            ChatId(message.chat.id), (await _chosen(setup, words[1:])).id, actor.id, now
        )
        report = await setup.staff_topics(home, forum, now)
    else:
        chat = ChatId(message.chat.id)
        title = message.chat.title or ""
        home = await setup.found(chat, title, language, str(actor.zone), now)
        report = await setup.topics(home, forum, now)
        await _pin_rules(bot, home, setup, places)
        await doors.keep(home)
    await publish_commands(bot, home, texts)
    await message.reply(_told(report, texts, language))


async def _rights_suffice(message: Message, bot: Bot, texts: Texts, language: str) -> bool:
    """Show the bot's rights one by one, with a line on how to grant each that is missing."""
    me = await bot.get_chat_member(message.chat.id, bot.id)
    granted = me.model_dump() if isinstance(me, ChatMemberAdministrator) else {}
    if isinstance(me, ChatMemberOwner):
        return True
    missing = missing_rights(granted)
    how = texts.say(language, "community-setup-right-how")
    lines = [texts.say(language, "community-setup-start")]
    for word in RIGHTS.values():
        right = texts.say_by_name(language, f"community-setup-right-{word}", {})
        lines.append(
            texts.say(language, "community-setup-line-no", right=right, how=how)
            if word in missing
            else texts.say(language, "community-setup-line-yes", right=right)
        )
    await message.reply("\n".join(lines))
    return not missing


async def _pin_rules(bot: Bot, home: Community, setup: Setup, places: Places) -> None:
    """Post and pin the rules once; a second run finds the pinned message by its stored id."""
    rules = setup.blueprint.rules.get(home.language) or next(
        iter(setup.blueprint.rules.values()), ""
    )
    topic = next((t for t in await places.topics(home.id) if t.key == "rules"), None)
    if not rules or await _still_pinned(bot, home):
        return
    posted = await bot.send_message(
        home.chat, rules, message_thread_id=topic.thread if topic is not None else None
    )
    await bot.pin_chat_message(home.chat, posted.message_id, disable_notification=True)
    await places.note(home.id, "rules_message", posted.message_id)


async def _still_pinned(bot: Bot, home: Community) -> bool:
    number = home.settings.get("rules_message")
    if number is None:
        return False
    try:
        await bot.pin_chat_message(home.chat, int(number), disable_notification=True)
    except TelegramBadRequest:
        return False
    return True


async def _chosen(setup: Setup, words: list[str]) -> Community:
    """Find the community a staff forum is for: the only one, or the one whose number is given."""
    every = await setup.communities()
    if words and words[0].isdecimal():
        every = [home for home in every if home.id == int(words[0])]
    if len(every) != 1:
        raise Refusal("setup.which_community", count=len(every))
    return every[0]


def _told(report: Report, texts: Texts, language: str) -> Markup:
    there = ", ".join(f"«{topic}»" for topic in report.existing)
    lines = [
        *([texts.say(language, "community-setup-topics-exist", topics=there)] if there else []),
        *(texts.say(language, "community-setup-topic-restored", topic=t) for t in report.restored),
        *(texts.say(language, "community-setup-topic-created", topic=t) for t in report.created),
        *(texts.say(language, "community-setup-topic-orphan", topic=t) for t in report.orphans),
        texts.say(language, "community-setup-done"),
    ]
    return Markup("\n".join(lines))
