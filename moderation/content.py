"""What rules read: a message whose texts are joined, folded and searched once, however many rules look."""

from __future__ import annotations

from functools import cached_property

from moderation.lexicon import Marks, find_marks
from moderation.model import Incoming
from moderation.text.fold import Folded, fold
from moderation.text.urls import Link, address, links


class Content:
    """A message together with the views rules share. Made once per message, dropped after the decision."""

    def __init__(self, message: Incoming) -> None:
        self.message = message
        self.notes: dict[str, frozenset[str]] = {}
        """What a rule found on the way, for others that ask the same."""

    @cached_property
    def own(self) -> str:
        """What the author wrote, as written."""
        return self.message.own_text

    @cached_property
    def folded(self) -> Folded:
        """The author's own words, folded."""
        return fold(self.own)

    @cached_property
    def folded_all(self) -> Folded:
        """Everything a reader sees, folded."""
        text = self.message.all_text
        return self.folded if text == self.own else fold(text)

    @property
    def plain(self) -> str:
        """The author's own words in lower case, still readable."""
        return self.folded.plain

    @cached_property
    def marks(self) -> Marks:
        """Entries of the lexicon in the author's own words; positions count in `folded.folded`."""
        return find_marks(self.folded)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every address a reader could follow: written, hidden, in quotes, on buttons."""
        message = self.message
        found = [
            link for passage in message.passages for link in links(passage.text, passage.entities)
        ]
        for url in message.button_urls:
            link = address(url, shown="")
            if link is not None:
                found.append(link)
        return tuple(found)
