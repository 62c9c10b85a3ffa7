"""Near copies of one text by several people: an index in memory, bounded, with the time handed in."""

from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.text.shingles import Fingerprint, likeness

# How long a text is remembered, and how alike two must be.
WINDOW = timedelta(hours=1)
ALIKE = 0.5
# Pieces. Greetings and thanks are shorter; everybody writes them.
LEAST_PIECES = 8
BANDS = 4
BAND_DEPTH = 16
# Bands kept; about 20 MB at most.
MOST_BANDS = 40_000


@dataclass(frozen=True, slots=True)
class _Seen:
    at: datetime
    author: int
    chat: int
    fingerprint: Fingerprint


class CampaignIndex:
    """Texts of the last hour by their fingerprints, in all chats of the school."""

    def __init__(self, window: timedelta = WINDOW, most_bands: int = MOST_BANDS) -> None:
        self._window = window
        self._most_bands = most_bands
        self._bands: OrderedDict[int, deque[_Seen]] = OrderedDict()

    def observe(self, fingerprint: Fingerprint, author: int, chat: int, at: datetime) -> int:
        """Remember a text and count the other authors of near copies within the window before `at`."""
        if len(fingerprint) < LEAST_PIECES:
            return 0
        seen = _Seen(at, author, chat, fingerprint)
        others: set[int] = set()
        for band in fingerprint[:BANDS]:
            copies = self._bands.get(band)
            if copies is None:
                copies = self._bands[band] = deque(maxlen=BAND_DEPTH)
            self._bands.move_to_end(band)
            others.update(
                one.author
                for one in copies
                if one.author not in others
                and at - one.at < self._window
                and likeness(one.fingerprint, fingerprint) >= ALIKE
            )
            copies.append(seen)
        while len(self._bands) > self._most_bands:
            self._bands.popitem(last=False)
        others.discard(author)
        return len(others)
