"""`opora doctor`: look at everything an operator can get wrong, and say in words what to do."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.types import ChatMemberAdministrator, ChatMemberOwner
from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.keys import open_seal
from bot.settings import TOKEN_SHAPE, Settings
from community.model import Community
from core.clock import SystemClock
from delivery.fence import FileFence
from storage.database import Database
from storage.migrate import pending

RIGHTS = (
    "can_delete_messages",
    "can_restrict_members",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_tags",
)
"""What the bot needs in a community."""
MOST_SKEW = 5.0
"""Seconds the clock may differ from Telegram's before reminders and link lifetimes suffer."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One look: what was looked at, whether it is well, what it says."""

    what: str
    ok: bool
    says: str


async def examine(settings: Settings) -> list[Finding]:
    """Examine the installation; later looks are left out when they depend on a failed one."""
    return [finding async for finding in _looks(settings)]


async def _looks(settings: Settings) -> AsyncIterator[Finding]:
    yield _production(settings)
    try:
        seal = open_seal(settings)
    except ValueError as error:
        yield Finding("encryption", ok=False, says=str(error))
        return
    database = Database(settings.database_url, SystemClock(), seal)
    communities: list[Community] = []
    try:
        names = await pending(database)
        lacking = f"lacks {', '.join(names)}: run `opora migrate`"
        yield Finding("database", ok=not names, says=lacking if names else "current schema")
        if not names:
            async with database.reading() as unit:
                communities = await unit.communities.all()
                mark = await unit.claims.mark()
            yield _fence(settings, mark)
    except (OSError, RuntimeError) as error:
        yield Finding("database", ok=False, says=f"not reachable ({type(error).__name__})")
    finally:
        await database.close()
    yield await _clock(settings)
    async for finding in _telegram(settings, communities):
        yield finding


def _production(settings: Settings) -> Finding:
    if not settings.production:
        return Finding("settings", ok=True, says="read; PRODUCTION is off")
    missing = [*settings.missing_in_production, *([] if settings.owners else ["OWNERS"])]
    says = f"production needs {', '.join(missing)}" if missing else "read; PRODUCTION is on"
    return Finding("settings", ok=not missing, says=says)


def _fence(settings: Settings, mark: int) -> Finding:
    fence = FileFence.beside(str(settings.database_file or settings.database_url))
    refusal = fence.refusal(mark)
    if not refusal:
        return Finding("sending", ok=True, says="this database may send")
    says = f"{refusal}: the database looks restored or cloned; nothing is sent until `opora delivery confirm`"
    return Finding("sending", ok=False, says=says)


async def _clock(settings: Settings) -> Finding:
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=10)) as session,
            session.get(settings.api_url) as answer,
        ):
            theirs = parsedate_to_datetime(answer.headers["Date"])
    except (ClientError, TimeoutError, KeyError, ValueError):
        return Finding("clock", ok=False, says=f"{settings.api_url} does not answer")
    skew = abs((SystemClock().now() - theirs.astimezone(UTC)).total_seconds())
    says = f"{skew:.0f} s from Telegram's" + ("" if skew <= MOST_SKEW else ": set up NTP")
    return Finding("clock", ok=skew <= MOST_SKEW, says=says)


async def _telegram(settings: Settings, communities: list[Community]) -> AsyncIterator[Finding]:
    token = settings.bot_token.get_secret_value()
    if not re.match(TOKEN_SHAPE, token):
        yield Finding("token", ok=False, says="BOT_TOKEN is empty or malformed: ask @BotFather")
        return
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.api_url))
    async with Bot(token, session=session) as bot:
        try:
            me = await bot.get_me()
        except TelegramAPIError as error:
            yield Finding("token", ok=False, says=f"refused ({type(error).__name__})")
            return
        yield Finding("token", ok=True, says=f"@{me.username}")
        sees = bool(me.can_read_all_group_messages)
        advice = "off: switch privacy mode off in @BotFather, or moderation is blind"
        yield Finding("group messages", ok=sees, says="the bot sees them" if sees else advice)
        yield await _webhook(bot, settings)
        for home in communities:
            yield await _rights(bot, home)


async def _webhook(bot: Bot, settings: Settings) -> Finding:
    info = await bot.get_webhook_info()
    if not settings.webhook_url:
        ok = not info.url
        return Finding(
            "updates", ok=ok, says="long polling" if ok else "a webhook is set elsewhere: delete it"
        )
    ok = info.url.startswith(settings.webhook_url)
    says = f"webhook, {info.pending_update_count} waiting"
    if info.last_error_date is not None and info.last_error_message:
        when = f"{info.last_error_date:%Y-%m-%d %H:%M} UTC"
        says += f", last error {when}: {info.last_error_message}"
    return Finding("updates", ok=ok, says=says if ok else "the webhook is not set: start the bot")


async def _rights(bot: Bot, home: Community) -> Finding:
    what = f"rights in community {home.id}"
    try:
        me = await bot.get_chat_member(home.chat, bot.id)
    except TelegramAPIError as error:
        return Finding(what, ok=False, says=f"not reachable ({type(error).__name__})")
    if isinstance(me, ChatMemberOwner):
        return Finding(what, ok=True, says="owner")
    if not isinstance(me, ChatMemberAdministrator):
        return Finding(what, ok=False, says="the bot is no administrator")
    missing = [right for right in RIGHTS if not getattr(me, right, False)]
    return Finding(
        what, ok=not missing, says=f"lacks {', '.join(missing)}" if missing else "complete"
    )
