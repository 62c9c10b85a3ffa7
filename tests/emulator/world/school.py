"""A small school: one bot, an owner, two parents, a forum."""

from dataclasses import dataclass
from typing import Any

import pytest
from aiogram import Bot as ApiBot

from emulator.actors import Person, Town
from emulator.api import Emulator, Upload
from emulator.errors import ApiError
from emulator.world.model import Bot, Chat, Json

ALL_KINDS = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "message_reaction",
    "message_reaction_count",
    "poll",
    "poll_answer",
]


@dataclass
class School:
    emulator: Emulator
    town: Town
    bot: Bot
    api: ApiBot
    owner: Person
    vera: Person
    oleg: Person
    forum: Chat

    async def call(
        self, method: str, files: dict[str, Upload] | None = None, /, **params: Any
    ) -> Any:
        """Call a method as the bot."""
        return await self.emulator.call(self.bot.token, method, params, files or {})

    async def refused(self, method: str, **params: Any) -> str:
        """Call a method that must be refused and return `code description`."""
        with pytest.raises(ApiError) as refusal:
            await self.call(method, **params)
        return f"{refusal.value.code} {refusal.value.description}"

    def updates(self, bot: Bot | None = None) -> list[Json]:
        """Take all updates that wait for the bot."""
        queue = (bot or self.bot).queue
        taken = [update.as_json() for update in queue.pending()]
        queue.clear()
        return taken

    def kinds(self, bot: Bot | None = None) -> list[str]:
        return [kind for update in self.updates(bot) for kind in update if kind != "update_id"]
