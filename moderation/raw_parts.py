"""Where texts and media stand in a Bot API Message object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from moderation.model import Passage, Source
from moderation.text.entities import Entity

Json = Mapping[str, Any]

MEDIA = (
    "animation", "audio", "document", "live_photo", "paid_media", "photo", "sticker", "story", "video", "video_note",
    "voice", "contact", "dice", "game", "poll", "venue", "location", "checklist", "invoice", "giveaway",
    "giveaway_winners", "gift", "unique_gift", "rich_message", "reply_to_story",
)  # fmt: skip
SERVICE = (
    "new_chat_members", "left_chat_member", "chat_owner_left", "chat_owner_changed", "new_chat_title",
    "new_chat_photo", "delete_chat_photo", "group_chat_created", "supergroup_chat_created", "channel_chat_created",
    "message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message",
    "successful_payment", "refunded_payment", "users_shared", "chat_shared", "gift_upgrade_sent",
    "connected_website", "write_access_allowed", "passport_data", "proximity_alert_triggered", "boost_added",
    "chat_background_set", "checklist_tasks_done", "checklist_tasks_added", "community_chat_added",
    "community_chat_joined", "community_chat_removed", "direct_message_price_changed", "forum_topic_created",
    "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden",
    "general_forum_topic_unhidden", "giveaway_created", "giveaway_completed", "managed_bot_created",
    "paid_message_price_changed", "poll_option_deleted", "suggested_post_approved",
    "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded",
    "video_chat_scheduled", "video_chat_started", "video_chat_ended", "video_chat_participants_invited",
    "web_app_data",
)  # fmt: skip
_PLAIN = (
    "message_id", "message_thread_id", "direct_messages_topic", "from", "sender_chat", "sender_boost_count",
    "sender_business_bot", "sender_tag", "receiver_user", "ephemeral_message_id", "date", "guest_query_id",
    "business_connection_id", "chat", "forward_origin", "is_topic_message", "is_automatic_forward",
    "reply_to_message", "external_reply", "quote", "reply_to_checklist_task_id", "reply_to_poll_option_id", "via_bot",
    "guest_bot_caller_user", "guest_bot_caller_chat", "edit_date", "has_protected_content", "is_from_offline",
    "is_paid_post", "media_group_id", "author_signature", "paid_star_count", "text", "entities",
    "link_preview_options", "suggested_post_info", "effect_id", "caption", "caption_entities",
    "show_caption_above_media", "has_media_spoiler", "poll_option_added", "reply_markup", "author", "update_id",
    "forward_from", "forward_from_chat", "forward_date", "forward_sender_name", "forward_from_message_id",
    "forward_signature", "id", "label",
)  # fmt: skip
KNOWN = frozenset((*MEDIA, *SERVICE, *_PLAIN))
"""Every field of Bot API 10.3; anything else is content of a later version."""

_FILES = ("animation", "audio", "document", "photo", "sticker", "video", "video_note", "voice")
_FILE_FIELDS = frozenset(_FILES)
_RICH_DEPTH = 12


def passages_of(obj: Json) -> tuple[Passage, ...]:
    """Collect every text a reader sees, wherever it stood."""
    found: list[Passage] = []
    for name, marks, source in (
        ("text", "entities", Source.TEXT),
        ("caption", "caption_entities", Source.CAPTION),
    ):
        if isinstance(obj.get(name), str):
            found.append(Passage(source, obj[name], entities_of(obj.get(marks))))
    if not obj.keys().isdisjoint(_WORDY):
        found.extend(_poll(obj))
        found.extend(_lists(obj))
        found.extend(_titled(obj))
    quote = obj.get("quote")
    if isinstance(quote, dict) and isinstance(quote.get("text"), str):
        found.append(
            Passage(Source.QUOTE, quote["text"], entities_of(quote.get("entities")), own=False)
        )
    found.extend(_buttons(obj))
    return tuple(found)


def entities_of(raw: object) -> tuple[Entity, ...]:
    """Read message entities; broken ones are left out."""
    found = []
    for item in raw if isinstance(raw, list) else ():
        if not isinstance(item, dict) or not isinstance(item.get("type"), str):
            continue
        offset, length = item.get("offset"), item.get("length")
        if isinstance(offset, int) and isinstance(length, int):
            user = item.get("user")
            found.append(
                Entity(
                    item["type"],
                    offset,
                    length,
                    url=item["url"] if isinstance(item.get("url"), str) else None,
                    user=user.get("id") if isinstance(user, dict) else None,
                )
            )
    return tuple(found)


def media_ids(obj: Json) -> tuple[str, ...]:
    """List the unique ids of attached files; of a photo, the largest size."""
    if obj.keys().isdisjoint(_FILE_FIELDS):
        return ()
    found = []
    for name in _FILES:
        part = obj.get(name)
        if isinstance(part, list) and part:
            part = part[-1]
        if isinstance(part, dict) and isinstance(part.get("file_unique_id"), str):
            found.append(part["file_unique_id"])
    return tuple(found)


def _poll(obj: Json) -> Iterator[Passage]:
    poll = obj.get("poll")
    if isinstance(poll, dict):
        for name in ("question", "description", "explanation"):
            if isinstance(poll.get(name), str) and poll[name]:
                yield Passage(Source.POLL, poll[name], entities_of(poll.get(f"{name}_entities")))
        for option in _list(poll.get("options")):
            yield from _option(option)
    added = obj.get("poll_option_added")
    if isinstance(added, dict):
        text = added.get("option_text") or added.get("text")
        if isinstance(text, str):
            yield Passage(Source.POLL, text, entities_of(added.get("option_text_entities")))


def _option(option: object) -> Iterator[Passage]:
    if isinstance(option, dict) and isinstance(option.get("text"), str):
        by = option.get("added_by_user") or option.get("added_by_chat")
        author = by.get("id") if isinstance(by, dict) else None
        yield Passage(
            Source.POLL,
            option["text"],
            entities_of(option.get("text_entities")),
            own=author is None,
            author_id=author,
        )


def _lists(obj: Json) -> Iterator[Passage]:
    checklist = obj.get("checklist")
    if isinstance(checklist, dict):
        if isinstance(checklist.get("title"), str):
            yield Passage(
                Source.CHECKLIST, checklist["title"], entities_of(checklist.get("title_entities"))
            )
        for task in _list(checklist.get("tasks")):
            if isinstance(task, dict) and isinstance(task.get("text"), str):
                yield Passage(
                    Source.CHECKLIST, task["text"], entities_of(task.get("text_entities"))
                )
    rich = obj.get("rich_message")
    if rich is not None:
        text = "\n".join(_rich(rich, 0))
        if text:
            yield Passage(Source.RICH, text)


def _rich(node: object, depth: int) -> Iterable[str]:
    """Every text of a rich message, in order, whatever blocks later versions invent."""
    if depth > _RICH_DEPTH:
        return
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in {
                "type",
                "id",
                "language",
                "custom_emoji_id",
                "file_id",
                "file_unique_id",
                "style",
            }:
                yield from _rich(value, depth + 1)
    elif isinstance(node, list):
        for item in node:
            yield from _rich(item, depth + 1)


def _titled(obj: Json) -> Iterator[Passage]:
    for name, (fields, source) in _TITLES.items():
        part = obj.get(name)
        if isinstance(part, dict):
            for field in fields:
                if isinstance(part.get(field), str) and part[field]:
                    yield Passage(source, part[field])


_TITLES = {
    "document": (("file_name",), Source.DOCUMENT),
    "audio": (("title", "performer", "file_name"), Source.DOCUMENT),
    "video": (("file_name",), Source.DOCUMENT),
    "game": (("title", "description", "text"), Source.OTHER),
    "invoice": (("title", "description"), Source.OTHER),
    "giveaway": (("prize_description",), Source.OTHER),
    "venue": (("title",), Source.OTHER),
    "gift": (("text",), Source.OTHER),
}
"""Parts of a message that carry words, with their fields and the source they count as."""
_WORDY = frozenset((*_TITLES, "poll", "poll_option_added", "checklist", "rich_message"))


def buttons_of(obj: Json) -> Iterator[Json]:
    """Yield the inline buttons; broken rows are left out."""
    markup = obj.get("reply_markup")
    for row in _list(markup.get("inline_keyboard") if isinstance(markup, dict) else None):
        for button in _list(row):
            if isinstance(button, dict):
                yield button


def _buttons(obj: Json) -> Iterator[Passage]:
    for button in buttons_of(obj):
        if isinstance(button.get("text"), str):
            yield Passage(Source.BUTTON, button["text"], own=False)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
