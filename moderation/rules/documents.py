"""Files that carry programs, or pretend not to."""

from __future__ import annotations

import re

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.model import File, Finding, Severity
from moderation.policy import DocumentPolicy

RULE = "documents"
PROGRAMS = frozenset(
    [
        "exe",
        "apk",
        "apks",
        "xapk",
        "scr",
        "bat",
        "cmd",
        "com",
        "pif",
        "msi",
        "msix",
        "jar",
        "js",
        "jse",
        "vbs",
        "vbe",
        "wsf",
        "wsh",
        "hta",
        "ps1",
        "psm1",
        "lnk",
        "reg",
        "dll",
        "sys",
        "iso",
        "img",
        "vhd",
        "dmg",
        "pkg",
        "deb",
        "rpm",
        "appimage",
        "ipa",
        "sh",
        "run",
        "cpl",
        "gadget",
        "inf",
        "url",
        "desktop",
        "docm",
        "dotm",
        "xlsm",
        "xltm",
        "pptm",
        "ppam",
        "xlam",
    ]
)
ARCHIVES = frozenset(
    ["zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "zst", "cab", "arj", "ace"]
)
PROGRAM_TYPES = frozenset({
    "application/vnd.android.package-archive", "application/x-msdownload", "application/x-msdos-program",
    "application/x-dosexec", "application/java-archive", "application/x-sh", "application/x-executable",
    "application/vnd.microsoft.portable-executable", "application/x-ms-shortcut", "application/hta",
})  # fmt: skip
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LOOKS = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|mp3|mp4|txt|heic|webp|mov|avi)[\s_.]*\.\w{1,8}$",
    re.IGNORECASE,
)


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: DocumentPolicy
) -> Finding | None:
    """Find the most dangerous file of the message."""
    del chat
    worst: Finding | None = None
    for file in content.message.files:
        found = _judge(file, author, policy)
        if found is not None and (worst is None or found.severity > worst.severity):
            worst = found
    return worst


def _judge(file: File, author: AuthorFacts, policy: DocumentPolicy) -> Finding | None:
    name = _BIDI.sub("", file.name).strip().rstrip(". ")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    facts = {"ending": ending or "-"}
    program = ending in PROGRAMS or file.mime in PROGRAM_TYPES
    if program and (_BIDI.search(file.name) or _LOOKS.search(name)):
        return Finding(RULE, Severity.HIDE, 0.99, "evidence-document-disguised", facts=facts)
    if program:
        return Finding(RULE, Severity.HIDE, 0.95, "evidence-document-program", facts=facts)
    if ending in ARCHIVES:
        known = author.is_staff or author.messages_before >= policy.newcomer_messages
        severity = Severity.REVIEW if known else Severity.HIDE
        return Finding(
            RULE, severity, 0.6, "evidence-document-archive", facts=facts, soft_first=True
        )
    return None
