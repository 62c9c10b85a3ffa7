"""Lengths and offsets in UTF-16 code units, the measure of all Telegram limits on text."""

ASTRAL = 0xFFFF


def length(text: str) -> int:
    """Return the length of `text` in UTF-16 units."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, size: int) -> str:
    """Return the part of `text` at a UTF-16 offset."""
    if text.isascii():
        return text[offset : offset + size]
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[offset * 2 : (offset + size) * 2].decode("utf-16-le", "surrogatepass")


def units(char: str) -> int:
    """Return how many UTF-16 units one character takes."""
    return 2 if ord(char) > ASTRAL else 1
