"""Polls."""

from emulator.errors import bad_request
from emulator.format.utf16 import length
from emulator.methods.common import rich_text, send
from emulator.methods.keyboards import check_markup
from emulator.methods.registry import Request, method
from emulator.world import access
from emulator.world.model import Json
from emulator.world.polls import make_poll
from emulator.world.posts import change

MAX_QUESTION = 300
MAX_OPTION = 100
MAX_OPTIONS = 12
MAX_EXPLANATION = 200
OPEN_PERIOD = (5, 2_628_000)
"""Seconds."""
FACTS = (
    "is_anonymous",
    "type",
    "allows_multiple_answers",
    "allows_revoting",
    "correct_option_ids",
    "open_period",
    "close_date",
    "is_closed",
    "members_only",
    "country_codes",
)


@method("sendPoll")
def send_poll(request: Request) -> Json:
    """Send a poll of 1 to 12 options."""
    question, entities = _words(request, "question", MAX_QUESTION, "poll question")
    options = [_option(request, option) for option in request["options"]]
    if not options:
        raise bad_request("poll must have at least 1 option")
    if len(options) > MAX_OPTIONS:
        raise bad_request(f"poll can't have more than {MAX_OPTIONS} options")
    facts = _facts(request, len(options))
    if entities:
        facts["question_entities"] = entities
    poll = make_poll(request.world, request.bot.id, question, options, facts)
    view = send(request, "poll", {"poll": poll.view})
    poll.message_id = view["message_id"]
    chat = request.world.chat(request.bot, request["chat_id"])
    poll.chat_id = chat.id
    chat.posts[poll.message_id].poll_id = poll.id
    return view


def _words(request: Request, name: str, limit: int, what: str) -> tuple[str, list[Json]]:
    words, entities = rich_text(
        request.world,
        request.get(name, ""),
        request.get(f"{name}_parse_mode"),
        request.get(f"{name}_entities"),
    )
    if not words:
        raise bad_request(f"{what} must be non-empty")
    if length(words) > limit:
        raise bad_request(f"{what} length must not exceed {limit}")
    return words, entities


def _option(request: Request, option: str | Json) -> Json:
    given: Json = {"text": option} if isinstance(option, str) else option
    words, entities = rich_text(
        request.world, given["text"], given.get("text_parse_mode"), given.get("text_entities")
    )
    if not words:
        raise bad_request("poll options must be non-empty")
    if length(words) > MAX_OPTION:
        raise bad_request(f"poll options length must not exceed {MAX_OPTION}")
    return {"text": words, "text_entities": entities}


def _facts(request: Request, options: int) -> Json:
    facts = {name: request[name] for name in FACTS if name in request.params}
    if "correct_option_id" in request.params:
        facts["correct_option_ids"] = [request["correct_option_id"]]
    if facts.get("type", "regular") not in ("regular", "quiz"):
        raise bad_request("unsupported poll type specified")
    right = facts.get("correct_option_ids", [])
    if facts.get("type") == "quiz":
        if not right or any(not 0 <= number < options for number in right):
            raise bad_request("wrong correct option ID specified")
        facts.setdefault("allows_revoting", False)
    period = facts.get("open_period")
    if period is not None and not OPEN_PERIOD[0] <= period <= OPEN_PERIOD[1]:
        raise bad_request("invalid open period specified")
    if request.get("explanation"):
        words, entities = _words(request, "explanation", MAX_EXPLANATION, "poll explanation")
        facts |= {"explanation": words, "explanation_entities": entities}
    if request.get("description"):
        words, entities = _words(request, "description", 1024, "poll description")
        facts |= {"description": words, "description_entities": entities}
    return facts


@method("stopPoll")
def stop_poll(request: Request) -> Json:
    """Close a poll of the bot and return its final state."""
    chat = request.world.chat(request.bot, request["chat_id"])
    access.require_read(request.world, request.bot, chat)
    made = chat.posts.get(request["message_id"])
    poll = request.world.queries.polls.get((made.poll_id if made else None) or "")
    if made is None or poll is None:
        raise bad_request("message with poll to stop not found")
    if poll.bot_id != request.bot.id:
        raise bad_request("poll can't be stopped")
    if poll.view["is_closed"]:
        raise bad_request("poll has already been closed")
    poll.view = poll.view | {"is_closed": True}
    inline, _ = check_markup(request.get("reply_markup"), chat)
    content: Json = {"poll": poll.view}
    if inline is not None:
        content["reply_markup"] = inline
    change(request.world, chat, made, content, drop=("reply_markup",))
    return poll.view
