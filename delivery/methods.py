"""Translate an effect into a Telegram method."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from aiogram import types
from aiogram.methods import (
    ApproveChatJoinRequest,
    BanChatMember,
    BanChatSenderChat,
    CloseForumTopic,
    CopyMessage,
    CreateForumTopic,
    DeclineChatJoinRequest,
    DeleteAllMessageReactions,
    DeleteMessages,
    EditMessageReplyMarkup,
    EditMessageText,
    PinChatMessage,
    ReopenForumTopic,
    RestrictChatMember,
    SendDocument,
    SendMessage,
    SendPhoto,
    SetChatMemberTag,
    TelegramMethod,
    UnbanChatMember,
    UnbanChatSenderChat,
)

from core.effects import Kind
from core.outgoing import OutboxRow
from delivery.render import Words

SHORTEST = timedelta(seconds=40)
LONGEST = timedelta(days=365)
"""Telegram takes less than 30 seconds and more than 366 days as for ever; both ends keep a margin."""
NOT_A_PREVIEW = types.LinkPreviewOptions(is_disabled=True)

_ALL_RIGHTS = types.ChatPermissions(
    can_send_messages=True,
    can_send_audios=True,
    can_send_documents=True,
    can_send_photos=True,
    can_send_videos=True,
    can_send_video_notes=True,
    can_send_voice_notes=True,
    can_send_polls=True,
    can_send_other_messages=True,
    can_add_web_page_previews=True,
    can_react_to_messages=True,
    can_invite_users=True,
)
"""What an ordinary member may do; Telegram cuts it down to the group's own permissions."""
_NO_RIGHTS = types.ChatPermissions(
    can_send_messages=False,
    can_send_audios=False,
    can_send_documents=False,
    can_send_photos=False,
    can_send_videos=False,
    can_send_video_notes=False,
    can_send_voice_notes=False,
    can_send_polls=False,
    can_send_other_messages=False,
    can_add_web_page_previews=False,
    can_react_to_messages=False,
    can_invite_users=False,
)


def as_method(
    row: OutboxRow, chat: int, words: Words | None, now: datetime, original: int | None = None
) -> TelegramMethod[Any]:
    """Make the call for a row. `words` come with kinds that speak, `original` with those about an earlier message.

    ValueError: facts of the effect do not suffice.
    """
    if row.kind in _SPEAKING:
        if words is None:
            message = f"{row.kind} without words"
            raise ValueError(message)
        return _SPEAKING[row.kind](row, chat, words, original)
    return _SILENT[row.kind](row, chat, now, original)


def message(
    row: OutboxRow, chat: int, words: Words, topic: int | None = None
) -> TelegramMethod[Any]:
    """Make a message, with a photo when the words bring one."""
    reply = _reply(row)
    markup = keyboard(words)
    if words.photo:
        return SendPhoto(
            chat_id=chat,
            message_thread_id=topic,
            photo=words.photo,
            caption=words.html,
            parse_mode="HTML",
            reply_markup=markup,
            reply_parameters=reply,
        )
    return SendMessage(
        chat_id=chat,
        message_thread_id=topic,
        text=words.html,
        parse_mode="HTML",
        reply_markup=markup,
        reply_parameters=reply,
        disable_notification=True if row.facts.get("silent") else None,
        link_preview_options=NOT_A_PREVIEW,
    )


def ephemeral(row: OutboxRow, chat: int, words: Words) -> SendMessage:
    """Make a group message that one member alone sees."""
    return SendMessage(
        chat_id=chat,
        message_thread_id=row.topic,
        text=words.html,
        parse_mode="HTML",
        reply_markup=keyboard(words),
        ephemeral_message_parameters=types.EphemeralMessageParameters(
            receiver_user_id=row.facts["user_id"]
        ),
    )


def keyboard(words: Words) -> types.InlineKeyboardMarkup | None:
    """Make the inline keyboard."""
    if not words.keyboard:
        return None
    return types.InlineKeyboardMarkup(
        inline_keyboard=[
            [
                types.InlineKeyboardButton(text=button.label, url=button.url)
                if button.url
                else types.InlineKeyboardButton(text=button.label, callback_data=button.data)
                for button in line
            ]
            for line in words.keyboard
        ]
    )


def until(facts: Mapping[str, Any], now: datetime) -> datetime | None:
    """Read `until` (ISO) or `seconds` and keep it where Telegram understands it; None is for ever."""
    if facts.get("until") is not None:
        wanted = datetime.fromisoformat(facts["until"])
    elif facts.get("seconds") is not None:
        wanted = now + timedelta(seconds=facts["seconds"])
    else:
        return None
    return min(max(wanted, now + SHORTEST), now + LONGEST)


def _reply(row: OutboxRow) -> types.ReplyParameters | None:
    target = row.facts.get("reply_to")
    if target is None:
        return None
    return types.ReplyParameters(message_id=target, allow_sending_without_reply=True)


def _edit(row: OutboxRow, chat: int, words: Words, original: int | None) -> TelegramMethod[Any]:
    number = _original(row, original)
    if row.facts.get("only_buttons"):
        return EditMessageReplyMarkup(chat_id=chat, message_id=number, reply_markup=keyboard(words))
    return EditMessageText(
        chat_id=chat,
        message_id=number,
        text=words.html,
        parse_mode="HTML",
        reply_markup=keyboard(words),
        link_preview_options=NOT_A_PREVIEW,
    )


