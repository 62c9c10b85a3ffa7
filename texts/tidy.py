"""Keep a Fluent file in order: keys alphabetised inside each section, a comment staying with its key.

A section starts at a comment that stands alone (a blank line after it); the file's own head is the first.
"""

from __future__ import annotations

import re

_KEY = re.compile(r"^(-?[a-zA-Z][\w-]*)\s*=")


def alphabetised(source: str) -> str:
    """Sort the entries of every section by key; the result of a sorted file is the file itself."""
    blocks: list[str] = []
    entries: list[tuple[str, str]] = []
    comment: list[str] = []
    current: list[str] = []

    def close_entry() -> None:
        if current:
            key = next(m.group(1) for line in current if (m := _KEY.match(line)))
            entries.append((key, "".join(current).rstrip() + "\n"))
            current.clear()

    def close_section() -> None:
        close_entry()
        blocks.extend(text for _, text in sorted(entries))
        entries.clear()

    lines = source.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.startswith("#"):
            close_entry()
            comment.append(line)
        elif _KEY.match(line):
            close_entry()
            current.extend([*comment, line])
            comment.clear()
        elif comment and not line.strip():
            close_section()
            blocks.append(("\n" if blocks else "") + "".join(comment) + "\n")
            comment.clear()
        elif current:
            if not line.strip() and _starts_entry(lines, number + 1):
                close_entry()
                continue
            current.append(line)
    close_section()
    return "".join(blocks)


def _starts_entry(lines: list[str], start: int) -> bool:
    following = next((line for line in lines[start:] if line.strip()), "#")
    return following.startswith("#") or _KEY.match(following) is not None
