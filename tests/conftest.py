"""Real databases for every storage test: SQLite always, PostgreSQL where one answers."""

from __future__ import annotations

from bot import quick_aiogram

quick_aiogram.install()

pytest_plugins = ["tests.databases"]
