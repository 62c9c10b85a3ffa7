"""Real databases for every storage test: SQLite always, PostgreSQL where one answers."""

from __future__ import annotations

pytest_plugins = ["tests.databases"]
