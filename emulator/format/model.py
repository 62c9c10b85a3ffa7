"""What the parsers share."""

from typing import Any

Entity = dict[str, Any]


class ParseError(Exception):
    """Text that cannot be parsed; the message is Telegram's, without its prefix."""
