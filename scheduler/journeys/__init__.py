"""Journeys: content files say what happens, this package makes it happen once."""
