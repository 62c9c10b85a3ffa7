"""The delivery town serves reminders of streaks too."""

from tests.delivery.conftest import flowing, town

__all__ = ["flowing", "town"]
