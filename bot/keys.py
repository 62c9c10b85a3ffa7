"""The encryption key of an installation: from settings, else from a file beside the SQLite database."""

from __future__ import annotations

from pathlib import Path

from bot.settings import Settings
from storage.seal import Seal

KEY_FILE_MODE = 0o600


def open_seal(settings: Settings) -> Seal:
    """Load the keys. Without any in settings, one is made once and kept in `<database>.key`, mode 0600.

    Raises ValueError in production, where a key that lies beside the data protects nothing.
    """
    keys = [key.get_secret_value() for key in settings.encryption_keys]
    if keys:
        return Seal(keys)
    if settings.production or settings.database_file is None:
        message = "ENCRYPTION_KEYS is empty: run `opora key` and put the result into .env"
        raise ValueError(message)
    return Seal([_key_file(settings.database_file.with_suffix(".key"))])


def _key_file(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=KEY_FILE_MODE)
        path.write_text(Seal.new_key())
    return path.read_text().strip()
