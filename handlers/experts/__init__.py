"""IN, from the experts."""
