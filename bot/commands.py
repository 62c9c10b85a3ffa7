"""The commands Telegram offers, told at every start: by scope and language, and only where they differ."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeDefault,
    BotCommandScopeUnion,
)

from community.model import Community
from handlers.admins.setup_commands import FOR_ADMINS, IN_COMMUNITY, IN_STAFF, PRIVATE
from texts.say import Texts

logger = logging.getLogger(__name__)

Place = tuple[BotCommandScopeUnion, Sequence[str]]


def places(communities: Iterable[Community]) -> Iterator[Place]:
    """List the scopes and the commands of each; what a parent needs is also the default."""
    yield BotCommandScopeDefault(), PRIVATE
    yield BotCommandScopeAllPrivateChats(), PRIVATE
    for home in communities:
        yield BotCommandScopeChat(chat_id=home.chat), IN_COMMUNITY
        yield BotCommandScopeChatAdministrators(chat_id=home.chat), FOR_ADMINS
        if home.staff_chat is not None:
            yield BotCommandScopeChat(chat_id=home.staff_chat), IN_STAFF


async def announce(bot: Bot, communities: Iterable[Community], texts: Texts) -> int:
    """Bring Telegram's lists up to date and tell how many differed. A chat that is gone is passed over.

    The school's language also serves every language there are no words for.
    """
    changed = 0
    for scope, names in places(communities):
        for language in texts.languages:
            code = None if language == texts.language(None) else language
            wanted = [_command(name, texts, language) for name in names]
            try:
                known = await bot.get_my_commands(scope=scope, language_code=code)
                if _pairs(known) == _pairs(wanted):
                    continue
                await bot.set_my_commands(wanted, scope=scope, language_code=code)
            except (TelegramBadRequest, TelegramForbiddenError):
                logger.info("commands of a chat not told", extra={"scope": scope.type})
                break
            except TelegramAPIError:
                logger.warning("commands not told", exc_info=True)
                return changed
            changed += 1
    return changed


def _command(name: str, texts: Texts, language: str) -> BotCommand:
    words = texts.say_by_name(language, f"setup-{name}-command", {})
    return BotCommand(command=name, description=str(words))


def _pairs(commands: Iterable[BotCommand]) -> list[tuple[str, str]]:
    return [(one.command, one.description) for one in commands]
