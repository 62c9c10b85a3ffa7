"""The commands Telegram offers: by scope (private, community, staff forum) and by language."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
)

from community.model import Community
from texts.markup import visible
from texts.say import Texts

PRIVATE = ("start", "ask", "ama", "mentor", "progress", "consent", "stop", "help")
IN_COMMUNITY = ("ask", "rules", "report")
FOR_ADMINS = (
    "warn",
    "mute",
    "ban",
    "unban",
    "history",
    "calm",
    "expert",
    "role",
    "roles",
    "setup",
    "ama",
)
IN_STAFF = (
    "queue",
    "duty",
    "questions",
    "mentors",
    "ama",
    "role",
    "roles",
    "stats",
    "why",
    "setup",
)


async def publish_commands(bot: Bot, home: Community, texts: Texts) -> None:
    """Tell Telegram the commands for every scope; the language of the school also serves all others."""
    for language in texts.languages:
        code = None if language == texts.language(None) else language
        private = BotCommandScopeAllPrivateChats()
        await bot.set_my_commands(
            _commands(PRIVATE, texts, language), scope=private, language_code=code
        )
        await bot.set_my_commands(
            _commands(IN_COMMUNITY, texts, language),
            scope=BotCommandScopeChat(chat_id=home.chat),
            language_code=code,
        )
        await bot.set_my_commands(
            _commands(FOR_ADMINS, texts, language),
            scope=BotCommandScopeChatAdministrators(chat_id=home.chat),
            language_code=code,
        )
        if home.staff_chat is not None:
            await bot.set_my_commands(
                _commands(IN_STAFF, texts, language),
                scope=BotCommandScopeChat(chat_id=home.staff_chat),
                language_code=code,
            )


def _commands(names: Sequence[str], texts: Texts, language: str) -> list[BotCommand]:
    return [
        BotCommand(
            command=name,
            description=visible(texts.say_by_name(language, f"setup-{name}-command", {})),
        )
        for name in names
    ]
