"""Files: what was uploaded, under which identifiers it can be fetched again.

Sizes in bytes. Sources: getFile and sending files in Bot API 10.3.
"""

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from random import Random
from typing import Any

from emulator.errors import bad_request

MAX_PHOTO = 10 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrives with a request."""

    filename: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file Telegram keeps. `kind` is the field of Message in which it travels."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    upload: Upload
    owner: int | None
    """The bot that uploaded it: an identifier is worth nothing to another bot. None: a person's file."""

    def view(self) -> Json:
        """Return the part common to PhotoSize, Document, Video and the like."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.upload.content),
        }


class Files:
    """All files of the world by identifier and by download path."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def store(self, kind: str, upload: Upload, *, owner: int | None = None) -> StoredFile:
        """Keep a file. Refuses what is larger than Telegram takes."""
        limit = MAX_PHOTO if kind == "photo" else MAX_UPLOAD
        if len(upload.content) > limit:
            raise bad_request("file is too big")
        if not upload.content:
            raise bad_request("file must be non-empty")
        digest = hashlib.sha256(kind.encode() + upload.content).hexdigest()
        suffix = PurePosixPath(upload.filename).suffix
        number = len(self._by_id) + 1
        stored = StoredFile(
            file_id=f"{kind}-{number}-{self._chance.randbytes(12).hex()}",
            unique_id=digest[:16],
            kind=kind,
            path=f"{kind}s/file_{number}{suffix}",
            upload=upload,
            owner=owner,
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def get(self, file_id: str, bot_id: int) -> StoredFile:
        """Return a file by its identifier. Refuses an unknown one and another bot's with Telegram's words."""
        stored = self._by_id.get(file_id)
        if stored is None or stored.owner not in (None, bot_id):
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored

    def at(self, path: str) -> StoredFile | None:
        """Return the file that getFile gave this path, if any."""
        return self._by_path.get(path)
