"""What a person sends."""

from typing import Any

from emulator.actors.base import Actor, Cannot, Where
from emulator.actors.seen import Seen
from emulator.methods.media import KINDS, file_content
from emulator.world.files import Upload
from emulator.world.forwarding import forwarded
from emulator.world.model import Chat, Json, Topic
from emulator.world.polls import make_poll
from emulator.world.posts import post

TopicRef = Topic | int | str | None


class Sending(Actor):
    """Text, files and the rest. `fields` are further parts of the Bot API Message, taken as they are."""

    def send(
        self,
        text: str,
        chat: Where = None,
        *,
        topic: TopicRef = None,
        reply_to: Seen | None = None,
        entities: list[Json] | None = None,
        as_chat: Chat | None = None,
        **fields: Any,
    ) -> Seen:
        """Write text; links, commands and so on are found as by Telegram."""
        content = self.text_fields(text, entities) | fields
        return self._put("text", content, chat, topic, reply_to, as_chat)

    def send_raw(
        self,
        content: Json,
        chat: Where = None,
        *,
        topic: TopicRef = None,
        reply_to: Seen | None = None,
        as_chat: Chat | None = None,
    ) -> Seen:
        """Send any content that the Bot API has a field for: a story, a checklist, paid media."""
        return self._put("text", content, chat, topic, reply_to, as_chat)

    def send_photo(
        self, chat: Where = None, *, caption: str = "", file: bytes = b"photo", **options: Any
    ) -> Seen:
        """Send a picture."""
        return self._file("photo", chat, caption, Upload("photo.jpg", file, "image/jpeg"), options)

    def send_document(
        self,
        chat: Where = None,
        *,
        caption: str = "",
        filename: str = "file.pdf",
        file: bytes = b"document",
        **options: Any,
    ) -> Seen:
        """Send a file under a name."""
        upload = Upload(filename, file, options.pop("mime", "application/pdf"))
        return self._file("document", chat, caption, upload, options)

    def send_video(self, chat: Where = None, *, caption: str = "", **options: Any) -> Seen:
        """Send a video."""
        return self._file("video", chat, caption, Upload("video.mp4", b"video"), options)

    def send_animation(self, chat: Where = None, *, caption: str = "", **options: Any) -> Seen:
        """Send a GIF."""
        return self._file("animation", chat, caption, Upload("gif.mp4", b"gif"), options)

    def send_voice(self, chat: Where = None, *, seconds: int = 5, **options: Any) -> Seen:
        """Send a voice message."""
        facts = {"duration": seconds}
        return self._file("voice", chat, "", Upload("voice.ogg", b"voice"), options, facts)

    def send_sticker(
        self, chat: Where = None, *, emoji: str = "🙂", set_name: str = "", **options: Any
    ) -> Seen:
        """Send a sticker."""
        facts: Json = {"emoji": emoji} | ({"set_name": set_name} if set_name else {})
        return self._file("sticker", chat, "", Upload("s.webp", b"sticker"), options, facts)

    def send_album(
        self, captions: list[str], chat: Where = None, *, kind: str = "photo", **options: Any
    ) -> list[Seen]:
        """Send an album with one file for each caption; most captions are empty."""
        shared = {"media_group_id": self.world.next_album_id()}
        return [
            self._file(
                kind,
                chat,
                caption,
                Upload(f"{number}.jpg", f"{kind} {number}".encode()),
                dict(options) | shared,
            )
            for number, caption in enumerate(captions)
        ]

    def send_contact(
        self,
        phone: str,
        first_name: str | None = None,
        chat: Where = None,
        *,
        own: bool = False,
        **options: Any,
    ) -> Seen:
        """Send a contact; `own` is the answer to a button that asks for her number."""
        contact: Json = {"phone_number": phone, "first_name": first_name or self.user.first_name}
        if own:
            contact["user_id"] = self.id
        return self._content("contact", {"contact": contact}, chat, options)

    def send_location(
        self, latitude: float, longitude: float, chat: Where = None, **options: Any
    ) -> Seen:
        """Send a point on the map."""
        location = {"latitude": latitude, "longitude": longitude}
        return self._content("location", {"location": location}, chat, options)

    def send_poll(
        self, question: str, options: list[str], chat: Where = None, **place: Any
    ) -> Seen:
        """Send an anonymous poll."""
        poll = make_poll(self.world, None, question, options, {"is_anonymous": True})
        seen = self._content("poll", {"poll": poll.view}, chat, place)
        poll.chat_id, poll.message_id = seen.chat.id, seen.message_id
        seen.post.poll_id = poll.id
        return seen

    def forward(self, message: Seen, chat: Where = None, **options: Any) -> Seen:
        """Pass a message on."""
        content = forwarded(self.world, message.chat, message.post)
        return self._content("text", content, chat, options)

    def _file(
        self,
        kind: str,
        chat: Where,
        caption: str,
        upload: Upload,
        options: dict[str, Any],
        facts: Json | None = None,
    ) -> Seen:
        stored = self.world.files.store(kind, upload)
        content = file_content(KINDS[kind], stored, facts or {})
        if facts:
            content[kind] = content[kind] | facts
        if caption:
            entities = options.pop("entities", None)
            content |= self.text_fields(caption, entities, "caption")
        return self._content(kind, content, chat, options)

    def _content(self, kind: str, content: Json, chat: Where, options: dict[str, Any]) -> Seen:
        topic = options.pop("topic", None)
        reply_to = options.pop("reply_to", None)
        as_chat = options.pop("as_chat", None)
        return self._put(kind, content | options, chat, topic, reply_to, as_chat)

    def _put(
        self,
        kind: str,
        content: Json,
        where: Where,
        topic: TopicRef,
        reply_to: Seen | None,
        as_chat: Chat | None,
    ) -> Seen:
        chat = self.chat_of(where)
        thread_id = self.topic_of(chat, topic)
        answered = None if reply_to is None else reply_to.post
        if thread_id is None and answered is not None and answered.view.get("is_topic_message"):
            thread_id = answered.view["message_thread_id"]
        if as_chat is None or as_chat is chat:
            self.require_write(chat, kind, thread_id)
        elif as_chat.id in chat.banned_sender_chats:
            raise Cannot("this channel is banned from the chat")
        if chat.is_private:
            self.user.started.add(chat.bot_id)
        made = post(
            self.world,
            chat,
            self.author_in(chat, as_chat),
            content,
            thread_id=thread_id,
            reply_to=answered,
        )
        self._note_command(chat, content)
        return Seen(chat, made, made.view)
