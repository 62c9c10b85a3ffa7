"""Give the model's margins a meaning: how rarely a harmless text scores so high.

Two anchors fix a logistic curve. The score of 0.5 (a person looks) stands where five harmless texts of a thousand lie
above in the worst domain, 0.9 (hidden) where one of a thousand does; both on texts the model had not seen. A curve
instead of steps keeps every two texts comparable.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from moderation.spam.corpus import Example

# Shares of harmless texts above an anchor, and the score given to the anchor.
REVIEW_SHARE = 0.005
HIDE_SHARE = 0.001
REVIEW_SCORE = 0.5
HIDE_SCORE = 0.9
# Margin units. Anchors closer than this come from a tiny corpus; the curve stays gentle.
LEAST_DISTANCE = 0.05
# Our own samples are hard on purpose and few; they are no measure of how people write.
LEFT_OUT = frozenset(("own",))
# Texts. A domain with fewer cannot show such a share.
LEAST_TEXTS = 200


@dataclass(frozen=True, slots=True)
class Anchors:
    """Margins of the two anchors, in the worst domain."""

    review: float
    hide: float

    @property
    def slope(self) -> float:
        """Steepness of the logistic curve, per margin unit."""
        return (_logit(HIDE_SCORE) - _logit(REVIEW_SCORE)) / max(
            self.hide - self.review, LEAST_DISTANCE
        )

    @property
    def shift(self) -> float:
        """Offset of the logistic curve."""
        return _logit(REVIEW_SCORE) - self.slope * self.review

    def limits(self) -> dict[str, float]:
        """Name the two margins."""
        return {"review": self.review, "hide": self.hide}


def anchors(examples: Sequence[Example], margins: Sequence[float]) -> Anchors:
    """Find the anchors: for each share the highest limit any domain of harmless texts asks for."""
    domains: dict[str, list[float]] = {}
    for example, margin in zip(examples, margins, strict=True):
        if not example.spam and example.source not in LEFT_OUT:
            domains.setdefault(example.source, []).append(margin)
    large = [values for values in domains.values() if len(values) >= LEAST_TEXTS] or list(
        domains.values()
    )
    return Anchors(
        review=max(limit(values, REVIEW_SHARE) for values in large),
        hide=max(limit(values, HIDE_SHARE) for values in large),
    )


def limit(margins: Sequence[float], share: float) -> float:
    """Give the margin that at most this share of the texts exceed."""
    return sorted(margins, reverse=True)[int(len(margins) * share)]


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))
