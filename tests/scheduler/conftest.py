"""The delivery town serves scheduling too."""

from tests.delivery.conftest import flowing, town

__all__ = ["flowing", "town"]
