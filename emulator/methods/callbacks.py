"""Answers to pressed buttons and small signals."""

from emulator.errors import bad_request
from emulator.format.utf16 import length
from emulator.methods.registry import Request, method
from emulator.world import access
from emulator.world.queries import ANSWER_TIME

MAX_ANSWER = 200
"""UTF-16 units."""
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


@method("answerCallbackQuery")
def answer_callback_query(request: Request) -> bool:
    """Answer a press; it waits for a quarter of an hour. Later answers to the same press change nothing."""
    press = request.world.queries.presses.get(request["callback_query_id"])
    now = request.world.clock.now()
    if press is None or press.bot_id != request.bot.id or now - press.at > ANSWER_TIME:
        raise bad_request(TOO_OLD)
    if length(request.get("text", "")) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if url := request.get("url"):
        own = f"t.me/{request.bot.username}?start="
        if own not in url and not url.startswith("tg://"):
            raise bad_request("URL_INVALID")
    if press.answer is None:
        given = ("text", "show_alert", "url", "cache_time")
        press.answer = {name: request[name] for name in given if name in request.params}
    return True


@method("sendChatAction")
def send_chat_action(request: Request) -> bool:
    """Show that the bot types, uploads and so on."""
    if request["action"].lower() not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = request.world.chat(request.bot, request["chat_id"])
    access.require_write(request.world, request.bot, chat, "text", request.get("message_thread_id"))
    request.world.typing[request.bot.id, chat.id] = request.world.clock.now()
    return True
