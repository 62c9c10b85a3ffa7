"""What the bot tells of itself: name, commands, menu button, default rights."""

import re
from typing import Any

from emulator.errors import bad_request
from emulator.format.utf16 import length
from emulator.methods.registry import Request, method
from emulator.world.model import Json
from emulator.world.rights import ALL_RIGHTS, rights_of

MAX_COMMANDS = 100
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MAX_COMMAND_DESCRIPTION = 256
LIMITS = {"name": 64, "description": 512, "short_description": 120}
"""UTF-16 units of what the bot says of itself."""

ScopeKey = tuple[str, int, int, str]


@method("getMe")
def get_me(request: Request) -> Json:
    """Return the bot."""
    return request.bot.me()


def _scope(request: Request) -> ScopeKey:
    scope = request.get("scope") or {"type": "default"}
    kind = scope["type"]
    chat_id = user_id = 0
    if kind in ("chat", "chat_administrators", "chat_member"):
        chat = request.world.chat(request.bot, scope["chat_id"])
        chat_id = chat.id
        if kind != "chat" and chat.is_private:
            raise bad_request("can't change commands in private chats")
    if kind == "chat_member":
        user_id = request.world.user(scope["user_id"]).id
    language = request.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("LANG_CODE_INVALID")
    return kind, chat_id, user_id, language


@method("setMyCommands")
def set_my_commands(request: Request) -> bool:
    """Set the commands of a scope and language."""
    commands = request["commands"]
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        command["command"] = command["command"].removeprefix("/")
        if not COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= length(command["description"]) <= MAX_COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    request.bot.commands[_scope(request)] = commands
    return True


@method("getMyCommands")
def get_my_commands(request: Request) -> list[Json]:
    """Return the commands of exactly this scope and language."""
    return request.bot.commands.get(_scope(request), [])


@method("deleteMyCommands")
def delete_my_commands(request: Request) -> bool:
    """Forget the commands of a scope and language."""
    request.bot.commands.pop(_scope(request), None)
    return True


@method("setChatMenuButton")
def set_chat_menu_button(request: Request) -> bool:
    """Set the menu button of one private chat, or of all."""
    button = request.get("menu_button") or {"type": "default"}
    chat_id = request.get("chat_id", 0)
    if chat_id and not request.world.chat(request.bot, chat_id).is_private:
        raise bad_request("chat not found")
    if button["type"] == "web_app" and not button["web_app"]["url"].startswith("https://"):
        raise bad_request("menu button Web App URL is invalid: Only HTTPS links are allowed")
    request.bot.menu_buttons[chat_id] = button
    return True


@method("getChatMenuButton")
def get_chat_menu_button(request: Request) -> Json:
    """Return the menu button of a private chat, or of all."""
    buttons = request.bot.menu_buttons
    chosen = buttons.get(request.get("chat_id", 0)) or buttons.get(0)
    return chosen or {"type": "commands" if request.bot.commands else "default"}


@method(
    "setMyName",
    "setMyDescription",
    "setMyShortDescription",
    "getMyName",
    "getMyDescription",
    "getMyShortDescription",
)
def describe_bot(request: Request) -> Any:
    """Set or return what the bot is called and how it describes itself in a language."""
    field = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", request.method[5:]).lower()
    key = (field, request.get("language_code", ""))
    if request.method.startswith("get"):
        default = request.bot.first_name if field == "name" else ""
        return {field: request.bot.descriptions.get(key, default)}
    words = request.get(field, "")
    if length(words) > LIMITS[field]:
        raise bad_request(f"{field.replace('_', ' ')} is too long")
    request.bot.descriptions[key] = words
    return True


@method("setMyDefaultAdministratorRights")
def set_default_rights(request: Request) -> bool:
    """Set the rights the bot asks for when it is added."""
    for_channels = bool(request.get("for_channels"))
    request.bot.default_rights[for_channels] = request.get("rights") or {}
    return True


@method("getMyDefaultAdministratorRights")
def get_default_rights(request: Request) -> Json:
    """Return the rights the bot asks for when it is added."""
    for_channels = bool(request.get("for_channels"))
    known = rights_of("channel" if for_channels else "supergroup")
    rights = dict.fromkeys((*known, "is_anonymous"), False)
    given = request.bot.default_rights.get(for_channels, {})
    return rights | {
        name: value for name, value in given.items() if name in (*ALL_RIGHTS, "is_anonymous")
    }


@method("getUserProfilePhotos")
def get_user_profile_photos(request: Request) -> Json:
    """Return the pictures of a person: nobody here has any."""
    request.world.user(request["user_id"])
    return {"total_count": 0, "photos": []}
