"""Refusals: answers a person can get instead of what was asked."""

from __future__ import annotations

Fact = str | int


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A use case declines; the handler finds the words by `code`.

    `code` is `area.reason` (`roles.denied`); its text key is `refusal-area-reason`. Facts fill the text and hold no
    personal data, because refusals are logged by code and facts.
    """

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class AlreadyStored(Exception):  # noqa: N818 - a signal to the intake
    """The update's effects were committed before a crash; the handler must not act a second time."""


class Conflict(Exception):  # noqa: N818 - an expected race
    """Two writers met; the loser may load fresh facts and try again."""
