"""Messages staff marked as spam or harmless: near copies get the same answer, nothing else changes.

A sample never moves the model's weights, so no number of wrong marks can poison it: the reach of a sample is its near
copies, and forgetting it undoes it. Finding costs the same for a thousand and a hundred thousand samples.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from moderation.text.shingles import Fingerprint, likeness

# Likeness from which a text is a copy of a sample. Source: docs/spam-model.md.
COPY = 0.6
# Pieces. A shorter text (a greeting) is nobody's campaign and counts only when equal.
LEAST_PIECES = 8
# Smallest numbers of a fingerprint under which samples are kept, and the most kept under one.
BANDS = 4
BAND_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Sample:
    """A marked message. `key` is the case's id: marking the same case again replaces the sample."""

    key: Hashable
    fingerprint: Fingerprint
    spam: bool


@dataclass(frozen=True, slots=True)
class Match:
    """The nearest sample and how alike the text is, 0..1."""

    sample: Sample
    likeness: float


class Samples:
    """Marked messages of one chat, in memory. Not safe to share between threads while learning."""

    def __init__(self) -> None:
        self._samples: dict[Hashable, Sample] = {}
        self._bands: dict[int, dict[Hashable, None]] = {}

    def __len__(self) -> int:
        return len(self._samples)

    def learn(self, sample: Sample) -> None:
        """Add a sample, in place of an earlier one with its key. An empty fingerprint is not kept."""
        self.forget(sample.key)
        if not sample.fingerprint:
            return
        self._samples[sample.key] = sample
        for band in sample.fingerprint[:BANDS]:
            keys = self._bands.setdefault(band, {})
            keys[sample.key] = None
            if len(keys) > BAND_DEPTH:
                del keys[next(iter(keys))]

    def forget(self, key: Hashable) -> bool:
        """Take a sample out; tell whether there was one."""
        sample = self._samples.pop(key, None)
        if sample is None:
            return False
        for band in sample.fingerprint[:BANDS]:
            keys = self._bands.get(band, {})
            keys.pop(key, None)
            if not keys:
                self._bands.pop(band, None)
        return True

    def nearest(self, fingerprint: Fingerprint) -> Match | None:
        """Find the sample this text is a copy of. Between equally near ones the harmless wins."""
        best: Match | None = None
        for sample in self._near(fingerprint):
            if len(fingerprint) < LEAST_PIECES:
                alike = float(fingerprint == sample.fingerprint)
            else:
                alike = likeness(fingerprint, sample.fingerprint)
            if alike < COPY:
                continue
            if best is None or (alike, not sample.spam) > (best.likeness, not best.sample.spam):
                best = Match(sample, alike)
        return best

    def _near(self, fingerprint: Fingerprint) -> Iterator[Sample]:
        seen: set[Hashable] = set()
        for band in fingerprint[:BANDS]:
            for key in self._bands.get(band, ()):
                if key not in seen:
                    seen.add(key)
                    yield self._samples[key]
