"""What rules read: a message whose texts are joined, folded and searched once, however many rules look."""

from __future__ import annotations

from operator import attrgetter

from moderation.lexicon import Marks, find_marks
from moderation.model import Incoming
from moderation.text.fold import Folded, fold
from moderation.text.lazy import lazy
from moderation.text.urls import Link, address, links

# What a message has besides words. A rule that needs one of these is not asked about a message that has none.
FILES, ELSEWHERE, FACE, MEDIA, ENTITIES, STICKER, MARKS = (1 << place for place in range(7))
_entities_of = attrgetter("entities")


class Content:
    """A message together with the views rules share. Made once per message, dropped after the decision."""

    def __init__(self, message: Incoming) -> None:
        self.message = message
        self.notes: dict[str, frozenset[str]] = {}
        """What a rule found on the way, for others that ask the same."""

    @lazy
    def own(self) -> str:
        """Give what the author wrote, as written."""
        return self.message.own_text

    @lazy
    def folded(self) -> Folded:
        """Fold the author's own words."""
        return fold(self.own)

    @lazy
    def folded_all(self) -> Folded:
        """Everything a reader sees, folded."""
        text = self.message.all_text
        return self.folded if text == self.own else fold(text)

    @lazy
    def traits(self) -> int:
        """Tell which of `FILES`, `ELSEWHERE`, ... the message has, as bits."""
        message = self.message
        elsewhere = message.origin or message.external_reply or message.via_bot_id is not None
        face = message.author_name or message.author_username or message.sender_tag
        media = message.media or message.media_ids or message.unknown
        marked = any(map(_entities_of, message.passages))
        return (
            (FILES if message.files else 0)
            | (ELSEWHERE if elsewhere else 0)
            | (FACE if face else 0)
            | (MEDIA if media else 0)
            | (ENTITIES if marked else 0)
            | (STICKER if message.sticker_set else 0)
            | (MARKS if self.marks else 0)
        )

    @property
    def plain(self) -> str:
        """The author's own words in lower case, still readable."""
        return self.folded.plain

    @lazy
    def marks(self) -> Marks:
        """Entries of the lexicon in the author's own words; positions count in `folded.folded`."""
        return find_marks(self.folded)

    @lazy
    def links(self) -> tuple[Link, ...]:
        """Every address a reader could follow: written, hidden, in quotes, on buttons."""
        message = self.message
        if len(message.passages) == 1 and not message.button_urls:
            return links(message.passages[0].text, message.passages[0].entities)
        found = [
            link for passage in message.passages for link in links(passage.text, passage.entities)
        ]
        for url in message.button_urls:
            link = address(url, shown="")
            if link is not None:
                found.append(link)
        return tuple(found)
