"""What may be wrong with an event, as the sender is told."""

from __future__ import annotations


class Wrong(Exception):  # noqa: N818 - it says what is wrong
    """An event breaks the protocol or its schema. `code` and `field` name it; the value itself is never repeated."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.field = field

    @property
    def error(self) -> str:
        """One word for the log and for `opora events list`."""
        return f"{self.code} {self.field}".strip()[:80]
