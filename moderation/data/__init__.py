"""Data files the engine ships: the spam model and its card."""
