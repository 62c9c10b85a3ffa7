"""The school of these tests."""

import pytest
from aiogram import Bot as ApiBot

from emulator.actors import Town
from emulator.api import Emulator
from emulator.session import EmulatorSession
from tests.emulator.world.school import ALL_KINDS, School


@pytest.fixture
def school() -> School:
    emulator = Emulator(seed=7)
    town = Town(emulator)
    bot = town.bot("Opora", "opora_bot", supports_join_request_queries=True)
    bot.queue.allow(ALL_KINDS)
    owner, vera, oleg = town.person("Olga"), town.person("Vera"), town.person("Oleg")
    forum = town.supergroup(
        "Club", owner, members=(vera, oleg), bots=(bot,), topics=("Sleep", "Food")
    )
    vera.start()
    bot.queue.clear()
    api = ApiBot(bot.token, session=EmulatorSession(emulator))
    return School(emulator, town, bot, api, owner, vera, oleg, forum)
