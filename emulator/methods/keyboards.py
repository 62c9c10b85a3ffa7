"""Reply markup: what Telegram accepts in keyboards. Lengths in bytes for callback data, else UTF-16 units."""

import re
from typing import Any

from emulator.errors import bad_request
from emulator.format.utf16 import length
from emulator.world.model import Chat

MAX_CALLBACK_DATA = 64
MAX_INLINE_BUTTONS = 100
MAX_REPLY_BUTTONS = 300
MAX_COPY_TEXT = 256
MAX_PLACEHOLDER = 64
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
)
URL = re.compile(r"(?:https?://)?[^\s/?#]+\.[^\s]+|(?:tg|ton|tonsite)://\S+|tg:\S+", re.IGNORECASE)

Json = dict[str, Any]


def check_markup(markup: Json | None, chat: Chat) -> tuple[Json | None, Json | None]:
    """Return the inline keyboard that becomes part of the message, and any other markup.

    Refuses buttons without an action, callback data over 64 bytes, unusable links, too many buttons.
    """
    if not markup:
        return None, None
    if "inline_keyboard" not in markup:
        return None, _check_reply(markup)
    rows = [[_button(button, chat) for button in row] for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MAX_INLINE_BUTTONS:
        raise bad_request("reply markup is too long")
    return ({"inline_keyboard": rows} if rows else None), None


def _button(button: Json, chat: Chat) -> Json:
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    if not any(name in button for name in ACTIONS):
        raise bad_request("text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not URL.fullmatch(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if "web_app" in button:
        _check_web_app(button["web_app"]["url"], chat)
    copied = button.get("copy_text")
    if copied is not None and not 1 <= length(copied["text"]) <= MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return button


def _check_web_app(url: str, chat: Chat) -> None:
    if not url.lower().startswith("https://"):
        raise bad_request(
            f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
        )
    if not chat.is_private:
        raise bad_request("BUTTON_TYPE_INVALID")


def _check_reply(markup: Json) -> Json:
    rows = markup.get("keyboard", [])
    if sum(map(len, rows)) > MAX_REPLY_BUTTONS:
        raise bad_request("reply markup is too long")
    if any(not button["text"] for row in rows for button in row):
        raise bad_request("keyboard button text must be non-empty")
    placeholder = markup.get("input_field_placeholder")
    if placeholder and length(placeholder) > MAX_PLACEHOLDER:
        raise bad_request("input field placeholder is too long")
    return markup
