"""Formatted text: parse modes, explicit and detected entities, lengths in UTF-16 units."""
