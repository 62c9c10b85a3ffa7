"""Behaviour of the Bot API methods, one module for each group of them."""
