"""A synthetic school to play with: no token, no real person."""
