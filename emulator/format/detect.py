"""Entities that Telegram finds by itself: links, mentions, hashtags, commands, addresses, phone numbers."""

import re

from emulator.format.model import Entity
from emulator.format.utf16 import length

DOMAINS = (
    "com|org|net|info|biz|io|me|dev|app|ru|рф|su|by|kz|ua|uz|am|ge|de|fr|uk|us|eu|cn|in|tv|cc|co|ai|gg|ly|to|"
    "xyz|site|online|shop|store|club|pro|top|live|link|page|blog|school|academy|education|edu|gov|media|news|"
    "ws|mobi|name|tech|space|website|fun|moscow|москва|дети|онлайн|сайт|example|casino|bet|games|click|icu|vip"
)
WORD = r"[^\W_]"
HOST = rf"(?:{WORD}(?:[\w-]*{WORD})?\.)+"
PATTERNS = (
    (
        "email",
        "@",
        re.compile(rf"(?<![\w.+-])[\w.+-]+@(?:[A-Za-z0-9-]+\.)+(?:{DOMAINS})\b", re.IGNORECASE),
    ),
    (
        "url",
        ".",
        re.compile(
            rf"(?<![\w@./-])(?:(?:https?|ftp|tg|ton)://[^\s<>«»\"]+|{HOST}(?:{DOMAINS})(?![\w-])(?::\d+)?"
            r"(?:[/?#][^\s<>«»\"]*)?)",
            re.IGNORECASE,
        ),
    ),
    ("mention", "@", re.compile(r"(?<![\w/])@[A-Za-z]\w{2,31}(?!\w)", re.ASCII)),
    ("hashtag", "#", re.compile(r"(?<!\w)#(?=\w*[^\W\d])\w{1,256}")),
    ("cashtag", "$", re.compile(r"(?<!\w)\$[A-Z]{1,8}(?!\w)")),
    ("bot_command", "/", re.compile(r"(?<![\w/<])/\w{1,64}(?:@\w{3,32})?(?![\w/@])", re.ASCII)),
    ("phone_number", "+", re.compile(r"(?<![\w+])\+\d[\d() -]{8,16}\d(?!\w)")),
)
HINT = re.compile(r"[.@#$/+]")
TRAILING = ".,:;!?)]}'\""
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "url", "email", "mention"})


def detect(text: str, known: list[Entity]) -> list[Entity]:
    """Return the entities found in `text` outside of those that are already there and take no others in."""
    if not HINT.search(text):
        return []
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in known
        if entity["type"] in OPAQUE
    ]
    found: list[Entity] = []
    for kind, sign, pattern in PATTERNS:
        if sign not in text:
            continue
        for match in pattern.finditer(text):
            words = match.group().rstrip(TRAILING) if kind == "url" else match.group()
            start = length(text[: match.start()])
            end = start + length(words)
            if not any(start < stop and begin < end for begin, stop in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return found
