"""pyTelegramBotAPI holds a conversation by webhook and notices nothing."""

import pytest
from aiohttp import web
from telebot import asyncio_helper, types
from telebot.async_telebot import AsyncTeleBot

from emulator.actors import Town
from emulator.api import Emulator
from emulator.server import EmulatorServer
from tests.emulator.referees.waiting import until

TOKEN = "42:TEST"
SECRET = "tops3cret"


def conversation(bot):
    """Register what the bot does."""

    @bot.message_handler(commands=["start"])
    async def start(message):
        keyboard = types.InlineKeyboardMarkup()
        keyboard.add(types.InlineKeyboardButton("Записаться", callback_data="join"))
        await bot.send_message(
            message.chat.id, r"*Здравствуйте*\!", parse_mode="MarkdownV2", reply_markup=keyboard
        )

    @bot.callback_query_handler(func=lambda query: query.data == "join")
    async def joined(query):
        await bot.answer_callback_query(query.id, "Готово")
        await bot.edit_message_text("Вы записаны", query.message.chat.id, query.message.message_id)

    @bot.message_handler(content_types=["photo"])
    async def pictured(message):
        found = await bot.get_file(message.photo[-1].file_id)
        content = await bot.download_file(found.file_path)
        await bot.send_photo(message.chat.id, content.upper(), caption="Ваш рисунок")

    @bot.message_handler(
        func=lambda message: message.chat.type == "supergroup", content_types=["text"]
    )
    async def moderated(message):
        await bot.restrict_chat_member(
            message.chat.id,
            message.from_user.id,
            permissions=types.ChatPermissions(can_send_messages=False),
        )
        await bot.reply_to(
            message, "Подождите, пожалуйста", message_thread_id=message.message_thread_id
        )
        await bot.close_forum_topic(message.chat.id, message.message_thread_id)


@pytest.fixture
async def town():
    emulator = Emulator()
    made = Town(emulator)
    made.bot("Опора", "opora_bot", token=TOKEN)
    async with EmulatorServer(emulator) as server:
        before = asyncio_helper.API_URL, asyncio_helper.FILE_URL
        asyncio_helper.API_URL = server.url + "/bot{0}/{1}"
        asyncio_helper.FILE_URL = server.url + "/file/bot{0}/{1}"
        bot = AsyncTeleBot(TOKEN)
        conversation(bot)

        async def hook(request):
            assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
            await bot.process_new_updates([types.Update.de_json(await request.json())])
            return web.Response()

        app = web.Application()
        app.router.add_post("/hook", hook)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await bot.set_webhook(
            f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token=SECRET
        )
        yield made
        await bot.delete_webhook()
        await runner.cleanup()
        await bot.close_session()
        asyncio_helper.API_URL, asyncio_helper.FILE_URL = before


async def test_a_conversation_with_buttons_edits_photos_topics_and_moderation(town):
    anna, mark = town.person("Анна"), town.person("Марк")
    anna.start()
    await until(lambda: len(anna.messages()) == 2)
    assert (anna.last_message().text, anna.last_message().buttons) == (
        "Здравствуйте!",
        ["Записаться"],
    )

    press = anna.click("Записаться")
    await until(lambda: anna.last_message().is_edited)
    assert (press.text, anna.last_message().text) == ("Готово", "Вы записаны")

    anna.send_photo(file=b"drawing")
    await until(lambda: anna.last_message().raw.get("photo"))
    stored = town.world.files.get(anna.last_message().raw["photo"][-1]["file_id"], 42)
    assert (stored.upload.content, anna.last_message().text) == (b"DRAWING", "Ваш рисунок")

    forum = town.supergroup(
        "Сообщество", mark, members=(anna,), bots=(town.world.bots[42],), topics=("Вопросы",)
    )
    anna.send("Слишком громко", forum, topic="Вопросы")
    topic = next(one for one in forum.topics.values() if one.name == "Вопросы")
    await until(lambda: topic.is_closed)
    assert "Подождите, пожалуйста" in mark.texts(forum)
    assert forum.members[anna.id].status == "restricted"
