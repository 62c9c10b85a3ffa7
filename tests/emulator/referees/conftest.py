"""Referees that need the published schema are collected where it is present."""

from tests.emulator.world.conftest import school
from tests.paths import SHARED_DATA

__all__ = ["school"]

collect_ignore = [] if SHARED_DATA else ["test_schema.py"]