def _document(row: OutboxRow, chat: int, words: Words, _original: int | None) -> SendDocument:
    facts = row.facts
    document: str | types.BufferedInputFile = facts.get("file_id") or types.BufferedInputFile(
        base64.b64decode(facts["base64"]), filename=facts["file_name"]
    )
    return SendDocument(
        chat_id=chat,
        message_thread_id=row.topic,
        document=document,
        caption=words.html,
        parse_mode="HTML",
    )


def _original(row: OutboxRow, original: int | None) -> int:
    number = original if original is not None else row.facts.get("message_id")
    if number is None:
        reason = f"{row.kind} without a message"
        raise ValueError(reason)
    return int(number)


def _delete(row: OutboxRow, chat: int, _now: datetime, original: int | None) -> DeleteMessages:
    ids = row.facts.get("message_ids") or [_original(row, original)]
    return DeleteMessages(chat_id=chat, message_ids=list(ids)[:100])


def _restrict(row: OutboxRow, chat: int, now: datetime, _: int | None) -> RestrictChatMember:
    return RestrictChatMember(
        chat_id=chat,
        user_id=row.facts["user_id"],
        permissions=_NO_RIGHTS,
        use_independent_chat_permissions=True,
        until_date=until(row.facts, now),
    )


def _unrestrict(row: OutboxRow, chat: int, _now: datetime, _: int | None) -> RestrictChatMember:
    return RestrictChatMember(
        chat_id=chat,
        user_id=row.facts["user_id"],
        permissions=_ALL_RIGHTS,
        use_independent_chat_permissions=True,
    )


def _ban(row: OutboxRow, chat: int, now: datetime, _: int | None) -> BanChatMember:
    return BanChatMember(
        chat_id=chat,
        user_id=row.facts["user_id"],
        until_date=until(row.facts, now),
        revoke_messages=row.facts.get("revoke_messages"),
    )


def _unban(row: OutboxRow, chat: int, _now: datetime, _: int | None) -> UnbanChatMember:
    """Without `only_if_banned` Telegram would also remove a member who is not banned."""
    return UnbanChatMember(chat_id=chat, user_id=row.facts["user_id"], only_if_banned=True)


_SPEAKING: Mapping[Kind, Callable[..., TelegramMethod[Any]]] = {
    Kind.MESSAGE: lambda row, chat, words, _: message(row, chat, words, row.topic),
    Kind.NOTICE: lambda row, chat, words, _: message(row, chat, words, row.topic),
    Kind.EDIT: _edit,
    Kind.DOCUMENT: _document,
}
SPEAKING = frozenset(_SPEAKING)
"""Kinds whose `content` is rendered."""

_SILENT: Mapping[Kind, Callable[..., TelegramMethod[Any]]] = {
    Kind.DELETE: _delete,
    Kind.RESTRICT: _restrict,
    Kind.UNRESTRICT: _unrestrict,
    Kind.BAN: _ban,
    Kind.UNBAN: _unban,
    Kind.BAN_SENDER_CHAT: lambda row, chat, *_: BanChatSenderChat(
        chat_id=chat, sender_chat_id=row.facts["sender_chat_id"]
    ),
    Kind.UNBAN_SENDER_CHAT: lambda row, chat, *_: UnbanChatSenderChat(
        chat_id=chat, sender_chat_id=row.facts["sender_chat_id"]
    ),
    Kind.DELETE_REACTIONS: lambda row, chat, *_: DeleteAllMessageReactions(
        chat_id=chat, user_id=row.facts.get("user_id"), actor_chat_id=row.facts.get("actor_chat_id")
    ),
    Kind.APPROVE_JOIN: lambda row, chat, *_: ApproveChatJoinRequest(
        chat_id=chat, user_id=row.facts["user_id"]
    ),
    Kind.DECLINE_JOIN: lambda row, chat, *_: DeclineChatJoinRequest(
        chat_id=chat, user_id=row.facts["user_id"]
    ),
    Kind.COPY: lambda row, chat, *_: CopyMessage(
        chat_id=chat,
        message_thread_id=row.topic,
        from_chat_id=row.facts["from_chat"],
        message_id=row.facts["message_id"],
        reply_parameters=_reply(row),
    ),
    Kind.PIN: lambda row, chat, _now, original: PinChatMessage(
        chat_id=chat, message_id=_original(row, original), disable_notification=True
    ),
    Kind.TAG: lambda row, chat, *_: SetChatMemberTag(
        chat_id=chat, user_id=row.facts["user_id"], tag=row.facts.get("tag") or ""
    ),
    Kind.CREATE_TOPIC: lambda row, chat, *_: CreateForumTopic(
        chat_id=chat, name=row.facts["name"], icon_color=row.facts.get("icon_color")
    ),
    Kind.CLOSE_TOPIC: lambda row, chat, *_: CloseForumTopic(
        chat_id=chat, message_thread_id=row.topic
    ),
    Kind.REOPEN_TOPIC: lambda row, chat, *_: ReopenForumTopic(
        chat_id=chat, message_thread_id=row.topic
    ),
}
