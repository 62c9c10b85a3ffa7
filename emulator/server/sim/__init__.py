"""The control API under /sim: a program in any language plays people, looks around, and bends time."""
