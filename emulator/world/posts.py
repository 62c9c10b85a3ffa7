"""Messages: how they come to stand in a chat, change and go, and which bots hear of it."""

from dataclasses import dataclass

from emulator.world.model import GENERAL_TOPIC, Bot, Chat, Json, Post, User
from emulator.world.world import World


@dataclass(frozen=True, slots=True)
class Author:
    """Who a message is from: a user, who may write as a chat (anonymous admin, channel)."""

    user: User
    sender_chat: Chat | None = None
    signature: str | None = None
    is_bot: bool = False


def new_message_id(world: World, chat: Chat) -> int:
    """Return the next id: per chat in supergroups and channels, per bot over its private chats."""
    if chat.is_private:
        bot = world.bots[chat.bot_id]
        bot.last_message_id += 1
        return bot.last_message_id
    chat.last_message_id += 1
    return chat.last_message_id


def author_fields(world: World, chat: Chat, author: Author) -> Json:
    """Return `from`, `sender_chat` and what goes with them."""
    if chat.type == "channel":
        fields: Json = {"sender_chat": chat.card()}
        if author.signature:
            fields["author_signature"] = author.signature
        return fields
    if author.sender_chat is None:
        fields = {"from": author.user.card()}
        member = chat.members.get(author.user.id)
        if member is not None and (tag := member.custom_title or member.tag):
            fields["sender_tag"] = tag
        return fields
    shown = world.anonymous if author.sender_chat is chat else world.channel_bot
    if author.user.id == world.service.id:
        shown = world.service
    fields = {"from": shown.card(), "sender_chat": author.sender_chat.card()}
    if author.signature:
        fields["author_signature"] = author.signature
    return fields


def quoted(post: Post) -> Json:
    """Return a message as it stands inside another: without what it itself answers."""
    return {name: value for name, value in post.view.items() if name != "reply_to_message"}


def place_fields(chat: Chat, thread_id: int | None, reply_to: Post | None) -> Json:
    """Return the thread, the topic mark and the message answered to.

    A message in a topic that answers nothing carries the message that opened the topic; an answer outside topics
    carries the thread of its root.
    """
    fields: Json = {}
    in_topic = chat.is_forum and thread_id is not None and thread_id != GENERAL_TOPIC
    if in_topic:
        fields["message_thread_id"] = thread_id
        fields["is_topic_message"] = True
    elif reply_to is not None and chat.type == "supergroup":
        fields["message_thread_id"] = reply_to.view.get("message_thread_id", reply_to.id)
    elif thread_id is not None and thread_id != GENERAL_TOPIC:
        fields["message_thread_id"] = thread_id
        if chat.is_private:
            fields["is_topic_message"] = True
    shown = reply_to
    if shown is None and in_topic and thread_id is not None:
        shown = chat.posts.get(thread_id)
    if shown is not None:
        fields["reply_to_message"] = quoted(shown)
    return fields


def post(
    world: World,
    chat: Chat,
    author: Author,
    content: Json,
    *,
    thread_id: int | None = None,
    reply_to: Post | None = None,
    is_service: bool = False,
    message_id: int | None = None,
    prompt: Json | None = None,
) -> Post:
    """Put a message into a chat and tell whoever must hear of it."""
    view: Json = {
        "message_id": message_id or new_message_id(world, chat),
        **author_fields(world, chat, author),
        "chat": chat.card(),
        "date": world.now(),
        **place_fields(chat, thread_id, reply_to),
        **content,
    }
    made = Post(
        view, author.user.id, sent_by_bot=author.is_bot, is_service=is_service, prompt=prompt
    )
    chat.posts[made.id] = made
    if author.is_bot and not is_service:
        world.arrived(author.user.id, chat, view, chat.id if chat.is_private else None, prompt)
    announce(world, chat, made)
    if chat.linked_chat_id is not None and chat.type == "channel" and not is_service:
        _mirror(world, chat, made)
    return made


def _mirror(world: World, channel: Chat, made: Post) -> None:
    """Put a channel's post into its discussion group, as Telegram's service account does."""
    group = world.chats.get(channel.linked_chat_id or 0)
    if group is None:
        return
    origin: Json = {
        "type": "channel",
        "date": made.view["date"],
        "chat": channel.card(),
        "message_id": made.id,
    }
    if signature := made.view.get("author_signature"):
        origin["author_signature"] = signature
    own = ("message_id", "sender_chat", "chat", "date", "author_signature", "reply_to_message")
    content = {name: value for name, value in made.view.items() if name not in own}
    content |= {"is_automatic_forward": True, "forward_origin": origin}
    post(world, group, Author(world.service, sender_chat=channel), content)


def announce(world: World, chat: Chat, made: Post, *, edited: bool = False) -> None:
    """Queue the message for every bot that may see it."""
    if made.sent_by_bot and not made.is_service:
        return
    kind = "channel_post" if chat.type == "channel" else "message"
    for bot in world.bots_in(chat):
        if sees(chat, bot, made):
            world.publish(bot, f"edited_{kind}" if edited else kind, made.view)


def sees(chat: Chat, bot: Bot, made: Post) -> bool:
    """Say whether a bot of the chat gets this message: privacy mode hides what is not meant for it."""
    if chat.is_private or made.is_service:
        return True
    member = chat.members[bot.id]
    if chat.type == "channel":
        return member.is_admin
    if bot.sees_all_messages or member.is_admin:
        return True
    text = made.view.get("text") or made.view.get("caption") or ""
    if text.startswith("/"):
        target = text.split()[0].partition("@")[2]
        return not target or target.lower() == (bot.username or "").lower()
    answered = made.view.get("reply_to_message", {}).get("from", {}).get("id")
    return answered == bot.id or f"@{bot.username}" in text


def change(
    world: World, chat: Chat, made: Post, content: Json, *, drop: tuple[str, ...] = ()
) -> Json:
    """Replace parts of a message, date the edit, and tell bots if a person did it. Returns the message.

    Updates that wait in a queue keep the earlier form: a view is replaced, never changed.
    """
    kept = {name: value for name, value in made.view.items() if name not in drop}
    made.view = kept | content | {"edit_date": world.now()}
    if made.sent_by_bot:
        world.arrived(made.author_id, chat, made.view, chat.id if chat.is_private else None)
    announce(world, chat, made, edited=True)
    return made.view


def remove(chat: Chat, made: Post) -> None:
    """Delete a message for everybody. No bot is told, as in Telegram."""
    chat.posts.pop(made.id, None)
    if made.id in chat.pinned:
        chat.pinned.remove(made.id)


def pin(world: World, chat: Chat, author: Author, made: Post) -> None:
    """Pin a message on top of the others; the service message stands in the same topic."""
    if made.id in chat.pinned:
        chat.pinned.remove(made.id)
    chat.pinned.append(made.id)
    thread_id = made.view["message_thread_id"] if made.view.get("is_topic_message") else None
    service(world, chat, author, {"pinned_message": quoted(made)}, thread_id=thread_id)


def service(
    world: World,
    chat: Chat,
    author: Author,
    content: Json,
    *,
    thread_id: int | None = None,
    reply_to: Post | None = None,
    message_id: int | None = None,
) -> Post:
    """Put a service message into a chat."""
    return post(
        world,
        chat,
        author,
        content,
        thread_id=thread_id,
        reply_to=reply_to,
        is_service=True,
        message_id=message_id,
    )
