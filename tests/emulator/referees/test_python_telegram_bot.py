"""python-telegram-bot holds a conversation by long polling and notices nothing."""

import pytest
from telegram import ChatPermissions, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, RetryAfter
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from emulator.actors import Town
from emulator.api import Emulator
from emulator.faults import Fault, FaultKind
from emulator.server import EmulatorServer
from tests.emulator.referees.waiting import until

TOKEN = "42:TEST"


async def start(update, _):
    keyboard = InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("Да", callback_data="yes"),
                InlineKeyboardButton("Нет", callback_data="no"),
            ]
        ]
    )
    await update.message.reply_html("Продолжим, <b>Анна</b>?", reply_markup=keyboard)


async def pressed(update, _):
    await update.callback_query.answer("Хорошо", show_alert=True)
    await update.callback_query.edit_message_text(f"Вы выбрали: {update.callback_query.data}")


async def pictured(update, _):
    file = await update.message.photo[-1].get_file()
    content = bytes(await file.download_as_bytearray())
    await update.message.reply_photo(content[::-1], caption=f"{len(content)} байт")


async def moderated(update, _):
    await update.message.delete()
    await update.effective_chat.restrict_member(
        update.effective_user.id, ChatPermissions.no_permissions()
    )
    topic = await update.effective_chat.create_forum_topic("Разбор")
    await update.effective_chat.send_message(
        "Сообщение скрыто", message_thread_id=topic.message_thread_id
    )


@pytest.fixture
async def town():
    emulator = Emulator()
    made = Town(emulator)
    bot = made.bot("Опора", "opora_bot", token=TOKEN)
    bot.queue.strict_repeats = False
    async with EmulatorServer(emulator) as server:
        app = (
            Application.builder()
            .token(TOKEN)
            .base_url(f"{server.url}/bot")
            .base_file_url(f"{server.url}/file/bot")
            .build()
        )
        app.add_handler(CommandHandler("start", start))
        app.add_handler(CallbackQueryHandler(pressed))
        app.add_handler(MessageHandler(filters.PHOTO, pictured))
        app.add_handler(MessageHandler(filters.ChatType.SUPERGROUP & filters.TEXT, moderated))
        made.app = app
        async with app:
            await app.start()
            await app.updater.start_polling(
                allowed_updates=["message", "callback_query", "chat_member"]
            )
            yield made
            await app.updater.stop()
            await app.stop()


async def test_a_conversation_with_buttons_edits_photos_topics_and_moderation(town):
    anna, mark = town.person("Анна"), town.person("Марк")
    anna.start(payload="spring")
    await until(lambda: len(anna.messages()) == 2)
    assert (anna.last_message().text, anna.last_message().buttons) == (
        "Продолжим, Анна?",
        ["Да", "Нет"],
    )
    assert [entity["type"] for entity in anna.last_message().entities] == ["bold"]

    press = anna.click("Да")
    await until(lambda: anna.last_message().is_edited)
    assert (press.text, press.answer["show_alert"]) == ("Хорошо", True)
    assert (anna.last_message().text, anna.last_message().buttons) == ("Вы выбрали: yes", [])

    anna.send_photo(file=b"drawing")
    await until(lambda: anna.last_message().raw.get("photo"))
    assert anna.last_message().text == "7 байт"
    stored = town.world.files.get(anna.last_message().raw["photo"][-1]["file_id"], 42)
    assert stored.upload.content == b"gniward"

    forum = town.supergroup(
        "Сообщество", mark, members=(anna,), bots=(town.world.bots[42],), topics=("Вопросы",)
    )
    advert = anna.send("Реклама", forum, topic="Вопросы")
    await until(lambda: "Разбор" in [topic.name for topic in forum.topics.values()])
    await until(lambda: mark.texts(forum)[-1:] == ["Сообщение скрыто"])
    assert advert.message_id not in forum.posts
    assert forum.members[anna.id].status == "restricted"


@pytest.mark.filterwarnings(
    "ignore::telegram.warnings.PTBDeprecationWarning"
)  # seconds will be a timedelta one day
async def test_refusals_and_limits_become_the_librarys_own_errors(town):
    bot, anna = town.app.bot, town.person("Анна")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(123, "a")
    anna.start()
    await until(lambda: len(anna.messages()) == 2)
    anna.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(anna.id, "a")
    town.emulator.faults.add(Fault(FaultKind.TOO_MANY_REQUESTS, method="getMe", seconds=9))
    with pytest.raises(RetryAfter, match="9 seconds"):
        await bot.get_me()
