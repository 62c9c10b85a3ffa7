"""Keep a restored or cloned database from sending: what it believes unsent may have been sent long ago.

Every batch handed to Telegram raises a mark in the database and then in a small file beside it. A snapshot brought
back has a lower mark than the file; a clone on another host has no file, or one with another host's name.
"""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Fence(Protocol):
    """Knows how far this host has seen the database go."""

    def refusal(self, mark: int) -> str:
        """Name why a database with this mark must not send; empty when it may."""
        ...

    def advance(self, mark: int) -> None:
        """Remember a mark before its batch is handed over."""
        ...


class NoFence:
    """For tests and databases that are thrown away."""

    def refusal(self, mark: int) -> str:  # noqa: ARG002 - the protocol's argument
        return ""

    def advance(self, mark: int) -> None:
        """Remember nothing."""


@dataclass(slots=True)
class FileFence:
    """A fence in a file. `host` names the machine and the place the database lives at."""

    path: Path
    host: str

    @classmethod
    def beside(cls, database: str) -> FileFence:
        """Put the fence beside a SQLite file, or in the working folder for a server's address."""
        place = Path(database)
        name = hashlib.sha256(database.encode()).hexdigest()[:12]
        folder = place.parent if place.exists() else Path.cwd()
        host = hashlib.sha256(f"{platform.node()}:{place.absolute()}".encode()).hexdigest()[:16]
        return cls(folder / f".opora-fence-{name}.json", host)

    def refusal(self, mark: int) -> str:
        known = self._read()
        if known is None:
            return "fence.missing" if mark > 0 else ""
        host, seen = known
        if host != self.host:
            return "fence.other_host"
        return "fence.behind" if mark < seen else ""

    def advance(self, mark: int) -> None:
        written = self.path.with_suffix(".part")
        written.write_text(json.dumps({"host": self.host, "mark": mark}), encoding="utf-8")
        written.replace(self.path)

    def confirm(self, mark: int) -> None:
        """Take the database as it is: an operator has checked that no other copy of it sends."""
        self.advance(mark)

    def _read(self) -> tuple[str, int] | None:
        try:
            known = json.loads(self.path.read_text(encoding="utf-8"))
            return str(known["host"]), int(known["mark"])
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            return "", 0
